"""What the dialoggrundlag's pages are made of: the step's form, the document, the steps beside it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime

from contacts.enums import Function
from contacts.http import Request
from contacts.models import ContactPerson
from contacts.periods import in_force
from contacts.viewer import Viewer
from core.models import FormPart
from dialogue.basis.content import COUNTS, PARTIES, Content, Written
from dialogue.basis.findings import changes, missing
from dialogue.basis.forms import StepForm
from dialogue.basis.progress import StepStanding, next_step, overall, standing, step_url, sum_warning
from dialogue.basis.queries import (
    candidates,
    live_content,
    municipalities,
    proposal,
    versions,
    visible_content,
    written,
)
from dialogue.models import DialogueBasis
from transfers.enums import Stage
from transfers.models import TransferCase
from transfers.rules import offer
from transfers.workflow import BY_CODE


def may_edit(case: TransferCase, viewer: Viewer) -> bool:
    """Tell whether the viewer may write the dialoggrundlag now."""
    return bool(offer(BY_CODE["edit_basis"], case, viewer).capacities)


def part_or_404(case: TransferCase, step: str) -> tuple[int, FormPart]:
    """Return a step by number or key, with its number; Http404 when the definition has none such."""
    for number, part in enumerate(written(case).definition.parts.all(), start=1):
        if step in (str(number), part.key):
            return number, part
    raise Http404("Det trin findes ikke i dialoggrundlaget.")


def step_form(request: Request, case: TransferCase, part: FormPart) -> StepForm:
    """Return the step's form, with what was posted or else what is stored."""
    found, keys = written(case), {question.key for question in part.questions.all()}
    asks_parties = PARTIES in keys
    return StepForm(
        request.POST or None,
        part=part,
        written=found,
        municipalities=municipalities(case) if COUNTS in keys else (),
        organisations=list(candidates(case)) if asks_parties else (),
        proposed=proposed(case, found) if asks_parties else (),
    )


def proposed(case: TransferCase, found: Written) -> list[int]:
    """Return the parties ticked on the page: the stored ones, or before the first save the proposal."""
    if found.basis is not None:
        return [pk for pk, _ in found.parties]
    return [organisation.pk for organisation in proposal(case)]


def step_links(case: TransferCase, steps: list[StepStanding], current: int) -> list[dict[str, str]]:
    """Return the steps as the trinindikator draws them, the check last."""
    last = {"label": "Tjek dine svar", "url": check_url(case), "note": ""}
    return [
        *({"label": s.title, "url": s.url, "note": s.note, "state": state(s, current)} for s in steps),
        last | {"state": "todo" if current else "current"},
    ]


def state(step: StepStanding, current: int) -> str:
    """Return whether a step is the current one, done, or still to do."""
    if step.number == current:
        return "current"
    return "todo" if step.note else "done"


def step_context(case: TransferCase, number: int, part: FormPart, form: StepForm) -> dict[str, Any]:
    """Return what a step's page shows."""
    found, content = written(case), live_content(case)
    steps = standing(case, content)
    return {
        "case": case, "part": part, "number": number, "count": len(steps), "form": form,
        "steps": step_links(case, steps, number), "standing": steps[number - 1], "overall": overall(steps),
        "previous": step_url(case, number - 1) if number > 1 else "", "warning": sum_warning(content),
        "revision": revision(found, form), "basis": found.basis,
        "saved": "" if form.errors else saved_text(found.basis),
    }  # fmt: skip


def revision(found: Written, form: StepForm) -> int:
    """Return the revision the page shows; after a refused post the one it came with, so that no change is missed."""
    if form.is_bound and not form.theirs:
        posted = str(form["revision"].value() or "0")
        return int(posted) if posted.isdecimal() else 0
    return found.basis.revision if found.basis else 0


def after_step(case: TransferCase, number: int, *, leave: bool) -> str:
    """Return where a saved step leads: out to the document, on to the next step, or to the check."""
    if leave:
        return reverse("dialogue:basis", args=[case.number])
    more = number < len(written(case).definition.parts.all())
    return step_url(case, number + 1) if more else check_url(case)


def check_url(case: TransferCase) -> str:
    """Return the address of »Tjek dine svar«."""
    return reverse("dialogue:basis_check", args=[case.number])


def saved_text(basis: DialogueBasis | None) -> str:
    """Return »Gemt kl. 10.42«, with the date when it was on another day."""
    if basis is None or not basis.revision:
        return ""
    when = localtime(basis.updated_at)
    day = "" if when.date() == localdate() else f" {date_format(when, 'j. F Y')}"
    return f"Gemt{day} kl. {when:%H.%M}"


def document(content: Content, case: TransferCase, *, editable: bool = False) -> list[dict[str, Any]]:
    """Return the parts of a content with numbers and, for those who write, the way to each step."""
    return [
        part | {"number": number, "url": step_url(case, number) if editable else ""}
        for number, part in enumerate(content["parts"], start=1)
    ]


def holes(content: Content, case: TransferCase) -> dict[str, list[dict[str, str]]]:
    """Return what is lacking for submitting, and beyond that for a forum, each with its way there."""
    submit = missing(content, "submit")
    later = [item for item in missing(content, "forum") if item not in submit]
    return {
        name: [{"text": str(item), "url": f"{step_url(case, item.step)}#{anchor(item.key)}"} for item in items]
        for name, items in (("submit", submit), ("forum", later))
    }


def anchor(key: str) -> str:
    """Return the id of a question's place on its step."""
    return f"spm-{key}"


def document_context(case: TransferCase, viewer: Viewer) -> dict[str, Any]:
    """Return what the tab shows: to those who write it the draft and how far it is, to others the newest version."""
    found, editing = written(case), may_edit(case, viewer)
    content = live_content(case) if editing else visible_content(case, viewer)
    context: dict[str, Any] = {
        "editing": editing, "basis": found.basis, "newest": found.newest_number, "versions": versions(case, viewer),
        "parts": document(content, case, editable=editing) if content else [],
    }  # fmt: skip
    if not editing or content is None:
        return context
    steps = standing(case, content)
    return context | {
        "saved": saved_text(found.basis), "overall": overall(steps), "next": next_step(steps),
        "steps": steps, "intro": found.definition.intro,
        "unsent": len(changes(found.newest, content)) if found.newest else 0, "check": check_url(case),
        "sending": offer(BY_CODE[sending(case)], case, viewer),
    }  # fmt: skip


def check_context(case: TransferCase, viewer: Viewer) -> dict[str, Any]:
    """Return what »Tjek dine svar« shows."""
    content = live_content(case)
    steps = standing(case, content)
    return {
        "case": case, "steps": step_links(case, steps, 0), "parts": document(content, case, editable=True),
        "holes": holes(content, case), "overall": overall(steps), "warning": sum_warning(content),
        "sending": offer(BY_CODE[sending(case)], case, viewer),
    }  # fmt: skip


def sending(case: TransferCase) -> str:
    """Return the act that sends the dialoggrundlag on from where the case stands."""
    return "submit_basis" if case.stage == Stage.DRAFT else "issue_version"


def receiver(case: TransferCase) -> str:
    """Return the contact person who gets the case, by the name of the public overview; the secretariat without one."""
    rows = ContactPerson.objects.filter(in_force(), organisation=case.initiator_id, function=Function.CONTACT)
    person = rows.select_related("user").first()
    return person.shown_name if person else "sekretariatet, fordi der ikke er nogen kontaktperson"
