"""Documents on paper: the head they share, and the answer that hands one out as PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime

from core.files import hand_out
from core.pdf import render_pdf

PDF = "application/pdf"


@dataclass(frozen=True)
class Paper:
    """What every document says of itself (templates/core/pdf/document.html).

    `kind` is »Dialoggrundlag, version 2«, `title` the heading, `day` when it was frozen, signed or decided, which the
    file also says of itself, so that the same version always gives the same bytes. `number` is the case's, `facts` are
    lines under the heading, `seal` is the checksum of the content.
    """

    kind: str
    title: str
    day: date | datetime
    number: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    seal: str = ""
    author: str = "Opgaveflytning"

    @property
    def local_day(self) -> date | datetime:
        """The day in Danish time."""
        return localtime(self.day) if isinstance(self.day, datetime) and is_aware(self.day) else self.day

    @property
    def running(self) -> str:
        """The line at the top of every page: which case, which document, as of when."""
        said = (self.number, self.kind, str(date_format(self.local_day, "j. F Y")))
        return " · ".join(part for part in said if part)

    @property
    def file_name(self) -> str:
        """The name of the file."""
        return f"{' '.join(filter(None, [self.number, self.kind]))}.pdf"


def paper_pdf(template: str, paper: Paper, context: Mapping[str, Any]) -> bytes:
    """Render a template that extends core/pdf/document.html. The same values give the same bytes."""
    return render_pdf(template, {**context, "paper": paper})


def paper_response(template: str, paper: Paper, context: Mapping[str, Any]) -> HttpResponse:
    """Answer with a document as PDF. The caller has asked who may see it."""
    return hand_out(paper.file_name, paper_pdf(template, paper, context), PDF)
