"""The workflow as a table: which act leads from which stage to which, who may do it, and what must be true.

Views, buttons, the write path, the tests and the diagram in docs/ read this table; nothing else knows
which stage follows which. Sources: the agreement (S1) and the rules numbered in docs/workflow.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from transfers.enums import Result, Stage, Who


@dataclass(frozen=True)
class Act:
    """One row: something a person does to a case.

    `sources` are the stages it is offered in, `target` the stage it leads to (None: the case stays),
    `requires` names checks registered with `transfers.rules.requirement`, `page` is the route of the page
    where it is done, `tells` says who gets a message, `asks_reason` that a written reason is kept,
    `counts` that it raises the version other people's open pages are checked against, `shown_blocked` that
    the case page says what is missing while it cannot be done.
    """

    code: str
    label: str
    sources: tuple[Stage, ...]
    who: tuple[Who, ...]
    target: Stage | None = None
    result: Result | None = None
    requires: tuple[str, ...] = ()
    effect: str = ""
    page: str = "transfers:act"
    tells: tuple[Who, ...] = ()
    asks_reason: bool = False
    counts: bool = True
    primary: bool = False
    shown_blocked: bool = True


S, W = Stage, Who
CONTACT = (W.INITIATOR_CONTACT, W.STAND_IN)
WRITERS = (W.LEADER, W.DEPARTMENT, W.INITIATOR_CONTACT)
DECIDERS = (W.FORUM_CHAIR, W.FORUM_SECRETARY)
TAKING_PART = (*WRITERS, W.PARTY_CONTACT, W.PARTY_MEMBER)
SENT = (S.SUBMITTED, S.DIALOGUE, S.MINI_MTV, S.LOCAL_FORUM, S.PORTFOLIO, S.ADMINISTRATIVE)
WRITING_MTV = (S.SUBMITTED, S.DIALOGUE, S.MINI_MTV)
FORUMS = (S.LOCAL_FORUM, S.PORTFOLIO, S.ADMINISTRATIVE)
HOME = (W.LEADER, W.INITIATOR_CONTACT)
EVERYONE = (*HOME, W.PARTY_CONTACT)
HOME_AND_FORUM = (*HOME, *DECIDERS)
GATE = ("basis_ready_for_forum", "mini_mtv_complete")
DECISION = "portfolio:decide"
ROUTING = "portfolio:routing"

# Pages where several acts are chosen between: what their one button on the case page says.
CHOICES = {"transfers:screening_edit": "Afslut vurderingen", ROUTING: "Vælg forum", DECISION: "Registrér beslutning"}

ACTS: tuple[Act, ...] = (
    # Screening (S1; rule 1)
    Act("edit_screening", "Ret vurderingen", (S.SCREENING,), (W.LEADER, W.DEPARTMENT),
        page="transfers:screening_edit", counts=False),
    Act("start_basis", "Skriv dialoggrundlag", (S.SCREENING,), (W.LEADER,), S.DRAFT,
        requires=("screening_says_basis",), page="transfers:screening_edit", primary=True, shown_blocked=False,
        effect="Sagen får en kladde til et dialoggrundlag."),
    Act("close_screening", "Afslut uden dialoggrundlag", (S.SCREENING,), (W.LEADER,), S.CLOSED,
        Result.NOT_NEEDED, requires=("screening_says_no_basis",), page="transfers:screening_edit",
        shown_blocked=False, tells=(W.INITIATOR_CONTACT,),
        effect="Vurderingen gemmes og tæller med i den årlige status."),
    # Dialoggrundlag (rules 2 and 3)
    Act("edit_basis", "Rediger dialoggrundlag", (S.DRAFT, S.DIALOGUE), WRITERS,
        page="dialogue:basis", counts=False),
    Act("submit_basis", "Indsend til kontaktpersonen", (S.DRAFT,), (W.LEADER,), S.SUBMITTED,
        requires=("basis_ready_to_submit",), page="dialogue:submit", tells=CONTACT, primary=True,
        effect="Kontaktpersonen får sagen. Denne udgave fryses som en nummereret version."),
    Act("issue_version", "Send ny version til parterne", (S.DIALOGUE,), (W.LEADER,),
        requires=("basis_ready_to_submit", "basis_changed"), shown_blocked=False, page="dialogue:submit",
        tells=(W.PARTY_CONTACT, W.INITIATOR_CONTACT),
        effect="Parterne får den nye version og bliver bedt om at bekræfte deres svar."),
    # The contact person (rules 2 and 4)
    Act("open_dialogue", "Modtag og åbn dialogen", (S.SUBMITTED,), CONTACT, S.DIALOGUE,
        page="dialogue:open", tells=(W.PARTY_CONTACT, W.LEADER), primary=True,
        effect="De berørte parter får besked og bliver bedt om at svare inden fristen."),
    Act("return_to_leader", "Send tilbage til lederen", (S.SUBMITTED,), CONTACT, S.DRAFT,
        asks_reason=True, tells=(W.LEADER,),
        effect="Lederen får sagen tilbage som kladde med din kommentar."),
    # The dialogue (rules 4 and 5)
    Act("respond", "Afgiv svar", (S.DIALOGUE,), (W.PARTY_CONTACT,), page="dialogue:respond",
        counts=False, primary=True, tells=(W.INITIATOR_CONTACT,)),
    Act("reaffirm_response", "Vores svar gælder stadig", (S.DIALOGUE,), (W.PARTY_CONTACT,),
        requires=("response_to_older_version",), counts=False, shown_blocked=False,
        effect="Jeres svar bekræftes for den nyeste version af dialoggrundlaget."),
    Act("comment", "Skriv kommentar", SENT, TAKING_PART, page="dialogue:parties", counts=False),
    Act("add_party", "Tilføj part", (S.DIALOGUE,), (W.INITIATOR_CONTACT,), page="dialogue:add_party",
        tells=(W.PARTY_CONTACT,), effect="Parten får sagen at se og sin egen frist."),
    Act("extend_deadline", "Forlæng frist", (S.DIALOGUE,), CONTACT, page="dialogue:extend",
        asks_reason=True, tells=(W.PARTY_CONTACT,)),
    Act("request_portfolio", "Bed om Porteføljestyregruppen", (S.DIALOGUE, S.MINI_MTV), (W.PARTY_CONTACT,),
        asks_reason=True, tells=(W.INITIATOR_CONTACT,),
        effect="Kontaktpersonen ser ønsket, når forum skal vælges, og skal begrunde et andet valg."),
    Act("close_dialogue", "Luk dialogen", (S.DIALOGUE,), CONTACT,
        requires=("dialogue_still_open", "dialogue_may_close"), tells=(W.LEADER, W.PARTY_CONTACT), primary=True,
        effect="Svarene samles, og kontaktpersonen vælger forum. Parter, der ikke har svaret, nævnes."),
    Act("close_without_parties", "Afslut – ingen er berørt", (S.DIALOGUE,), CONTACT, S.CLOSED,
        Result.NO_PARTY_AFFECTED, requires=("all_parties_unaffected",), shown_blocked=False,
        tells=(W.LEADER, W.PARTY_CONTACT),
        effect="Alle parter har svaret, at de ikke er berørt. Sagen lukkes."),
    # Mini-MTV (rule 7)
    Act("edit_mini_mtv", "Udfyld mini-MTV", WRITING_MTV, (W.LEADER, W.INITIATOR_CONTACT),
        page="minimtv:edit", counts=False),
    Act("sign_off_mini_mtv", "Godkend mini-MTV", WRITING_MTV, (W.INITIATOR_CONTACT,),
        requires=("mini_mtv_answered",), page="minimtv:sign_off", tells=(W.LEADER,),
        effect="Mini-MTV'en fryses som en version og kan lægges til grund for en beslutning."),
    # Choice of forum (rule 6)
    Act("await_mini_mtv", "Vent på mini-MTV", (S.DIALOGUE,), CONTACT, S.MINI_MTV,
        requires=("dialogue_closed", "mini_mtv_missing"), page=ROUTING, shown_blocked=False, tells=(W.LEADER,),
        effect="Sagen venter, til mini-MTV'en er udfyldt og godkendt."),
    Act("route_to_local_forum", "Send til samarbejdsforum", (S.DIALOGUE, S.MINI_MTV), CONTACT, S.LOCAL_FORUM,
        requires=("dialogue_closed", "basis_ready_for_forum"), page=ROUTING, tells=DECIDERS, primary=True,
        effect="Samarbejdsforummet behandler sagen."),
    Act("route_to_portfolio", "Send til Porteføljestyregruppen", (S.DIALOGUE, S.MINI_MTV), CONTACT,
        S.PORTFOLIO, requires=("dialogue_closed", *GATE), page=ROUTING, tells=DECIDERS, primary=True,
        effect="Porteføljestyregruppen behandler sagen."),
    Act("reopen_dialogue", "Tilbage til dialogen", (S.MINI_MTV,), CONTACT, S.DIALOGUE, asks_reason=True,
        tells=(W.PARTY_CONTACT, W.LEADER), effect="Dialogen åbnes igen."),
    # Decisions (rules 8 to 10)
    Act("local_pursue", "Gå videre til Porteføljestyregruppen", (S.LOCAL_FORUM,), DECIDERS, S.PORTFOLIO,
        requires=GATE, page=DECISION, asks_reason=True, tells=EVERYONE,
        effect="Porteføljestyregruppen får sagen.", primary=True),
    Act("local_stop", "Ikke grundlag for at arbejde videre", (S.LOCAL_FORUM,), DECIDERS, S.CLOSED,
        Result.NOT_PURSUED, page=DECISION, asks_reason=True,
        tells=EVERYONE, effect="Sagen lukkes, og alle parter får besked."),
    Act("approve", "Godkend", (S.PORTFOLIO, S.ADMINISTRATIVE), DECIDERS, S.AGREEMENT, requires=GATE,
        page=DECISION, asks_reason=True, tells=EVERYONE, primary=True,
        effect="Aftalen kan indgås, og alle parter får besked."),
    Act("reject", "Godkend ikke", (S.PORTFOLIO, S.ADMINISTRATIVE), DECIDERS, S.CLOSED, Result.REJECTED,
        page=DECISION, asks_reason=True, tells=EVERYONE,
        effect="Sagen lukkes som ikke godkendt, og alle parter får besked."),
    Act("return_to_dialogue", "Send tilbage til dialog", (S.LOCAL_FORUM, S.PORTFOLIO), DECIDERS, S.DIALOGUE,
        page=DECISION, asks_reason=True, tells=(W.LEADER, *CONTACT),
        effect="Kontaktpersonen får sagen tilbage med besked om, hvad der mangler."),
    Act("return_to_mini_mtv", "Send tilbage til mini-MTV", (S.LOCAL_FORUM, S.PORTFOLIO), DECIDERS, S.MINI_MTV,
        page=DECISION, asks_reason=True, tells=(W.LEADER, *CONTACT),
        effect="Mini-MTV'en skal udbygges, før forummet ser sagen igen."),
    Act("send_to_local_forum", "Send til samarbejdsforum", (S.PORTFOLIO,), DECIDERS, S.LOCAL_FORUM,
        page=DECISION, asks_reason=True, tells=HOME_AND_FORUM,
        effect="Sygehusets samarbejdsforum behandler sagen."),
    Act("escalate", "Forelæg for Den Administrative Styregruppe", (S.PORTFOLIO,), DECIDERS, S.ADMINISTRATIVE,
        requires=GATE, page=DECISION, asks_reason=True, tells=HOME_AND_FORUM,
        effect="Den Administrative Styregruppe får sagen."),
    Act("return_to_portfolio", "Send tilbage til Porteføljestyregruppen", (S.ADMINISTRATIVE,), DECIDERS,
        S.PORTFOLIO, page=DECISION, asks_reason=True, requires=GATE, tells=HOME_AND_FORUM,
        effect="Porteføljestyregruppen behandler sagen igen."),
    Act("adjourn", "Udsæt", FORUMS, DECIDERS, page=DECISION, asks_reason=True,
        tells=HOME, effect="Sagen bliver i forummet og behandles igen."),
    # Ways out (rules 8 and 16)
    Act("withdraw", "Træk sagen tilbage", (S.DRAFT, *SENT), (W.LEADER,), S.CLOSED, Result.WITHDRAWN,
        asks_reason=True, tells=(W.INITIATOR_CONTACT, W.PARTY_CONTACT),
        effect="Sagen lukkes. Sekretariatet kan genåbne den."),
    Act("reopen", "Genåbn sagen", (S.CLOSED,), (W.SECRETARIAT,), S.DRAFT, requires=("not_rejected",),
        asks_reason=True, tells=HOME, effect="Sagen bliver kladde hos lederen igen."),
)

BY_CODE: dict[str, Act] = {act.code: act for act in ACTS}


def acts_from(stage: str) -> list[Act]:
    """Return the acts offered in a stage, in the order of the table."""
    return [act for act in ACTS if stage in act.sources]
