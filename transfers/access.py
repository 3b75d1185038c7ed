"""The only module that writes grants: which groups may see a case, in the transaction that makes it so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from django.contrib.auth.models import Group
from django.db import transaction
from guardian.shortcuts import assign_perm

from contacts.enums import ForumLevel
from contacts.models import Forum
from transfers.models import Opinion, Party, Placement, TransferCase, TransferCaseGrant

VIEW = "view_transfercase"
Pair = tuple[int, int]


def grant_initiator(case: TransferCase) -> None:
    """Let the initiating department and organisation see the case."""
    for organisation in {case.home, case.initiator}:
        assign_perm(VIEW, organisation.group, case)


def grant_party(party: Party) -> None:
    """Let an affected party see the case."""
    assign_perm(VIEW, party.organisation.group, party.case)


def grant_forum(placement: Placement) -> None:
    """Let the forum the case is put before see it."""
    assign_perm(VIEW, placement.forum.group, placement.case)


def grant_asked(opinion: Opinion) -> None:
    """Let a forum that is asked for its opinion see the case."""
    assign_perm(VIEW, opinion.forum.group, opinion.case)


def grant_overview(case: TransferCase) -> None:
    """Let the upper forums see every case that is past draft (design: access)."""
    for forum in upper_forums():
        assign_perm(VIEW, forum.group, case)


def grant_home(case: TransferCase, *, of: TransferCase) -> None:
    """Let the department and organisation that started another case see this one, e.g. while a merge is proposed."""
    for organisation in {of.home, of.initiator}:
        assign_perm(VIEW, organisation.group, case)


Founded = Callable[[TransferCase | None], set[Pair]]
FOUNDED: list[tuple[Founded, str]] = []


def founded_by(function: Founded, because: str) -> None:
    """Register another reason for grants: the pairs of case and group it gives, and the reason in Danish."""
    FOUNDED.append((function, because))


def revoke_unfounded(case: TransferCase) -> None:
    """Take back the grants of a case that nothing gives any more."""
    groups = [group_id for _, group_id in drift(case)["unfounded"]]
    TransferCaseGrant.objects.filter(content_object=case, group_id__in=groups).delete()


def upper_forums() -> list[Forum]:
    """Return the Porteføljestyregruppe and Den Administrative Styregruppe in force."""
    levels = [ForumLevel.PORTFOLIO, ForumLevel.ADMINISTRATIVE]
    return list(Forum.taking_cases().filter(level__in=levels).select_related("group"))


@transaction.atomic
def repair() -> int:
    """Make grants equal what should give them, e.g. after a new upper forum; returns how many were mended."""
    found = drift()
    cases = TransferCase.unscoped.in_bulk({case_id for case_id, _ in found["missing"]})
    groups = Group.objects.in_bulk({group_id for _, group_id in found["missing"]})
    for case_id, group_id in sorted(found["missing"]):
        assign_perm(VIEW, groups[group_id], cases[case_id])
    for case_id, group_id in sorted(found["unfounded"]):
        TransferCaseGrant.objects.filter(content_object_id=case_id, group_id=group_id).delete()
    return len(found["missing"]) + len(found["unfounded"])


def handed_on(only: TransferCase | None = None) -> set[Pair]:
    """Return what successors see: every case that a forum which handed over has had, or was asked about."""
    found: set[Pair] = set()
    of_one = {"case": only} if only else {}
    for forum in Forum.objects.filter(handed_over_at__isnull=False).select_related("successor"):
        for model in (Placement, Opinion):
            cases = model.unscoped.filter(forum=forum, **of_one).values_list("case_id", flat=True)
            found |= {(case_id, forum.heir.group_id) for case_id in cases}
    return found


def drift(only: TransferCase | None = None) -> dict[str, set[Pair]]:
    """Compare grants with what should give them, for one case or all.

    Returns {»missing«, »unfounded«} pairs of case and group.
    """
    should: set[Pair] = set().union(*(pairs(only) for pairs, _ in FOUNDED))
    upper = [forum.group_id for forum in upper_forums()]
    one, of_one = ({"pk": only.pk}, {"case": only}) if only else ({}, {})
    for case in TransferCase.unscoped.filter(**one).select_related("initiator", "department"):
        groups = {case.initiator.group_id, case.home.group_id} | (set(upper) if case.is_past_draft else set())
        should |= {(case.pk, group_id) for group_id in groups}
    should |= set(Party.unscoped.filter(**of_one).values_list("case_id", "organisation__group_id"))
    should |= set(Placement.unscoped.filter(**of_one).values_list("case_id", "forum__group_id"))
    should |= set(Opinion.unscoped.filter(**of_one).values_list("case_id", "forum__group_id"))
    should |= handed_on(only)
    grants = TransferCaseGrant.objects.filter(content_object=only) if only else TransferCaseGrant.objects.all()
    actual = set(grants.values_list("content_object_id", "group_id"))
    found: dict[str, set[Pair]] = defaultdict(set)
    found["missing"], found["unfounded"] = should - actual, actual - should
    return found
