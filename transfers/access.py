"""The only module that writes grants: which groups may see a case, in the transaction that makes it so."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.models import Group
from django.db import transaction
from guardian.shortcuts import assign_perm

from contacts.enums import ForumLevel
from contacts.models import Forum
from contacts.periods import in_force
from transfers.models import Party, Placement, TransferCase, TransferCaseGrant

VIEW = "view_transfercase"


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


def grant_overview(case: TransferCase) -> None:
    """Let the upper forums see every case that is past draft (design: access)."""
    for forum in upper_forums():
        assign_perm(VIEW, forum.group, case)


def upper_forums() -> list[Forum]:
    """Return the Porteføljestyregruppe and Den Administrative Styregruppe in force."""
    levels = [ForumLevel.PORTFOLIO, ForumLevel.ADMINISTRATIVE]
    return list(Forum.objects.filter(in_force(), level__in=levels).select_related("group"))


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


def drift() -> dict[str, set[tuple[int, int]]]:
    """Compare grants with what should give them; returns {»missing«, »unfounded«} pairs of case and group."""
    should: set[tuple[int, int]] = set()
    upper = [forum.group_id for forum in upper_forums()]
    for case in TransferCase.unscoped.select_related("initiator", "department"):
        groups = {case.initiator.group_id, case.home.group_id} | (set(upper) if case.is_past_draft else set())
        should |= {(case.pk, group_id) for group_id in groups}
    should |= set(Party.unscoped.values_list("case_id", "organisation__group_id"))
    should |= set(Placement.unscoped.values_list("case_id", "forum__group_id"))
    actual = set(TransferCaseGrant.objects.values_list("content_object_id", "group_id"))
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    found["missing"], found["unfounded"] = should - actual, actual - should
    return found
