"""Stored files: random keys, private root, attachment only, no row without a file."""

import hashlib
import shutil
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.core.management import CommandError, call_command
from django.urls import Resolver404, resolve

from core.errors import TextRefused
from core.files import ascii_name, keep, prepare, respond, store
from core.models import StoredFile

pytestmark = pytest.mark.django_db
PDF = "application/pdf"


@pytest.fixture(autouse=True)
def root() -> Path:
    """The private root, empty."""
    place = Path(settings.PRIVATE_ROOT)
    shutil.rmtree(place, ignore_errors=True)
    return place


def on_disk(root: Path) -> list[str]:
    return [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]


def test_a_file_is_stored_under_a_random_key_for_its_owner_alone(root: Path) -> None:
    stored = store("Årsstatus 2026.pdf", b"indhold", PDF)
    assert on_disk(root) == [f"{stored.key.hex[:2]}/{stored.key.hex}"]
    assert (root / str(stored.content)).stat().st_mode & 0o077 == 0
    assert stored.read() == b"indhold"
    assert stored.size == 7
    assert stored.sha256 == hashlib.sha256(b"indhold").hexdigest()
    assert store("Årsstatus 2026.pdf", b"indhold", PDF).key != stored.key


def test_the_private_root_has_no_address() -> None:
    with pytest.raises(Resolver404):
        resolve(store("Referat.pdf", b"x", PDF).content.url)
    static = Path(settings.STATIC_ROOT).resolve()
    assert not Path(settings.PRIVATE_ROOT).resolve().is_relative_to(static)


def test_a_refused_name_leaves_neither_row_nor_file(root: Path) -> None:
    with pytest.raises(TextRefused):
        store("Svar 010190-1234.pdf", b"x", PDF)
    assert not StoredFile.objects.exists()
    assert on_disk(root) == []


def test_a_storage_that_cannot_be_written_leaves_no_row(root: Path) -> None:
    root.parent.mkdir(parents=True, exist_ok=True)
    root.write_text("a file stands where the folder should be")
    try:
        with pytest.raises(OSError, match="directory"):
            store("Referat.pdf", b"x", PDF)
    finally:
        root.unlink()
    assert not StoredFile.objects.exists()


def test_what_a_killed_worker_left_is_written_over(root: Path) -> None:
    key = uuid4()
    keep(prepare("Et.txt", b"halvt", "text/plain", key=key))
    StoredFile.objects.all().delete()
    stored = keep(prepare("Et.txt", b"helt", "text/plain", key=key))
    assert stored.read() == b"helt"
    assert on_disk(root) == [stored.content.name]


def test_a_file_is_handed_out_as_an_attachment() -> None:
    response = respond(store("Årsstatus <2026>.pdf", b"indhold", PDF))
    assert response["Content-Disposition"] == 'attachment; filename="Aarsstatus-2026-.pdf"'
    assert response["Content-Type"] == PDF
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response) == b"indhold"
    response.close()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Referat æøå ÆØÅ.pdf", "Referat-aeoeaa-AeOeAa.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        ('a"b\r\nSet-Cookie: x=1.pdf', "a-b-Set-Cookie-x-1.pdf"),
        ("é.txt", "e.txt"),
        ("日本", "fil"),
        ("日本.pdf", "fil.pdf"),
        ("😀 .docx", "fil.docx"),
        ("..\\..\\windows\\a.pdf", "windows-a.pdf"),
        ('a.pdf"; filename="b.html', "a.pdf-filename-b.html"),
        ("", "fil"),
    ],
)
def test_names_are_made_harmless(name: str, expected: str) -> None:
    assert ascii_name(name) == expected


def test_the_check_finds_missing_changed_and_left_over_files(root: Path) -> None:
    whole, changed, gone = (store(f"{n}.txt", b"x", "text/plain") for n in range(3))
    call_command("check_files", stdout=StringIO())
    (root / str(changed.content)).write_bytes(b"y")
    storage = storages["private"]
    assert isinstance(storage, FileSystemStorage)
    storage.delete(str(gone.content))
    (root / "rest").write_bytes(b"z")
    told = StringIO()
    with pytest.raises(CommandError, match="3 fejl"):
        call_command("check_files", stdout=told)
    expected = {f"{changed.key}: ændret", f"{gone.key}: mangler", "rest: uden række"}
    assert set(told.getvalue().splitlines()) == expected
    with pytest.raises(CommandError, match="2 fejl"):
        call_command("check_files", "--remove-leftovers", stdout=StringIO())
    assert not (root / "rest").exists()
    assert (root / str(whole.content)).exists()
