"""What people do in a demonstration case: each step is the product's own action, with the file's words.

Every function takes the story, and those of a repeated table the row as well; who acts is looked up on the
day the clock shows.
"""

from __future__ import annotations

from typing import Any

from contacts.enums import CONTACT_FUNCTIONS, Function
from core.definitions import current
from core.enums import Document
from core.patients import PatientCount
from dialogue.basis.actions import issue_version, save_step, submit_dialogue_basis
from dialogue.basis.content import COUNTS, PARTIES, stated
from dialogue.goals import actions as goal_actions
from dialogue.goals.actions import write_goals
from dialogue.goals.queries import goals
from dialogue.merging.actions import propose_merge
from dialogue.models import DialogueBasis
from dialogue.responses import actions as responses
from dialogue.responses.forms.answers import stored_count
from dialogue.responses.queries import DRAFT_COLUMNS, PATIENTS
from minimtv.actions import save_answers
from minimtv.actions import sign_off as sign_off_mini_mtv
from minimtv.co_authors.actions import add_co_author
from minimtv.document import Given
from minimtv.sources import proposals
from portfolio.decisions.actions import publish_decision, save_decision
from portfolio.demo.meetings import finish, meeting_on
from portfolio.demo.story import Row, Story
from portfolio.routing.actions import request_portfolio
from portfolio.routing.actions import route as choose_forum
from transfers.actions import conclude_screening, do_plain, file_screening, may_screen
from transfers.enums import Result
from transfers.models import Party, TransferCase
from transfers.plain import carry_out

CASE_FIELDS = ("title", "change_kind")
NOT_ANSWERS = ("party", "days_ago", "by")


def file(story: Story) -> None:
    """The leader starts the case with an indledende vurdering."""
    answers = dict(story.told["screening"])
    case_data = {name: story.told[name] for name in CASE_FIELDS} | {"what_changes": answers.pop("what_changes")}
    viewer = story.leader
    story.filed = file_screening(
        viewer=viewer, membership=may_screen(viewer)[0], case_data=case_data, answers=answers,
        request_key=story.request_key,
    )  # fmt: skip


def conclude(story: Story) -> None:
    """The leader concludes the screening: to a kladde, or closed."""
    conclude_screening(case=story.case, viewer=story.leader)


def write_basis(story: Story) -> None:
    """The leader writes the dialoggrundlag."""
    save_basis(story, story.told["basis"])


def save_basis(story: Story, told: Row) -> None:
    """Store answers of the dialoggrundlag, step by step as on its pages."""
    case, values = story.case, {key: basis_value(story, key, value) for key, value in told.items()}
    for part in current(Document.DIALOGUE_BASIS).parts.all():
        if given := {q.key: values[q.key] for q in part.questions.all() if q.key in values}:
            revision = DialogueBasis.unscoped.filter(case=case).values_list("revision", flat=True).first()
            save_step(case=case, viewer=story.leader, part=part.key, values=given, seen=revision or 0)


def basis_value(story: Story, key: str, value: Any) -> Any:
    """Return an answer of the file as it is stored."""
    if key == COUNTS:
        counts = {story.organisation(name).pk: PatientCount.parse(str(said)) for name, said in value.items()}
        return [stated(pk, counts[pk]) for pk in sorted(counts)]
    if key == PARTIES:
        return sorted(story.organisation(name).pk for name in value)
    return story.calendar.month(value) if key == "start_date" else value


def submit(story: Story) -> None:
    """The leader sends the dialoggrundlag to the contact person."""
    submit_dialogue_basis(case=story.case, viewer=story.leader)


def open_dialogue(story: Story) -> None:
    """The contact person asks the parties for a response before the deadline."""
    parties = [story.organisation(key) for key in story.told["parties"]["keys"]]
    deadline = story.calendar.day(story.days["deadline"])
    responses.open_dialogue(case=story.case, viewer=story.contact, organisations=parties, deadline=deadline)


def respond(story: Story, row: Row) -> None:
    """A party's contact person, or the account the row names, submits its response."""
    case = story.case
    party = Party.unscoped.get(case=case, organisation=story.organisation(row["party"]))
    columns = {name: row[name] for name in DRAFT_COLUMNS if name in row} | patients(row)
    texts = {key: text for key, text in row.items() if key not in (*columns, *NOT_ANSWERS, PATIENTS)}
    viewer = story.account(row["by"]) if "by" in row else story.contact_of(row["party"])
    responses.submit_response(case=case, viewer=viewer, party=party, columns=columns, answers=texts, revision=0)


def patients(row: Row) -> Row:
    """Return the columns of the number of patients a party states."""
    kind, number = stored_count(PatientCount.parse(row[PATIENTS]) if PATIENTS in row else None)
    return {"patients_kind": kind, "patients_number": number}


