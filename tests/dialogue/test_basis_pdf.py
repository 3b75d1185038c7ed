"""The dialoggrundlag as PDF: a frozen version, for those who see the case, the same bytes every time."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.scenario import submitted_case
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_version_as_pdf_is_tagged_names_its_case_and_is_the_same_every_time(world: World, client: Client) -> None:
    case = submitted_case(world)
    address = reverse("dialogue:version_pdf", args=[case.number, 1])
    client.force_login(world.users["leader"])
    answer = client.get(address)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert f'filename="{case.number}-Dialoggrundlag-version-1.pdf"' in answer["Content-Disposition"]
    assert client.get(address).content == answer.content
    pdf = PdfReader(BytesIO(answer.content))
    assert pdf.metadata is not None
    assert pdf.metadata.title == f"{case.number}: Dialoggrundlag, version 1, {case.title}"
    assert f"{case.number} · Dialoggrundlag, version 1" in pdf.pages[1].extract_text()
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "Svar om what_happens i et par ord." in text.replace("\n", " ")
    assert "1–4" in text
    assert f"Side 1 af {len(pdf.pages)}" in text


def test_those_who_do_not_see_the_version_get_the_answer_of_one_that_is_missing(world: World, client: Client) -> None:
    case = submitted_case(world)
    client.force_login(world.users["thisted_contact"])
    assert client.get(reverse("dialogue:version_pdf", args=[case.number, 1])).status_code == 404
    client.force_login(world.users["leader"])
    assert client.get(reverse("dialogue:version_pdf", args=[case.number, 9])).status_code == 404
