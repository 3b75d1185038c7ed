"""A signed-off mini-MTV as PDF: answers, tables, quality check and citation, for those who see the version."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from minimtv.actions import save_answers, sign_off
from minimtv.document import Given
from tests.minimtv.casework import fill_in, submitted_case
from tests.minimtv.test_pages import url
from tests.minimtv.test_tables import TABLES
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_pdf_holds_what_was_frozen_and_is_the_same_every_time(world: World, client: Client) -> None:
    case = submitted_case(world)
    fill_in(world, case)
    save_answers(case=case, viewer=world.viewer("leader"), given={**TABLES, "q13": Given("Nej.")})
    sign_off(case=case, viewer=world.viewer("contact"))
    address = url(case, "version_pdf", 1)
    client.force_login(world.users["contact"])
    answer = client.get(address)
    save_answers(case=case, viewer=world.viewer("leader"), given={"q1": Given("Rettet siden")})
    assert client.get(address).content == answer.content
    pdf = PdfReader(BytesIO(answer.content))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for told in (
        "Sundhedsstyrelsen/CEMTV 2005", "Kvalitetstjek", "Spørgsmål 13: Patienternes side er kort beskrevet",
        "Svar på spørgsmål 1.", "Hansen 2024", "−16,5", "349.999", "Nutidsværdi i år 0",
    ):  # fmt: skip
        assert told in text, told
    assert pdf.metadata is not None
    assert pdf.metadata.title == f"{case.number}: Mini-MTV, version 1, {case.title}"
    client.force_login(world.users["thisted_contact"])
    assert client.get(address).status_code == 404
    client.force_login(world.users["leader"])
    assert client.get(url(case, "version_pdf", 2)).status_code == 404