def comment(story: Story, row: Row) -> None:
    """Somebody writes a comment, or answers the one before."""
    reply_to = story.threads[-1] if row.get("reply") else None
    written = responses.write_comment(
        case=story.case, viewer=story.account(row["by"]), text=row["text"], audience=row["audience"], reply_to=reply_to
    )
    story.threads.append(written.pk)


def request_forum(story: Story, row: Row) -> None:
    """A party asks for the Porteføljestyregruppe."""
    viewer = story.contact_of(row["party"])
    request_portfolio(case=story.case, viewer=viewer, seen=None, capacity_id=None, reason=row["reason"])


def set_goals(story: Story, row: Row) -> None:
    """The leader writes the goals the parties share."""
    write_goals(case=story.case, viewer=story.leader, texts=row["texts"])


def mark_goals(story: Story, row: Row) -> None:
    """A party agrees with the goals, but for those whose numbers the row names."""
    case, against = story.case, row.get("against", [])
    marks = {goal.pk: (nth not in against, row.get("remark", "")) for nth, goal in enumerate(goals(case), start=1)}
    goal_actions.mark_goals(case=case, viewer=story.contact_of(row["party"]), marks=marks)


def step(story: Story, row: Row) -> None:
    """Somebody does one of the acts that need nothing but a reason."""
    viewer = story.account(row["by"])
    carry_out(row["act"], case=story.case, viewer=viewer, seen=None, capacity_id=None, reason=row.get("reason", ""))


def merge(story: Story, row: Row) -> None:
    """Somebody proposes to join the case with another, and the other's initiator agrees."""
    into = TransferCase.unscoped.get(title=row["into"])
    propose_merge(case=story.case, viewer=story.account(row["by"]), into=into, reason=row["reason"])
    step(story, {"act": "accept_merge", "by": row["agreed_by"]})


def send_second_version(story: Story) -> None:
    """The leader changes some answers and sends the parties a new version."""
    save_basis(story, story.told["second_version"]["basis"])
    issue_version(case=story.case, viewer=story.leader)


def reaffirm(story: Story, party: str) -> None:
    """A party confirms that its response still holds."""
    viewer = story.contact_of(party)
    responses.reaffirm_response(case=story.case, viewer=viewer, seen=None, capacity_id=None, reason="")


def close_dialogue(story: Story) -> None:
    """The contact person closes the dialogue."""
    responses.close_dialogue(case=story.case, viewer=story.contact, seen=None, capacity_id=None, reason="")


def wait_for_mini_mtv(story: Story) -> None:
    """The contact person lets the case wait for its mini-MTV."""
    choose_forum(case=story.case, viewer=story.contact, code="await_mini_mtv")


def write_mini_mtv(story: Story) -> None:
    """The leader answers the mini-MTV, or as much of it as there is, and keeps what the product proposes."""
    case = story.case
    proposed = proposals(case, current(Document.MINI_MTV).questions) if story.told.get("mini_mtv_proposed") else {}
    texts = {key: proposal.text for key, proposal in proposed.items()} | story.told["mini_mtv"]
    given = {key: Given(text) for key, text in texts.items()}
    save_answers(case=case, viewer=story.leader, given=given)


def name_co_author(story: Story, row: Row) -> None:
    """The leader lets a party's contact person write the mini-MTV along."""
    party = story.organisation(row["party"])
    (member, *_) = story.contact_of(row["party"]).holding(CONTACT_FUNCTIONS, organisation_id=party.pk)
    add_co_author(case=story.case, viewer=story.leader, member=member)


def sign_off(story: Story) -> None:
    """The contact person signs the mini-MTV off."""
    sign_off_mini_mtv(case=story.case, viewer=story.contact)


def route(story: Story) -> None:
    """The contact person chooses the forum."""
    told = story.told["routing"]
    code = "route_to_local_forum" if told["to"] == "local" else "route_to_portfolio"
    choose_forum(case=story.case, viewer=story.contact, code=code, reason=told["reason"])


def decide(story: Story, row: Row) -> None:
    """The forum's secretary drafts what was decided, and its chair publishes it."""
    case, today = story.case, story.calendar.day(row["days_ago"])
    secretary = story.holder(Function.SECRETARY, forum=case.current_forum)
    meeting, chair = meeting_on(story, case, today), story.holder(Function.CHAIR, forum=case.current_forum)
    decision = save_decision(
        case=case, viewer=secretary, kind=row["act"], meeting=meeting, text=row["text"],
        reason=row["reason"], decided_on=today, conflict_note=row.get("conflict_note", ""),
    )  # fmt: skip
    publish_decision(case=case, viewer=chair, decision=decision)
    finish(meeting, secretary)


def close(story: Story) -> None:
    """The leader withdraws the case, or its contact person closes it because nobody is affected."""
    if story.told["result"] == Result.WITHDRAWN:
        do_plain("withdraw", case=story.case, viewer=story.leader, seen=None, reason=story.told["close_reason"])
    else:
        responses.close_without_parties(
            case=story.case, viewer=story.contact, seen=None, capacity_id=None, reason=""
        )
