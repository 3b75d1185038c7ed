"""The steps of a meeting that are asked about once: what each does, who may take it, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from contacts.viewer import Viewer
from portfolio.meetings import actions
from portfolio.meetings.rules import may_approve, may_keep, may_plan
from portfolio.models import Meeting, MeetingState

S = MeetingState


@dataclass(frozen=True)
class Step:
    """Trin: its place in the address, its words, what it does, and to whom it is open now."""

    code: str
    label: str
    title: str
    consequences: tuple[str, ...]
    done: str
    act: Callable[..., Any]
    open_to: Callable[[Meeting, Viewer], bool]
    danger: bool = False

    def carry_out(self, meeting: Meeting, viewer: Viewer, seen: int) -> None:
        """Take the step; raises what its action raises. Approving says which sending of the minutes was read."""
        read = {"minutes_revision": seen} if self.code == APPROVE else {}
        self.act(meeting=meeting, viewer=viewer, **read)


APPROVE = "godkend-referat"


def planner(*states: str) -> Callable[[Meeting, Viewer], bool]:
    """Open to those who plan the forum's meetings, in these states."""
    return lambda meeting, viewer: meeting.state in states and may_plan(meeting.forum_id, viewer)


def keeper(*states: str) -> Callable[[Meeting, Viewer], bool]:
    """Open to the forum's chair and secretary, in these states."""
    return lambda meeting, viewer: meeting.state in states and may_keep(meeting.forum_id, viewer)


STEPS = {
    step.code: step
    for step in (
        Step(
            "send-dagsorden", "Send dagsorden", "Send dagsordenen til medlemmerne?",
            ("Forummets medlemmer får besked.", "Bilagene bliver de versioner, der er nyeste nu.",
             "Dagsordenen kan stadig rettes. Send den igen, hvis medlemmerne skal have besked om en rettelse."),
            "Dagsordenen er sendt.", actions.send_agenda, planner(S.PLANNED, S.AGENDA_SENT),
        ),
        Step(
            "aflys", "Aflys mødet", "Aflys mødet?",
            ("Er dagsordenen sendt, får medlemmerne besked.",
             "Orienteringer og udsatte sager går videre til forummets næste dagsorden."),
            "Mødet er aflyst.", actions.cancel_meeting, planner(S.PLANNED, S.AGENDA_SENT), danger=True,
        ),
        Step(
            "send-referat", "Send referat til godkendelse", "Send referatet til godkendelse?",
            ("Formænd og medlemmer, der deltog, bliver bedt om at godkende referatet.",
             "Referatet kan ikke rettes, mens det er til godkendelse. Det kan tages tilbage."),
            "Referatet er sendt til godkendelse.", actions.send_minutes, keeper(S.HELD),
        ),
        Step(
            "tag-referat-tilbage", "Tag referatet tilbage", "Tag referatet tilbage for at rette det?",
            ("Referatet kan rettes igen.", "Alle, der deltog, skal godkende det på ny, når det er sendt igen."),
            "Referatet kan rettes igen.", actions.take_back_minutes, keeper(S.MINUTES_SENT),
        ),
        Step(
            APPROVE, "Godkend referat", "Godkend referatet?",
            ("Din godkendelse står i referatet med dato og klokkeslæt og kan ikke trækkes tilbage.",
             "Når alle, der deltog, har godkendt, kan referatet ikke længere ændres."),
            "Du har godkendt referatet.", actions.approve_minutes, may_approve,
        ),
        Step(
            "afslut-godkendelse", "Afslut godkendelsen", "Afslut godkendelsen af referatet?",
            ("Referatet gælder som godkendt og kan ikke længere ændres.",
             "Det fremgår af referatet, hvem der har godkendt det."),
            "Referatet er godkendt.", actions.close_minutes, keeper(S.MINUTES_SENT),
        ),
    )
}  # fmt: skip


def open_steps(meeting: Meeting, viewer: Viewer) -> list[Step]:
    """Return the steps the viewer may take now."""
    return [step for step in STEPS.values() if step.open_to(meeting, viewer)]
