"""Facts about many cases: what a viewer sees, in two steps (a narrow query of ids, then rows)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import DateField, Func, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from contacts.enums import CONTACT_FUNCTIONS, Function
from contacts.models import Forum
from contacts.viewer import Viewer
from core import parameters
from transfers.enums import Result, Stage
from transfers.models import JournalEntry, Party, TransferCase

SHOWN_DAYS = "deadline.reassessment_days"
SHOWN_WITH = ("initiator", "department", "current_forum")


def visible_cases(viewer: Viewer) -> QuerySet[TransferCase]:
    """Return the cases the viewer may see, with what the frame around every page of a case shows."""
    return TransferCase.visible_to(viewer).select_related(*SHOWN_WITH, "returned_by")


def is_glimpsed(case: TransferCase, viewer: Viewer) -> bool:
    """Tell whether the viewer sees number and title only: the secretariat, of drafts elsewhere (design: access)."""
    own = {case.initiator_id, case.department_id} & set(viewer.organisation_ids)
    return viewer.is_secretariat and case.stage == Stage.DRAFT and not own


def is_title_only(case: TransferCase, viewer: Viewer) -> bool:
    """Tell whether the case's pages are closed to the viewer too: what was sent once stays readable in a new draft."""
    return is_glimpsed(case, viewer) and not case.is_past_draft


def glimpsed(viewer: Viewer) -> Q:
    """Return the same as a condition on many cases."""
    if not viewer.is_secretariat:
        return Q(pk__in=[])
    own = TransferCase.unscoped.filter(
        Q(initiator__in=viewer.organisation_ids) | Q(department__in=viewer.organisation_ids), stage=Stage.DRAFT
    )
    return Q(stage=Stage.DRAFT) & ~Q(pk__in=own.values("pk"))


def audited_case(viewer: Viewer, number: str) -> TransferCase | None:
    """Return a case whose history the auditor reads, else None; the auditor sees nothing else of a case."""
    reads = viewer.holding([Function.AUDITOR])
    return TransferCase.unscoped.filter(number=number).first() if reads else None


def history_of(case: TransferCase, viewer: Viewer) -> QuerySet[JournalEntry]:
    """Return the history the viewer may read, newest first, with names, notes and forums."""
    entries = JournalEntry.visible_within(case, viewer)
    return entries.select_related("actor", "on_behalf_of", "forum", "note").order_by("-number")


def in_others_hands(viewer: Viewer, mine: Iterable[str], limit: int = 101) -> list[TransferCase]:
    """Return open cases the viewer takes part in where the next step is somebody else's, the longest waiting first.

    `mine` are the numbers of those that wait for the viewer.
    """
    places = viewer.organisation_ids
    forums = [m.forum_id for m in viewer.memberships if m.forum_id]
    party_to = Party.unscoped.filter(organisation__in=places).values("case")
    ours = Q(initiator__in=places) | Q(current_forum__in=forums) | Q(pk__in=party_to)
    rows = TransferCase.visible_to(viewer).filter(ours).exclude(stage__in=(Stage.CLOSED, Stage.ACTIVE))
    return list(rows.exclude(number__in=list(mine)).order_by("stage_since", "pk")[:limit])


def awaits_leader(viewer: Viewer, stage: Stage) -> Q | None:
    """Return which cases in a stage wait for the viewer as nearest leader; None for those who lead nothing."""
    homes = [m.organisation_id for m in viewer.holding([Function.LEADER])]
    home = Q(department__in=homes) | Q(department__isnull=True, initiator__in=homes)
    return home & Q(stage=stage) if homes else None


def also_contact(case: TransferCase, viewer: Viewer) -> str | None:
    """Return as what the initiator's leader receives what they send: contact person or deputy too; None for neither."""
    held = {m.function for m in viewer.holding(CONTACT_FUNCTIONS, organisation_id=case.initiator_id)}
    return next((str(function) for function in CONTACT_FUNCTIONS if function in held), None)


def days_after(key: str, viewer: Viewer, sign: str = "+") -> Func:
    """Return, for use in a query of cases, the day as many days after today (or before) as a parameter says."""
    days = Cast(parameters.expression(key, viewer.today), IntegerField())
    today = Value(viewer.today, DateField())
    return Func(today, days, template="(%(expressions)s)", arg_joiner=f" {sign} ", output_field=DateField())


def not_needed_after_yes(viewer: Viewer, organisations: Collection[int]) -> Q:
    """Return which of the organisations' cases closed as »ikke nødvendigt« after a yes nobody has seen yet.

    They are shown for as many days as SHOWN_DAYS says.
    """
    yes = Q(screening__consequences=True) | Q(screening__new_competences=True) | Q(screening__utensils=True)
    return yes & Q(
        result=Result.NOT_NEEDED, initiator__in=organisations, screening__noted_at__isnull=True,
        screening__concluded_at__date__gte=days_after(SHOWN_DAYS, viewer, "-"),
    )  # fmt: skip


def ending_forums() -> QuerySet[Forum]:
    """Return the forums that have an end date and a successor, and still have cases; one query."""
    rows = Forum.objects.filter(valid_to__isnull=False, successor__isnull=False, cases_now__isnull=False)
    return rows.distinct().order_by("valid_to", "pk")
