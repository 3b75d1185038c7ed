"""Files on their way in: what is too large is not written down, and who sent it is told."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate
from pytest_django import Settings

from core.models import Parameter
from core.receiving import PASSED_OVER, BoundedUploadHandler, SentTooMuch
from dialogue.models import Attachment
from tests.pages.forms import text_of
from tests.world import World, draft_case

pytestmark = pytest.mark.django_db
PIECE, LARGEST = 64_000, 3_000_000


@pytest.fixture
def three_megabytes() -> None:
    """An attachment may fill three megabytes from today."""
    Parameter.objects.create(key="upload.megabytes", value=3, valid_from=localdate())


@pytest.mark.usefixtures("three_megabytes")
def test_no_more_is_written_down_than_a_file_may_fill(tmp_path: Path, settings: Settings) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    handler = BoundedUploadHandler()
    handler.handle_raw_input(None, {}, LARGEST + PASSED_OVER, b"")
    handler.new_file("file", "Stor.txt", "text/plain", None)
    for number in range(100):
        handler.receive_data_chunk(b"a" * PIECE, number * PIECE)
    kept = handler.file_complete(100 * PIECE)
    assert kept is not None
    with kept:
        assert kept.size == 100 * PIECE
        assert LARGEST - PIECE < sum(path.stat().st_size for path in tmp_path.iterdir()) <= LARGEST
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("three_megabytes")
def test_a_body_that_is_much_larger_is_refused_by_its_length_alone() -> None:
    with pytest.raises(SentTooMuch) as refusal:
        BoundedUploadHandler().handle_raw_input(None, {}, LARGEST + PASSED_OVER + 1, b"")
    assert "højst fylde 3 MB" in refusal.value.told[0]


@pytest.mark.usefixtures("three_megabytes")
def test_the_form_itself_says_that_a_file_is_too_large(
    world: World, client: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    case = draft_case(world)
    client.force_login(world.users["leader"])
    for size, told in ((LARGEST + 1, "Filen er for stor. Den må højst fylde 3 MB."), (LARGEST, "Bilaget er tilføjet")):
        file = SimpleUploadedFile("Stor.txt", b"a" * size)
        answer = client.post(f"/sager/{case.number}/dialoggrundlag/bilag/", {"file": file}, follow=True)
        assert told in text_of(answer)
        assert list(tmp_path.iterdir()) == []
    assert Attachment.unscoped.get().file.size == LARGEST
