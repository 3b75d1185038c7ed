"""Files on their way in: no more of them is written down than an attachment may fill, however much is sent."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from core import parameters
from core.uploads import LARGEST, MEGABYTE

PASSED_OVER = 50 * MEGABYTE  # what is sent too much and read all the same, so that the form itself can say so


class SentTooMuch(RequestDataTooBig):
    """A request is so large that none of it is read; `told` says what is wrong and what to do."""

    def __init__(self, megabytes: int) -> None:
        reason = f"Du har sendt meget mere, end der er plads til. Et bilag må højst fylde {megabytes} MB."
        super().__init__(reason)
        self.told = reason, "Gør filen mindre, eller del den, og send igen."


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps the beginning of a file that is too large, and its whole size, by which it is refused where it is taken in.

    A request without a length is not read at all by Django, and one with a length not beyond it.
    """

    largest = 0

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any) -> None:  # noqa: N803
        """Look at the length before anything is read. Raises SentTooMuch."""
        megabytes = parameters.whole(LARGEST)
        self.largest = megabytes * MEGABYTE
        if content_length > self.largest + PASSED_OVER:
            raise SentTooMuch(megabytes)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write down the next piece, unless the file is too large with it."""
        if start + len(raw_data) <= self.largest:
            super().receive_data_chunk(raw_data, start)
