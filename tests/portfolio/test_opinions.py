"""Several hospitals: one leads, the others' forums are asked, and a disagreement goes to the upper forum (rule 8)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import localdate

from core.errors import DomainError, Incomplete, NotAllowed
from notifications.models import Notice
from portfolio.opinions.actions import ask_opinion, give_opinion
from tests import scenario
from tests.world import World
from transfers import access
from transfers.models import Opinion, TransferCase
from transfers.views.desk import todos_for

pytestmark = pytest.mark.django_db
SOON = timedelta(days=14)


def local_case(world: World) -> TransferCase:
    world.forums["local"].may_agree_locally = True
    world.forums["local"].save()
    world.forum("other", "Samarbejdsforum Vendsyssel", "local", world.organisations["other_hospital"])
    world.person("other_chair", "chair", "region", "other", "region")
    return scenario.local_forum_case(world)


def ask(world: World, case: TransferCase, role: str = "contact", forum: str = "other") -> Opinion:
    return ask_opinion(
        case=case, viewer=world.viewer(role), forum=world.forums[forum], question="Kan I følge med?",
        deadline=localdate() + SOON,
    )  # fmt: skip


def give(world: World, case: TransferCase, answer: str, role: str = "other_chair") -> Opinion:
    return give_opinion(case=case, viewer=world.viewer(role), answer=answer, text="Vi har drøftet sagen.")


def test_rule_08_an_asked_forum_sees_the_case_and_answers(world: World, client: Client) -> None:
    case = local_case(world)
    asked_forum = world.viewer("other_chair")
    assert not TransferCase.visible_to(asked_forum).exists()
    ask(world, case)
    assert TransferCase.visible_to(asked_forum).get() == case
    assert not any(access.drift().values())
    assert [todo.what for todo in todos_for(asked_forum)] == ["Afgiv udtalelse"]
    assert Notice.objects.filter(user=world.users["other_chair"]).count() == 1
    for role in ("local_chair", "contact", "secretariat"):
        with pytest.raises(NotAllowed):
            give(world, case, "agrees", role)
    opinion = give(world, case, "agrees")
    assert todos_for(asked_forum) == []
    client.force_login(world.users["leader"])
    assert "Vi har drøftet sagen." in client.get(f"/sager/{case.number}/behandling/").content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.unscoped.filter(pk=opinion.pk).update(answer="disagrees")


def test_rule_08_a_disagreement_stops_a_local_agreement(world: World) -> None:
    case = local_case(world)
    ask(world, case, "local_chair")
    with pytest.raises(Incomplete) as waiting:
        scenario.decide(world, case, "local_agree", "local")
    assert "har frist til" in waiting.value.missing[0]
    give(world, case, "disagrees")
    with pytest.raises(Incomplete) as refusal:
        scenario.decide(world, case, "local_agree", "local")
    assert refusal.value.missing == [
        "Samarbejdsforum Vendsyssel er uenig. Sagen skal til Porteføljestyregruppen"
    ]
    ask(world, case, "local_chair")
    give(world, case, "agrees")
    scenario.decide(world, case, "local_agree", "local")
    assert case.stage == "agreement"


def test_who_can_be_asked_and_by_whom(world: World) -> None:
    case = local_case(world)
    for forum in ("local", "psg"):
        with pytest.raises(DomainError, match="kan ikke spørges"):
            ask(world, case, forum=forum)
    for role in ("leader", "aalborg_contact", "local_member", "secretariat"):
        with pytest.raises(NotAllowed):
            ask(world, case, role)
    ask(world, case)
    with pytest.raises(DomainError, match="kan ikke spørges"):
        ask(world, case)
