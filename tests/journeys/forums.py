"""What forums do in a browser: a meeting with its agenda, attendance and minutes; a decision; an orientation."""

from __future__ import annotations

from tests.browser import Visitor, danish


def plan(secretary: Visitor) -> str:
    """The secretary plans a meeting that begins today; returns its address."""
    secretary.go("/moeder/").press("Planlæg møde")
    secretary.fill(day=danish(), time="0.00", place="Regionshuset, Aalborg")
    secretary.press("Planlæg mødet").sees("Mødet er planlagt")
    return secretary.page.url


def take_up(secretary: Visitor, title: str, recommendation: str) -> None:
    """The secretary, at the meeting's page, puts a case on the agenda and writes what the forum is to decide."""
    secretary.press(f"Sæt på dagsordenen: {title}").press("Ret punkt 2")
    secretary.fill(recommendation=recommendation).press("Gem punktet").sees(recommendation)


def send_agenda(secretary: Visitor) -> None:
    """The secretary sends the agenda to the members."""
    secretary.press("Send dagsorden").press("Send dagsorden").sees("Dagsordenen er sendt.")


def attend(secretary: Visitor) -> None:
    """The secretary writes that everybody took part: the forum is quorate."""
    secretary.press("Skriv, hvem der deltog")
    for choice in secretary.page.locator("main select").all():
        choice.select_option("present")
    secretary.press("Gem deltagere").sees("Region: 1 af mindst 1")
    secretary.inspect()


def decide(secretary: Visitor, chair: Visitor, number: str, kind: str, text: str) -> None:
    """The forum's secretary writes the decision as a draft; the chair reads it and publishes it."""
    secretary.go(f"/sager/{number}/behandling/").press("Registrér beslutning").pick("kind", kind)
    secretary.fill(text=text, reason="Alle parter er hørt, og økonomien er belyst.").press("Gem kladde")
    chair.go(f"/sager/{number}/behandling/").press("Fortsæt kladden").press("Offentliggør …").sees(text)
    chair.press("Offentliggør beslutningen").sees("er offentliggjort")


def write_minutes(secretary: Visitor, meeting: str) -> None:
    """The secretary writes the minutes and sends them to those who took part."""
    secretary.go(meeting).press("Skriv referat").fill_everything("Drøftet.").press("Gem, og send til godkendelse")
    secretary.press("Send referat til godkendelse").sees("Referatet er sendt til godkendelse.")


def approve_minutes(member: Visitor, meeting: str) -> None:
    """One who took part approves the minutes."""
    member.go(meeting).press("Godkend referat").press("Godkend referat").sees("Du har godkendt referatet.")
