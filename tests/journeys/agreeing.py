"""The agreement in a browser: written, sent out, answered by the signatories, reported ready."""

from __future__ import annotations

from tests.browser import Visitor, danish


def write_agreement(leader: Visitor, number: str, responsible: str, roles: dict[str, str]) -> None:
    """The leader fills in the six parts; it may begin today. `roles` are by the parties' names."""
    leader.go(f"/sager/{number}/aftale/").press("Skriv aftalen")
    for party, role in roles.items():
        leader.page.get_by_label(f"Rolle, {party}", exact=True).select_option(role)
    save_part(leader)
    save_part(leader)
    leader.page.locator("main select[name=responsible]").select_option(label=responsible)
    save_part(leader.pick("responsibility", "hospital").fill(plo_agreed_on=danish()))
    save_part(leader)
    save_part(leader.fill(start_date=danish(), review_dates=danish(180), notice_months="3"))
    leader.fill(indicators_0_name="Genindlæggelser", indicators_0_unit="pct.", indicators_0_baseline="12")
    leader.page.locator("main select[name=indicators_0_aim]").select_option("at_most")
    leader.fill(indicators_0_expected="10", indicators_0_measured_when="efter seks måneder")
    leader.press("Gem og fortsæt").sees("Kladde til version 1")
    leader.inspect()


def save_part(leader: Visitor) -> None:
    """Fill in what is left of a part, and go on."""
    leader.fill_everything("Aftalt mellem parterne.").press("Gem og fortsæt")


def write_own(contact: Visitor, number: str, name: str) -> None:
    """A party's contact person writes what the party brings; its economy stands as it answered in the dialogue."""
    contact.go(f"/sager/{number}/aftale/").press(f"Skriv egen del for {name}")
    contact.fill(contribution="To sygeplejersker i akutteamet.").fill_everything().press("Gem")


def send_out(leader: Visitor, number: str) -> None:
    """The leader sends version 1 to the parties."""
    leader.go(f"/sager/{number}/aftale/").press("Send aftalen til bekræftelse").fill_everything()
    leader.press("Send aftalen til bekræftelse").sees("Version 1")
    leader.inspect()


def answer_agreement(signatory: Visitor, act: str = "confirm_agreement", reason: str = "") -> None:
    """A party's aftalebemyndigede finds the agreement among what awaits them, and answers."""
    signatory.go("/").press("Bekræft aftalen", exact=False).pick("kind", act).fill(reason=reason)
    signatory.press("Afgiv svaret")


def report_ready(contact: Visitor, number: str) -> None:
    """A receiver's contact person reports everything ready from today: the agreement goes live for it."""
    contact.go(f"/sager/{number}/aftale/").press("Klarmeld")
    for box in contact.page.locator("main .date-picker input[name]").all():
        box.fill(danish())
    contact.press("Gem klarmelding").sees("Aftalen gælder for jer fra")
