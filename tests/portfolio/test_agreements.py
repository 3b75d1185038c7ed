"""Agreements: what they must hold, who binds whom, and for whom they come to hold (rules 11 and 12)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from core.errors import DomainError, Incomplete, NotAllowed, Stale
from core.freeze import digest
from portfolio.agreements import actions
from portfolio.agreements.queries import written
from portfolio.models import AgreementParty, AgreementVersion, Confirmation, Orientation
from tests import scenario
from tests.scenario import confirm, fill_agreement, issued_case, make_ready
from tests.world import World
from transfers.history import broken_links
from transfers.models import JournalEntry, TransferCase
from transfers.rules import missing_for
from transfers.workflow import BY_CODE

pytestmark = pytest.mark.django_db


def party(case: TransferCase, world: World, key: str) -> AgreementParty:
    return AgreementParty.unscoped.get(agreement__case=case, organisation=world.organisations[key])


def kinds(case: TransferCase) -> list[str]:
    return list(JournalEntry.unscoped.filter(case=case).order_by("number").values_list("kind", flat=True))


def fresh(case: TransferCase) -> TransferCase:
    return TransferCase.unscoped.get(pk=case.pk)


def missing(case: TransferCase) -> list[str]:
    return missing_for(BY_CODE["issue_agreement"], fresh(case))


def save(world: World, case: TransferCase, part: str, **values: Any) -> None:
    actions.save_agreement_part(case=case, viewer=world.viewer("leader"), part=part, values=values)


def test_rule_11_an_agreement_is_sent_only_with_the_seven_items_and_the_responsibility_placed(world: World) -> None:
    case = scenario.agreement_case(world)
    assert missing(case) == ["Aftalen er ikke begyndt"]
    fill_agreement(world, case)
    assert missing(case) == []
    six = ("capacity_quality", "advice", "medicine_remedies", "monitoring", "quality_follow_up", "terms")
    save(world, case, "content", **dict.fromkeys(six, ""))
    save(world, case, "responsibility", medical_access="")
    assert len(missing(case)) == 7
    with pytest.raises(Incomplete) as refusal:
        actions.issue_agreement(case=case, viewer=world.viewer("leader"))
    assert len(refusal.value.missing) == 7
    fill_agreement(world, case, responsibility="", responsible=None)
    assert any("behandlingsansvar" in item for item in missing(case))
    save(world, case, "responsibility", responsibility="none", delegates="", instructs="", supervises="")
    assert len(missing(case)) == 1
    save(world, case, "responsibility", none_responsible_why="Der gives ingen behandling.")
    assert missing(case) == []


def test_rule_11_the_responsibility_is_never_a_municipalitys(world: World) -> None:
    case = scenario.agreement_case(world)
    fill_agreement(world, case)
    for holder in ("hospital", "general_practice", "specialist_practice"):
        with pytest.raises(DomainError, match="kan ikke ligge hos en kommune"):
            save(world, case, "responsibility", responsibility=holder, responsible=world.organisations["aalborg"].pk)
    assert written(fresh(case)).agreement.responsible == world.organisations["hospital"]


def test_rule_11_where_general_practice_receives_the_concrete_agreement_with_plo_is_recorded(world: World) -> None:
    case = scenario.agreement_case(world)
    fill_agreement(world, case, roles={"hospital": "giver", "plo": "receiver", "aalborg": "other", "rebild": "other"})
    assert len([item for item in missing(case) if "PLO" in item]) == 2
    save(world, case, "responsibility", plo_agreement="Lokalaftale nr. 14", plo_agreed_on=localdate())
    assert missing(case) == []


def test_each_party_states_its_own_economy_and_nobody_elses(world: World) -> None:
    case = scenario.agreement_case(world)
    fill_agreement(world, case)
    aalborg = world.organisations["aalborg"]
    assert party(case, world, "aalborg").annual_cost == 120_000, "taken from its own response"
    own = {"annual_cost": 300_000, "contribution": "To sygeplejersker."}
    actions.save_own_part(case=case, viewer=world.viewer("aalborg_contact"), organisation=aalborg, values=own)
    assert party(case, world, "aalborg").annual_cost == 300_000
    for role in ("leader", "contact", "rebild_contact"):
        with pytest.raises(NotAllowed):
            actions.save_own_part(case=case, viewer=world.viewer(role), organisation=aalborg, values=own)
    with pytest.raises(NotAllowed):
        actions.save_agreement_part(
            case=case, viewer=world.viewer("aalborg_contact"), part="content", values={"terms": "Regionen betaler."}
        )
    version = actions.issue_agreement(case=case, viewer=world.viewer("leader"))
    stated = {row["name"]: row["annual_cost"] for row in version.content["parties"]}
    assert stated["Aalborg Kommune"] == 300_000


def test_two_people_at_work_on_one_part_lose_nothing(world: World) -> None:
    case = scenario.agreement_case(world)
    fill_agreement(world, case)
    seen = written(fresh(case)).agreement.revision
    save(world, case, "content", terms="Lederens vilkår.")
    with pytest.raises(Stale):
        actions.save_agreement_part(
            case=case, viewer=world.viewer("contact"), part="content", values={"terms": "Andre vilkår."}, seen=seen
        )
    actions.save_agreement_part(
        case=case, viewer=world.viewer("contact"), part="people", values={"training_plan": "Ny plan."}, seen=seen
    )
    assert written(fresh(case)).draft.texts["terms"] == "Lederens vilkår."


def test_rule_12_one_refusal_does_not_stop_the_others(world: World) -> None:
    case = issued_case(world)
    confirm(world, case, "hospital", "rebild")
    actions.decline_agreement(case=case, viewer=world.viewer("aalborg_signatory"), reason="Vi har ikke kapaciteten.")
    make_ready(world, case, "rebild")
    assert case.stage == fresh(case).stage == "active"
    assert party(case, world, "rebild").live_from == localdate()
    refused = party(case, world, "aalborg")
    assert refused.has_not_joined
    assert not refused.is_live
    told = Orientation.unscoped.get(case=case)
    assert (told.kind, told.about, told.forum.level) == ("not_joined", world.organisations["aalborg"], "portfolio")
    assert kinds(case)[-2:] == ["report_ready", "agreement_live"]
    live = JournalEntry.unscoped.get(case=case, kind="agreement_live")
    assert (live.stage_from, live.stage_to) == ("agreement", "active")
    assert live.facts == {
        "receiver": world.organisations["rebild"].pk, "version": 1, "from": localdate().isoformat(), "late": False
    }  # fmt: skip
    assert broken_links(case) == []
    confirm(world, case, "aalborg")
    make_ready(world, case, "aalborg")
    assert party(case, world, "aalborg").is_live, "a party may still join after having refused"


def test_rule_12_it_holds_when_giver_holder_of_responsibility_and_receiver_have_confirmed(world: World) -> None:
    case = issued_case(world, responsibility="general_practice", responsible=world.organisations["plo"].pk)
    make_ready(world, case, "aalborg")
    for key in ("aalborg", "hospital"):
        confirm(world, case, key)
        assert party(case, world, "aalborg").holds_version is None, key
        assert fresh(case).stage == "agreement"
    confirm(world, case, "plo")
    assert party(case, world, "aalborg").holds_version == 1
    assert fresh(case).stage == "active", "ready first, confirmed last: it goes live all the same"


def test_rule_12_it_is_live_first_when_all_five_are_reported_ready(world: World) -> None:
    case = issued_case(world)
    confirm(world, case, "hospital", "aalborg")
    make_ready(world, case, "aalborg", "capacity", "systems", "competences", "equipment")
    assert fresh(case).stage == "agreement"
    row = written(fresh(case)).of(world.organisations["aalborg"].pk)
    assert row is not None
    assert row.progress == "4 af 5"
    with pytest.raises(DomainError, match="fremme i tiden"):
        actions.report_ready(
            case=case, viewer=world.viewer("aalborg_contact"), items={"information": localdate() + timedelta(days=1)}
        )
    make_ready(world, case, "aalborg", "information")
    assert fresh(case).stage == "active"


def test_rule_12_for_egenbehandling_the_initiator_reports_training_and_equipment(world: World) -> None:
    case = scenario.agreement_case(world)
    TransferCase.unscoped.filter(pk=case.pk).update(change_kind="self_care")
    case = fresh(case)
    fill_agreement(world, case, roles={"hospital": "giver", "aalborg": "other", "rebild": "other", "plo": "other"})
    assert missing(case) == []
    actions.issue_agreement(case=case, viewer=world.viewer("leader"))
    confirm(world, case, "hospital")
    actions.report_ready(
        case=case, viewer=world.viewer("contact"), items={"training": localdate(), "equipment": localdate()}
    )
    assert case.stage == "active"
    assert party(case, world, "hospital").is_live
    with pytest.raises(NotAllowed):
        make_ready(world, case, "aalborg")


def test_rule_12_only_the_organisations_own_aftalebemyndiget_binds_it(world: World) -> None:
    case = issued_case(world)
    for role in ("aalborg_contact", "aalborg_deputy", "secretariat", "leader", "contact", "psg_chair"):
        with pytest.raises(NotAllowed):
            actions.confirm_agreement(case=case, viewer=world.viewer(role))
    kept = actions.confirm_agreement(case=case, viewer=world.viewer("aalborg_signatory"))
    version = AgreementVersion.unscoped.get(agreement__case=case)
    assert kept.on_behalf_of == world.organisations["aalborg"]
    assert kept.given_by == world.users["aalborg_signatory"]
    assert kept.sha256 == version.sha256 == digest(version.content)
    with pytest.raises(NotAllowed, match="allerede bekræftet"):
        actions.confirm_agreement(case=case, viewer=world.viewer("aalborg_signatory"))


def test_rule_12_awaiting_political_approval_is_a_status_with_a_date(world: World) -> None:
    case, until = issued_case(world), localdate() + timedelta(days=30)
    viewer = world.viewer("aalborg_signatory")
    with pytest.raises(DomainError):
        actions.await_political(case=case, viewer=viewer, until=localdate() - timedelta(days=1))
    actions.await_political(case=case, viewer=viewer, until=until)
    row = party(case, world, "aalborg")
    assert (row.answer, row.awaits_until) == ("awaiting_political", until)
    confirm(world, case, "aalborg")
    row = party(case, world, "aalborg")
    assert (row.answer, row.awaits_until) == ("confirmed", None)
    assert Confirmation.unscoped.filter(party=row).count() == 2


def test_rule_12_the_old_version_holds_until_the_new_one_is_confirmed_by_those_it_needs(world: World) -> None:
    case = scenario.active_case(world)
    assert case.stage == "active"
    with pytest.raises(Incomplete, match="kan ikke gøres endnu"):
        actions.issue_agreement(case=case, viewer=world.viewer("leader"))
    save(world, case, "content", terms="Nye vilkår.")
    old = written(fresh(case)).issued
    actions.issue_agreement(case=case, viewer=world.viewer("leader"))
    assert old is not None
    with pytest.raises(Stale):
        actions.confirm_agreement(case=case, viewer=world.viewer("aalborg_signatory"), sha256=old.sha256)
    confirm(world, case, "aalborg")
    assert party(case, world, "aalborg").holds_version == 1
    actions.decline_agreement(case=case, viewer=world.viewer("rebild_signatory"), reason="Vi beholder den gamle.")
    confirm(world, case, "hospital")
    assert party(case, world, "aalborg").holds_version == 2
    kept = party(case, world, "rebild")
    assert (kept.holds_version, kept.is_live, kept.has_not_joined) == (1, True, False)
    assert not Orientation.unscoped.filter(case=case).exists(), "the old version goes on holding for Rebild"
    assert kinds(case)[-1] == "agreement_version_holds"


def test_rule_12_a_party_leaves_with_notice_and_a_plan_and_the_group_is_told(world: World) -> None:
    case = scenario.active_case(world)
    viewer, today = world.viewer("aalborg_signatory"), localdate()
    given: dict[str, Any] = {"case": case, "viewer": viewer, "plan": "Sygehuset tager over.", "others_go_on": True}
    with pytest.raises(DomainError, match="tidligst"):
        actions.leave_agreement(**given, effective_on=today + timedelta(days=30), reason="Vi lukker akutteamet.")
    leaving = actions.leave_agreement(**given, effective_on=today + timedelta(days=95), reason="Vi lukker akutteamet.")
    assert leaving.others_go_on
    row = party(case, world, "aalborg")
    assert (row.leaves_on, row.has_left(today), row.has_left(leaving.effective_on)) == (
        leaving.effective_on, False, True
    )  # fmt: skip
    assert Orientation.unscoped.get(case=case).kind == "left"
    assert fresh(case).stage == "active"
    with pytest.raises(NotAllowed, match="varslet"):
        actions.leave_agreement(**given, effective_on=today + timedelta(days=120), reason="Igen.")


def test_back_to_the_forum_that_decided(world: World) -> None:
    case = scenario.agreement_case(world)
    actions.return_to_deciding_forum(case=case, viewer=world.viewer("contact"), reason="Vilkårene holder ikke.")
    assert (case.stage, case.current_forum) == ("portfolio", world.forums["psg"])
    scenario.decide(world, case, "escalate")
    scenario.decide(world, case, "approve", "das")
    actions.return_to_deciding_forum(case=case, viewer=world.viewer("contact"), reason="Stadig ikke.")
    assert (case.stage, case.current_forum) == ("administrative", world.forums["das"])
