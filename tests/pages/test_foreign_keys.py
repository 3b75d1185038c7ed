"""A post that names a row its form does not offer is refused, writes nothing, and tells not whether it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from uuid import UUID

import pytest

from contacts.models import Forum, Membership, Organisation
from dialogue.models import Attachment
from dialogue.responses.actions.comments import write_comment
from portfolio.models import AgendaItem, Decision, Indicator, Meeting, Orientation
from tests.pages.answers import valid_post
from tests.pages.attacks import replaced
from tests.pages.crawling import TOKEN, Crawl, sent, writes
from tests.pages.forms import Form, body_of
from tests.pages.markup import Control
from tests.pages.readers import NO_NUMBER
from tests.pages.region import MISSING, Region, undone
from tests.scenario import co_author, co_written
from tests.world import screened_case
from transfers.models import AccessEntry, Party, TransferCase

pytestmark = pytest.mark.django_db
NAMED = (Organisation, Forum, Membership, TransferCase, Party, Decision, Meeting, AgendaItem, Orientation, Indicator)

LOOKS = [AccessEntry._meta.db_table]  # who may use a form is logged as looking at its case


def test_a_form_takes_no_key_that_it_does_not_offer(region: Region, every_form: list[Form]) -> None:
    count, wrong, crawl = 0, [], Crawl(region)
    for form, control in choosing(every_form):
        for key in keys_beside(control):
            count += 1
            with undone():
                before, post = writes(LOOKS), replaced(valid_post(form, Random(count)), control.name, key)  # noqa: S311
                answer = sent(crawl.browsers[form.place.role], form, post)
                if answer.status_code not in (200, 403, 404) or writes(LOOKS) != before:
                    wrong.append(f"{form}: {control.name}={key} answered {answer.status_code}")
    print(f"\n{len(wrong)} foreign keys taken of {count}")  # noqa: T201
    assert not wrong, "\n".join(wrong)
    assert count > 20


def choosing(forms: list[Form]) -> Iterator[tuple[Form, Control]]:
    """The fields that name rows by their keys; accounts are none of the tables, and are chosen in the admin site."""
    for form in (form for form in forms if not form.route.startswith("admin:")):
        for control in form.controls:
            real = [choice for choice in control.choices if choice]
            if real and all(choice.isdigit() for choice in real):
                yield form, control


def keys_beside(control: Control) -> list[str]:
    """Keys of rows that are there and that the field does not offer, one of each table it may choose from."""
    offered = {int(choice) for choice in control.choices if choice}
    tables = [set(model._base_manager.values_list("pk", flat=True)) for model in NAMED]
    return [str(max(keys - offered)) for keys in tables if offered <= keys and keys - offered]


# --- Keys that are hidden, typed, or on a button --------------------------------------------------------

Key = Callable[[Region], object]
FIELDS: dict[tuple[str, str, str], tuple[Key, object]] = {
    ("dialogue:merge", "leader", "into"): (
        lambda region: screened_case(region.world, "other_leader").number, MISSING,
    ),
    ("dialogue:parties", "rebild_contact", "reply_to"): (lambda region: internal_comment(region), NO_NUMBER),
    ("dialogue:basis_attachments", "leader", "remove"): (
        lambda region: Attachment.unscoped.get(party=region.party("attached", "aalborg")).file_id, UUID(int=0),
    ),
    ("minimtv:co_authors", "contact", "remove"): (lambda region: foreign_co_author(region), NO_NUMBER),
    ("portfolio:meeting_take_up", "psg_secretary", "case"): (lambda region: region.number("draft"), MISSING),
    ("portfolio:note_orientations", "psg_secretary", "item"): (
        lambda region: region.item("planned", "orientation"), NO_NUMBER,
    ),
    ("transfers:screening_new", "double", "membership"): (
        lambda region: region.membership("aalborg_colleague"), NO_NUMBER,
    ),
    ("dialogue:report_new", "double", "membership"): (
        lambda region: region.membership("aalborg_colleague"), NO_NUMBER,
    ),
    ("portfolio:publish", "psg_chair", "capacity"): (lambda region: region.membership("das_chair"), NO_NUMBER),
}  # fmt: skip


def internal_comment(region: Region) -> int:
    """A comment that only Aalborg reads, in the case that Rebild comments on."""
    case, viewer = region.cases["revised"], region.world.viewer("aalborg_contact")
    return write_comment(case=case, viewer=viewer, text="Internt.", audience="internal").pk


def foreign_co_author(region: Region) -> int:
    """One who writes the mini-MTV of another case."""
    return co_author(co_written(region.world, region.cases["mini_mtv"], "aalborg_contact")).pk


@pytest.mark.parametrize(("route", "role", "field"), FIELDS)
def test_a_foreign_key_is_as_one_that_nobody_has(
    route: str, role: str, field: str, region: Region, every_form: list[Form]
) -> None:
    foreign, missing = FIELDS[route, role, field]
    form = next(f for f in every_form if (f.route, f.place.role) == (route, role) and takes(f, field))
    with undone():
        keys = [str(foreign(region)), str(missing)]
        told = [tried(region, form, field, key, keys) for key in keys]
    assert told[0][:2] == told[1][:2]
    assert told[0][2].split("\n") == told[1][2].split("\n")


def takes(form: Form, field: str) -> bool:
    """Whether a field or a button of a form has that name."""
    return field in form.markup.controls or field in [name for name, _ in form.markup.buttons]


def tried(region: Region, form: Form, field: str, key: str, keys: list[str]) -> tuple[int, str, str]:
    """What comes of a post with the key; asserts that nothing is written and that the key is taken for no reason."""
    client, post = Crawl(region).browsers[form.place.role], replaced(valid_post(form, Random(1)), field, key)  # noqa: S311
    before = writes(LOOKS)
    answer = sent(client, form, post)
    assert writes(LOOKS) == before, f"{form} wrote something for {field}={key}"
    page = answer if answer.status_code != 302 else client.get(answer.headers["Location"])
    text = TOKEN.sub(b"", body_of(page)).decode()
    for either in keys:  # something else on the page may have the same number as one of them
        text = text.replace(f'value="{either}"', "").replace(f" {either} ", " ")
    return answer.status_code, answer.headers.get("Location", ""), text
