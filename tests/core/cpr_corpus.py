"""CPR numbers that belong to nobody, written in every way people write them, made from a seed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from string import ascii_uppercase, digits

FULL = os.environ.get("STRESS") == "full"
TOTAL = 10_000
SEPARATORS = (
    " ", ".", "-", "–", "—", "‑", "−", "/", "\\", "_", ",", ":", ";", "*", "+", "~", "=", "|", "·", "'", "(", ")",
    "\t", "\n", "\r\n", "\u00a0", "\u202f", "\u2009", "\u3000", "\u2028", "\u200b", "\u200c", "\u2060", "\ufeff",
    "\u00ad", "\u0332",
)  # fmt: skip
DAYS = (*range(1, 32), *range(61, 92))
AROUND = (
    ("", ""), ("Patienten ", " er udskrevet."), ("patient", "indlagt"), ("(", ")"), ("æ", "å"), ("CPR:", "."),
    ("x", "Y"), ("1 ", " 2"), ("»", "«"), ("Født\t", "\n"), ("nr", "ÆØÅ"),
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """One number: its groups, what stands between them, and around it."""

    groups: tuple[str, str, str, str]
    gaps: tuple[str, str, str]
    around: tuple[str, str]

    @property
    def number(self) -> str:
        """The number as it is written."""
        (day, month, year, tail), (first, second, third) = self.groups, self.gaps
        return f"{day}{first}{month}{second}{year}{third}{tail}"

    def __str__(self) -> str:
        return f"{self.around[0]}{self.number}{self.around[1]}"


def corpus(count: int, seed: int = 17, separators: tuple[str, ...] = SEPARATORS) -> Iterator[Written]:
    """Give so many numbers; days, century figures, separators and surroundings all take their turn."""
    random = Random(seed)  # noqa: S311 – repeatable, nothing secret
    for place in range(count):
        day, month, year = DAYS[place % len(DAYS)], random.randint(1, 12), random.randrange(100)
        gaps = [gap(random, separators, place + shift) for shift in range(3)]
        tail = replaced(random) if place % 5 == 4 else f"{place % 10}{random.randrange(1000):03}"
        around = AROUND[random.randrange(len(AROUND))]
        if tail[-1].isalpha() and around[1][:1].isupper():
            around = ("", "")  # where capital letters follow one another nobody can tell where the number ends
        yield Written((f"{day:02}", f"{month:02}", f"{year:02}", tail), (gaps[0], gaps[1], gaps[2]), around)


def gap(random: Random, separators: tuple[str, ...], place: int) -> str:
    """None to five separators of any kind; the first takes its turn."""
    count = random.choice((0, 0, 1, 1, 1, 2, 3, 5))
    return "".join([separators[place % len(separators)], *random.choices(separators, k=count - 1)]) if count else ""


def replaced(random: Random) -> str:
    """The last four of a replacement number: letters and at least one figure."""
    tail = [random.choice(ascii_uppercase), random.choice(digits), *random.choices(ascii_uppercase + digits, k=2)]
    random.shuffle(tail)
    return "".join(tail)
