"""Attachments: seen as what they hang on, kept by frozen versions, removed only from what is being written."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import localdate

from core.errors import NotAllowed
from core.models import StoredFile
from core.uploads import HOLDS_CPR
from dialogue.attachments.actions import add_attachment, remove_attachment
from dialogue.basis.actions import issue_version, submit_dialogue_basis
from dialogue.models import Attachment, BasisVersion, ResponseVersion
from dialogue.responses.actions.parties import open_dialogue
from tests.pages.forms import body_of
from tests.scenario import dialogue_case, fill_basis, respond
from tests.world import World, draft_case
from transfers.models import Party, TransferCase

pytestmark = pytest.mark.django_db


def upload(text: str = "Se trin 2.", name: str = "Vejledning.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def add(
    world: World, case: TransferCase, role: str = "leader", party: Party | None = None, text: str = "Se trin 2."
) -> Attachment:
    return add_attachment(case=case, viewer=world.viewer(role), party=party, upload=upload(text))


def status(client: Client, world: World, role: str, attachment: Attachment) -> int:
    client.force_login(world.users[role])
    answer = client.get(attachment.get_absolute_url())
    body_of(answer)
    return answer.status_code


def test_a_draft_is_for_its_writers_and_what_is_submitted_for_all_in_the_case(world: World, client: Client) -> None:
    case = draft_case(world)
    fill_basis(world, case)
    kept, gone = add(world, case), add(world, case, text="Se trin 3.")
    remove_attachment(case=case, viewer=world.viewer("contact"), party=None, key=str(gone.file_id))
    assert not StoredFile.objects.filter(pk=gone.file_id).exists()
    assert [status(client, world, role, kept) for role in ("leader", "contact", "secretariat")] == [200, 200, 404]
    submit_dialogue_basis(case=case, viewer=world.viewer("leader"))
    version = BasisVersion.unscoped.get()
    assert version.is_intact
    assert version.content["attachments"] == [{
        "key": str(kept.file_id), "name": "Vejledning.txt", "size": 10,
        "sha256": hashlib.sha256(b"Se trin 2.").hexdigest(),
    }]  # fmt: skip
    assert [status(client, world, role, kept) for role in ("secretariat", "aalborg_contact")] == [200, 404]
    client.force_login(world.users["psg_chair"])
    answer = client.get(kept.get_absolute_url())
    assert body_of(answer) == b"Se trin 2."
    assert answer["Content-Disposition"] == 'attachment; filename="Vejledning.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Vejledning.txt" in client.get(f"/sager/{case.number}/dialoggrundlag/version/1/").content.decode()
    with pytest.raises(NotAllowed):
        remove_attachment(case=case, viewer=world.viewer("leader"), party=None, key=str(kept.file_id))


def test_a_version_keeps_what_a_later_one_leaves_out_and_the_database_keeps_both(world: World, client: Client) -> None:
    case = draft_case(world)
    fill_basis(world, case)
    first = add(world, case)
    submit_dialogue_basis(case=case, viewer=world.viewer("leader"))
    open_dialogue(
        case=case, viewer=world.viewer("contact"), organisations=[world.organisations["aalborg"]],
        deadline=localdate() + timedelta(days=21),
    )  # fmt: skip
    remove_attachment(case=case, viewer=world.viewer("leader"), party=None, key=str(first.file_id))
    issue_version(case=case, viewer=world.viewer("leader"))
    assert ["attachments" in v.content for v in BasisVersion.unscoped.order_by("number")] == [True, False]
    assert status(client, world, "aalborg_contact", first) == 200
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.unscoped.filter(pk=first.pk).update(version=None, removed_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.unscoped.filter(pk=first.pk).delete()


def test_a_response_carries_its_own_files_and_only_its_party_sees_them_before_it_is_submitted(
    world: World, client: Client
) -> None:
    case = dialogue_case(world)
    party = Party.unscoped.get(case=case, organisation=world.organisations["aalborg"])
    mine = add(world, case, "aalborg_contact", party)
    for role in ("rebild_contact", "leader"):
        with pytest.raises(NotAllowed):
            add(world, case, role, party)
    assert [status(client, world, role, mine) for role in ("aalborg_contact", "leader")] == [200, 404]
    respond(world, case, "aalborg")
    assert [a["name"] for a in ResponseVersion.unscoped.get().content["attachments"]] == ["Vejledning.txt"]
    assert [status(client, world, role, mine) for role in ("leader", "rebild_contact")] == [200, 200]
    assert status(client, world, "thisted_contact", mine) == 404


def test_rule_17_a_file_with_a_cpr_number_is_refused_and_nothing_is_kept(world: World, client: Client) -> None:
    case = draft_case(world)
    fill_basis(world, case)
    client.force_login(world.users["leader"])
    address = f"/sager/{case.number}/dialoggrundlag/bilag/"
    page = client.post(address, {"file": upload("Om 010190-1234.")}).content.decode()
    assert HOLDS_CPR in page
    assert "010190" not in page
    page = client.post(address, {"file": upload(name="010190-1234.txt")}).content.decode()
    assert "CPR-nummer" in page
    assert "010190" not in page
    assert not StoredFile.objects.exists()
    assert client.post(address, {"file": upload()}).status_code == 302
    found = Attachment.unscoped.get()
    assert "Vejledning.txt" in client.get(address).content.decode()
    assert client.post(address, {"remove": str(found.file_id)}).status_code == 302
    assert not Attachment.unscoped.exists()
