"""What people in the health service write every day that holds figures and no CPR number, made from a seed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

EACH = 400


def day(random: Random) -> date:
    """A day in this century."""
    return date(2001, 1, 1) + timedelta(days=random.randrange(12_000))


def clock(random: Random, between: str = ".") -> str:
    """A time of day."""
    return f"{random.randrange(24):02}{between}{random.choice((0, 15, 30, 45, random.randrange(60))):02}"


def figures(random: Random, count: int) -> str:
    """So many figures, the first no nought."""
    return str(random.randrange(10 ** (count - 1), 10**count))


def phone(random: Random) -> str:
    """Eight figures, two and two."""
    number = figures(random, 8)
    return " ".join(number[place : place + 2] for place in range(0, 8, 2))


def money(random: Random, most: int = 10**9) -> str:
    """An amount with full stops."""
    return f"{random.randrange(1_000, most):,}".replace(",", ".")


TEXTS: dict[str, Callable[[Random], str]] = {
    "a date and a time": lambda r: f"Mødet er {day(r):%d.%m.%y} {clock(r)}",
    "a date and a time with »kl.«": lambda r: f"{day(r):%d.%m.%Y} kl. {clock(r)}–{clock(r)}",
    "a date with hyphens and a time": lambda r: f"Den {day(r):%d-%m-%y} {clock(r, ':')}",
    "a full date and a time without a mark": lambda r: f"{day(r):%d-%m-%Y} {clock(r, '')}",
    "two dates": lambda r: f"Fra {day(r):%d.%m.%Y} til {day(r):%d.%m.%Y}, senest {day(r):%d/%m-%Y}",
    "a date in words": lambda r: f"{day(r).day}. oktober {day(r).year} kl. {clock(r)}",
    "a time by machine": lambda r: f"{day(r):%Y-%m-%d}T{clock(r, ':')}:{r.randrange(60):02}",
    "a time by machine with a space": lambda r: f"{day(r):%Y-%m-%d} {clock(r, ':')}:{r.randrange(60):02}",
    "weeks": (
        lambda r: f"Uge {r.randint(1, 26)}-{r.randint(27, 52)}, "
        f"{day(r).year} og uge {r.randint(1, 52)}/{day(r):%y}"
    ),
    "years": lambda r: f"{day(r).year}, {day(r).year} og {day(r).year}-{day(r):%y}",
    "a phone number": lambda r: f"Ring {phone(r)} eller +45 {phone(r)}.",
    "a phone number in one": lambda r: f"Tlf. {figures(r, 8)}, {figures(r, 4)} Aalborg",
    "an address with a phone number": lambda r: f"Havnevej {r.randint(1, 99)}, {figures(r, 4)} Hobro, tlf. {phone(r)}",
    "a case number": lambda r: f"Sag OF-{day(r).year}-{r.randrange(10_000):04} af {day(r):%d.%m.%Y}",
    "a number in the archive": (
        lambda r: f"Sagsnr. {day(r):%y}/{figures(r, 5)}, 29."
        f"{r.randint(0, 30):02}.00-A00-{r.randint(1, 99)}-{day(r):%y}"
    ),
    "an EAN number": lambda r: f"EAN 57{figures(r, 11)}",
    "a CVR number": lambda r: f"CVR {figures(r, 8)}",
    "a PMID": lambda r: f"PMID {figures(r, 8)}, PMID {figures(r, 8)}",
    "an amount": lambda r: f"{money(r)} kr. det første år, {money(r)},00 kr. de næste",
    "amounts in a row": lambda r: f"{money(r, 10**6)}, {money(r, 10**6)} og {money(r, 10**6)} kr.",
    "small figures": lambda r: f"{r.randint(1, 99)} af {r.randint(100, 9999)} forløb i {r.randint(1, 12)} kommuner",
    "shares": (
        lambda r: f"{r.randint(1, 99)},{r.randint(1, 99)} % ({r.randint(1, 99)}-"
        f"{r.randint(1, 99)} %), n = {r.randint(100, 9999)}"
    ),
    "doses": lambda r: f"{day(r):%d.%m.%y} {r.randint(10, 99)}mg x {r.randint(1, 4)}",
    "a law": (
        lambda r: f"LBK nr. {r.randint(1, 1999)} af {day(r):%d/%m/%Y}, § "
        f"{r.randint(1, 99)}, stk. {r.randint(1, 9)}"
    ),
    "an ISBN": lambda r: f"ISBN 978-87-{figures(r, 4)}-{figures(r, 3)}-{r.randrange(10)}",
    "a DOI": (
        lambda r: f"https://doi.org/10.{figures(r, 4)}/{figures(r, 4)}-"
        f"{figures(r, 4)}-{r.randint(1, 20)}-{r.randint(1, 400)}"
    ),
    "codes of the health service": (
        lambda r: f"ICD-10 DZ{figures(r, 3)}, ATC J01CR05, SOR "
        f"{figures(r, 15)}, yder {figures(r, 6)}"
    ),
    "pages": lambda r: f"s. {r.randint(1, 99)}-{r.randint(100, 999)}, bilag {r.randint(1, 30)}.{r.randint(1, 12)}",
    "a date with a two-figure year and four figures": lambda r: f"{day(r):%d.%m.%y} {clock(r, '')}",
    "a phone number before a postal code": lambda r: f"Tlf. {phone(r)}, {figures(r, 4)} Aalborg",
    "an amount of ten figures without full stops": lambda r: f"{figures(r, 10)} kr.",
    "a P-number": lambda r: f"P-nummer 10{figures(r, 8)}",
    "a bank account": lambda r: f"Reg.nr. {figures(r, 4)} konto {figures(r, 10)}",
    "small figures in a row": (
        lambda r: f"{r.randint(10, 99)}, {r.randint(10, 99)}, "
        f"{r.randint(10, 99)}, {figures(r, 4)}"
    ),
}  # fmt: skip

# What may be taken for a CPR number → how the message says that it is written instead.
MAY_BE_TAKEN_FOR_A_NUMBER: dict[str, Callable[[str], str]] = {
    "a date with a two-figure year and four figures": (
        lambda text: re.sub(r"(\d\d) (\d\d)(\d\d)$", r"20\1 kl. \2.\3", text)
    ),
    "a phone number before a postal code": lambda text: re.sub(r"(\d\d) (?=\d\d\b)", r"\1", text),
    "an amount of ten figures without full stops": lambda text: with_full_stops(text),
    "a P-number": lambda text: with_full_stops(text),
    "a bank account": lambda text: with_full_stops(text),
    "small figures in a row": lambda text: " og ".join(text.rsplit(", ", 1)),
}


def with_full_stops(text: str) -> str:
    """Long numbers as people read them."""
    return re.sub(r"\d{10}", lambda found: f"{int(found[0]):,}".replace(",", "."), text)


def ordinary(seed: int = 25) -> Iterator[tuple[str, str]]:
    """Give texts of every kind, with the kind."""
    random = Random(seed)  # noqa: S311 – repeatable, nothing secret
    for kind, made in TEXTS.items():
        yield from ((kind, made(random)) for _ in range(EACH))


def rewritten(kind: str, text: str) -> str:
    """The text as the message says that it is written."""
    return MAY_BE_TAKEN_FOR_A_NUMBER[kind](text)
