"""The workflow as a table: which act leads from which stage to which, who may do it, and what must be true.

Views, buttons, the write path, the tests and the diagram in docs/ read this table; nothing else knows
which stage follows which. Sources: the agreement (S1) and the rules numbered in docs/workflow.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from contacts.naming import Named
from transfers.enums import Result, Stage, Who


@dataclass(frozen=True, eq=False)
class Act:
    """One row: something a person does to a case.

    `sources` are the stages it is offered in, `target` the stage it leads to (None: the case stays),
    `may_lead_to` the stages it can lead to where that depends on what is done or on what was before,
    `requires` names checks registered with `transfers.rules.requirement`, `page` is the route of the page
    where it is done, `tells` says who gets a message, `asks_reason` that a written reason is kept,
    `counts` that it raises the version other people's open pages are checked against, `shown_blocked` that
    the case page says what is missing while it cannot be done, `forum_only` that its history entry is for the
    upper forums and the secretariat.
    """

    code: str
    label: Named = Named()
    sources: tuple[Stage, ...] = ()
    who: tuple[Who, ...] = ()
    target: Stage | None = None
    result: Result | None = None
    requires: tuple[str, ...] = ()
    effect: Named = Named()
    page: str = "transfers:act"
    tells: tuple[Who, ...] = ()
    asks_reason: bool = False
    counts: bool = True
    forum_only: bool = False
    primary: bool = False
    shown_blocked: bool = True
    may_lead_to: tuple[Stage, ...] = ()


S, W = Stage, Who
CONTACT = (W.INITIATOR_CONTACT, W.STAND_IN)
WRITERS = (W.LEADER, W.DEPARTMENT, W.INITIATOR_CONTACT)
DECIDERS = (W.FORUM_CHAIR, W.FORUM_SECRETARY)
TAKING_PART = (*WRITERS, W.PARTY_CONTACT, W.PARTY_MEMBER)
SENT = (S.SUBMITTED, S.DIALOGUE, S.MINI_MTV, S.LOCAL_FORUM, S.PORTFOLIO, S.ADMINISTRATIVE)
MERGEABLE = (S.DRAFT, S.SUBMITTED, S.DIALOGUE, S.MINI_MTV)
WRITING_MTV = (S.SUBMITTED, S.DIALOGUE, S.MINI_MTV)
FORUMS = (S.LOCAL_FORUM, S.PORTFOLIO, S.ADMINISTRATIVE)
ASKED = (S.DIALOGUE, S.MINI_MTV, *FORUMS)
HEARD = ("late_parties_heard",)
HOME = (W.LEADER, W.INITIATOR_CONTACT)
EVERYONE = (*HOME, W.PARTY_CONTACT)
HOME_AND_FORUM = (*HOME, *DECIDERS)
GATE = ("basis_ready_for_forum", "mini_mtv_complete")
AGREED = (S.AGREEMENT, S.ACTIVE)
DECISION = "portfolio:decide"
AGREEMENT_ANSWER = "portfolio:agreement_answer"
ROUTING = "portfolio:routing"
CO_AUTHORS = "minimtv:co_authors"

# Pages where several acts are chosen between: what their one button on the case page says.
CHOICES = {"transfers:screening_edit": "Afslut vurderingen", ROUTING: "Vælg forum", DECISION: "Registrér beslutning",
           AGREEMENT_ANSWER: "Svar på aftalen", CO_AUTHORS: "Vælg medforfattere"}

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
    Act("request_reassessment", "Bed om ny vurdering", (S.CLOSED,), (W.INITIATOR_CONTACT,), S.SCREENING,
        requires=("not_needed_after_yes",), asks_reason=True, shown_blocked=False, tells=(W.LEADER,),
        effect="Vurderingen åbnes igen, og lederen får besked med din begrundelse."),
    Act("note_screening", "Markér vurderingen som set", (S.CLOSED,), (W.INITIATOR_CONTACT,),
        requires=("not_needed_after_yes", "screening_not_noted"), shown_blocked=False, counts=False,
        effect="Vurderingen forsvinder fra Mine opgaver. Sagen forbliver afsluttet."),
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
    Act("respond", "Afgiv svar", ASKED, (W.PARTY_CONTACT,), page="dialogue:respond",
        counts=False, primary=True, tells=(W.INITIATOR_CONTACT,)),
    Act("reaffirm_response", "Vores svar gælder stadig", (S.DIALOGUE,), (W.PARTY_CONTACT,),
        requires=("response_to_older_version",), counts=False, shown_blocked=False,
        effect="Jeres svar bekræftes for den nyeste version af dialoggrundlaget."),
    Act("comment", "Skriv kommentar", SENT, TAKING_PART, page="dialogue:parties", counts=False),
    Act("add_party", "Tilføj part", ASKED, (W.INITIATOR_CONTACT,), page="dialogue:add_party",
        tells=(W.PARTY_CONTACT,), effect="Parten får sagen at se og sin egen frist, og et forum venter på dens svar."),
    Act("extend_deadline", "Forlæng frist", (S.DIALOGUE,), CONTACT, page="dialogue:extend",
        asks_reason=True, tells=(W.PARTY_CONTACT,)),
    Act("request_portfolio", "Bed om Porteføljestyregruppen", (S.DIALOGUE, S.MINI_MTV), (W.PARTY_CONTACT,),
        asks_reason=True, tells=(W.INITIATOR_CONTACT,),
        effect="Kontaktpersonen ser ønsket, når forum skal vælges, og skal begrunde et andet valg."),
    Act("edit_goals", "Skriv fælles mål", (S.DIALOGUE,), HOME, requires=("dialogue_still_open",),
        page="dialogue:edit_goals", tells=(W.PARTY_CONTACT,), shown_blocked=False,
        effect="Parterne får besked og bliver bedt om at markere, om de er enige."),
    Act("mark_goal", "Markér fælles mål", (S.DIALOGUE,), (W.PARTY_CONTACT,),
        requires=("dialogue_still_open", "goals_written"), page="dialogue:mark_goals", counts=False,
        shown_blocked=False),
    Act("close_dialogue", "Luk dialogen", (S.DIALOGUE,), CONTACT,
        requires=("dialogue_still_open", "dialogue_may_close"), tells=(W.LEADER, W.PARTY_CONTACT), primary=True,
        effect="Svarene samles, og kontaktpersonen vælger forum. Parter, der ikke har svaret, nævnes."),
    Act("close_without_parties", "Afslut – ingen er berørt", (S.DIALOGUE,), CONTACT, S.CLOSED,
        Result.NO_PARTY_AFFECTED, requires=("all_parties_unaffected",), shown_blocked=False,
        tells=(W.LEADER, W.PARTY_CONTACT),
        effect="Alle parter har svaret, at de ikke er berørt. Sagen lukkes."),
    # Merging: both initiators consent
    Act("propose_merge", "Foreslå sammenlægning", MERGEABLE, HOME, requires=("no_open_merge",),
        page="dialogue:merge", asks_reason=True, shown_blocked=False, tells=(W.MERGE_PARTNER,),
        effect="Initiativtageren i den anden sag får denne sag at se og svarer på forslaget."),
    Act("withdraw_merge", "Træk forslaget om sammenlægning tilbage", MERGEABLE, HOME, requires=("merge_proposed",),
        shown_blocked=False,
        effect="Forslaget bortfalder, og initiativtageren i den anden sag kan ikke længere se denne sag."),
    Act("accept_merge", "Læg sagen ind i din", MERGEABLE, (W.MERGE_PARTNER,), S.CLOSED, Result.MERGED,
        requires=("merge_proposed", "merge_possible"), shown_blocked=False, tells=EVERYONE,
        effect="Denne sag lukkes og lægges ind i din. Dens parter bliver parter i din sag med en frist til at svare. "
        "Det gør dens initiativtager også, når det er en anden organisation."),
    Act("decline_merge", "Sig nej til sammenlægning", MERGEABLE, (W.MERGE_PARTNER,), requires=("merge_proposed",),
        shown_blocked=False, asks_reason=True, tells=HOME,
        effect="Sagerne fortsætter hver for sig, og du kan ikke længere se denne sag."),
    # Mini-MTV (rule 7)
    Act("edit_mini_mtv", "Udfyld mini-MTV", WRITING_MTV, (*HOME, W.CO_AUTHOR), page="minimtv:edit", counts=False),
    Act("add_co_author", "Tilføj medforfatter", (S.DIALOGUE, S.MINI_MTV), HOME, page=CO_AUTHORS, counts=False,
        tells=(W.CO_AUTHOR,),
        effect="Personen får besked, kan læse kladden til mini-MTV'en og skrive i den, men ikke godkende den."),
    Act("remove_co_author", "Fjern medforfatter", SENT, HOME, requires=("has_co_authors",), page=CO_AUTHORS,
        counts=False, shown_blocked=False, tells=(W.CO_AUTHOR,),
        effect="Personen får besked og kan ikke længere læse kladden."),
    Act("sign_off_mini_mtv", "Godkend mini-MTV", WRITING_MTV, (W.INITIATOR_CONTACT,),
        requires=("mini_mtv_answered",), page="minimtv:sign_off", tells=(W.LEADER,),
        effect="Mini-MTV'en fryses som en version og kan lægges til grund for en beslutning."),
    # Choice of forum (rule 6)
    Act("await_mini_mtv", "Vent på mini-MTV", (S.DIALOGUE,), CONTACT, S.MINI_MTV,
        requires=("dialogue_closed", "mini_mtv_missing"), page=ROUTING, shown_blocked=False, tells=(W.LEADER,),
        effect="Sagen venter, til mini-MTV'en er udfyldt og godkendt."),
    Act("route_to_local_forum", "Send til samarbejdsforum", (S.DIALOGUE, S.MINI_MTV), CONTACT, S.LOCAL_FORUM,
        requires=("dialogue_closed", "basis_ready_for_forum", *HEARD), page=ROUTING, tells=DECIDERS, primary=True,
        effect="Samarbejdsforummet behandler sagen."),
    Act("route_to_portfolio", "Send til Porteføljestyregruppen", (S.DIALOGUE, S.MINI_MTV), CONTACT,
        S.PORTFOLIO, requires=("dialogue_closed", *GATE, *HEARD), page=ROUTING, tells=DECIDERS, primary=True,
        effect="Porteføljestyregruppen behandler sagen."),
    Act("reopen_dialogue", "Tilbage til dialogen", (S.MINI_MTV,), CONTACT, S.DIALOGUE, asks_reason=True,
        tells=(W.PARTY_CONTACT, W.LEADER), effect="Dialogen åbnes igen."),
    # Opinions of other hospitals' forums (who is who)
    Act("ask_opinion", "Bed om udtalelse", (S.DIALOGUE, S.MINI_MTV, S.LOCAL_FORUM), (*CONTACT, *DECIDERS),
        requires=("dialogue_closed",), page="portfolio:ask_opinion", shown_blocked=False, tells=(W.ASKED_FORUM,),
        effect="Samarbejdsforummet får sagen at se og en frist til at udtale sig."),
    Act("give_opinion", "Afgiv udtalelse", (S.DIALOGUE, S.MINI_MTV, *FORUMS), (W.ASKED_FORUM,),
        page="portfolio:give_opinion", primary=True, tells=(W.INITIATOR_CONTACT, *DECIDERS),
        effect="Udtalelsen kan læses af alle med adgang til sagen og kan ikke ændres."),
    # Written procedure (rule 9)
    Act("cast_vote", "Stem i skriftlig procedure", (S.PORTFOLIO, S.ADMINISTRATIVE), (W.FORUM_MEMBER, W.FORUM_CHAIR),
        requires=("vote_open",), page="portfolio:vote", primary=True, counts=False, forum_only=True,
        effect="Stemmen kan ikke ændres. Andre ser først, hvad den siger, når afstemningen er slut."),
    Act("open_vote", "Start skriftlig procedure", (S.PORTFOLIO, S.ADMINISTRATIVE), DECIDERS,
        requires=("no_vote_running", *GATE, *HEARD), page="portfolio:open_vote", shown_blocked=False,
        tells=(W.FORUM_MEMBER, W.FORUM_CHAIR),
        effect="Medlemmerne stemmer inden en frist. Sagen er godkendt, når alle stemmer for."),
    Act("close_vote", "Afslut skriftlig procedure", (S.PORTFOLIO, S.ADMINISTRATIVE), (*DECIDERS, W.FORUM_MEMBER),
        requires=("vote_may_close",), shown_blocked=False, tells=(*DECIDERS, W.FORUM_MEMBER),
        effect="Har alle stemt for, er sagen godkendt. Ellers behandles den på næste møde."),
    # Decisions (rules 8 to 10)
    Act("local_pursue", "Gå videre til Porteføljestyregruppen", (S.LOCAL_FORUM,), DECIDERS, S.PORTFOLIO,
        requires=(*GATE, *HEARD), page=DECISION, asks_reason=True, tells=(*EVERYONE, *DECIDERS),
        effect="Porteføljestyregruppen får sagen.", primary=True),
    Act("local_stop", "Ikke grundlag for at arbejde videre", (S.LOCAL_FORUM,), DECIDERS, S.CLOSED,
        Result.NOT_PURSUED, requires=HEARD, page=DECISION, asks_reason=True,
        tells=EVERYONE,
        effect="Sagen lukkes, alle parter får besked, og Porteføljestyregruppen får en orientering."),
    Act("local_agree", "Indgå aftale i samarbejdsforum", (S.LOCAL_FORUM,), DECIDERS, S.AGREEMENT,
        requires=("forum_may_agree", "basis_ready_for_forum", "opinions_agree", *HEARD), page=DECISION,
        asks_reason=True, shown_blocked=False, tells=EVERYONE,
        effect="Aftalen kan indgås, alle parter får besked, og Porteføljestyregruppen får en orientering."),
    Act("approve", "Godkend", (S.PORTFOLIO, S.ADMINISTRATIVE), (*DECIDERS, W.FORUM_MEMBER), S.AGREEMENT,
        requires=(*GATE, *HEARD), page=DECISION, asks_reason=True, tells=EVERYONE, primary=True,
        effect="Aftalen kan indgås, og alle parter får besked."),
    Act("reject", "Godkend ikke", (S.PORTFOLIO, S.ADMINISTRATIVE), DECIDERS, S.CLOSED, Result.REJECTED,
        requires=HEARD, page=DECISION, asks_reason=True, tells=EVERYONE,
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
        requires=(*GATE, *HEARD), page=DECISION, asks_reason=True, tells=HOME_AND_FORUM,
        effect="Den Administrative Styregruppe får sagen."),
    Act("return_to_portfolio", "Send tilbage til Porteføljestyregruppen", (S.ADMINISTRATIVE,), DECIDERS,
        S.PORTFOLIO, page=DECISION, asks_reason=True, requires=GATE, tells=HOME_AND_FORUM,
        effect="Porteføljestyregruppen behandler sagen igen."),
    Act("adjourn", "Udsæt", FORUMS, DECIDERS, page=DECISION, asks_reason=True,
        tells=HOME, effect="Sagen bliver i forummet og behandles igen."),
    Act("hand_over", "Overdrag til det forum, der afløser", FORUMS, (W.SECRETARIAT,),
        requires=("forum_has_successor",), shown_blocked=False, tells=DECIDERS,
        effect="Sagen behandles fra nu af i det forum, der afløser. En skriftlig procedure bortfalder."),
    # The agreement (rules 11 and 12)
    Act("edit_agreement", "Rediger aftalen", AGREED, EVERYONE, page="portfolio:agreement_edit", counts=False),
    Act("issue_agreement", "Send aftalen til bekræftelse", AGREED, HOME,
        requires=("agreement_whole", "agreement_changed"), page="portfolio:agreement_issue",
        tells=(W.PARTY_CONTACT, W.SIGNATORY), primary=True,
        effect="Teksten fryses som en nummereret version, og parternes aftalebemyndigede bliver bedt om at bekræfte."),
    Act("confirm_agreement", "Bekræft aftalen", AGREED, (W.SIGNATORY,), page=AGREEMENT_ANSWER, counts=False,
        primary=True, tells=HOME, may_lead_to=(S.ACTIVE,),
        effect="I er bundet af teksten. Den gælder for en modtager, når de, det kræver, har bekræftet og er klar."),
    Act("await_political", "Afventer politisk godkendelse", AGREED, (W.SIGNATORY,), page=AGREEMENT_ANSWER,
        counts=False, tells=HOME, effect="De andre parter kan se, hvornår sagen ventes behandlet politisk hos jer."),
    Act("decline_agreement", "Tiltræd ikke aftalen", AGREED, (W.SIGNATORY,), page=AGREEMENT_ANSWER, counts=False,
        asks_reason=True, tells=HOME,
        effect="I beholder den nuværende ordning. Porteføljestyregruppen får en orientering, og de andre går videre."),
    Act("report_ready", "Klarmeld", AGREED, (W.PARTY_CONTACT, W.INITIATOR_CONTACT), page="portfolio:agreement_ready",
        counts=False, tells=HOME, may_lead_to=(S.ACTIVE,),
        effect="Aftalen gælder for jer, når alt er meldt klar, og de, det kræver, har bekræftet."),
    Act("return_to_deciding_forum", "Send tilbage til forummet", (S.AGREEMENT,), (W.INITIATOR_CONTACT,),
        requires=("forum_has_decided",), asks_reason=True, tells=(*HOME_AND_FORUM, W.PARTY_CONTACT, W.SIGNATORY),
        may_lead_to=FORUMS, effect="Det forum, der godkendte opgaveflytningen, behandler sagen igen."),
    Act("end_without_agreement", "Afslut uden aftale", (S.AGREEMENT,), HOME, S.CLOSED, Result.NO_AGREEMENT,
        asks_reason=True, tells=(*EVERYONE, W.SIGNATORY),
        effect="Sagen lukkes, alle beholder den nuværende ordning, og parterne får besked."),
    Act("leave_agreement", "Træd ud af aftalen", AGREED, (W.SIGNATORY,), page="portfolio:agreement_leave",
        asks_reason=True, tells=(*EVERYONE, W.SIGNATORY),
        effect="De andre parter får besked om varslet, og Porteføljestyregruppen får en orientering."),
    Act("terminate_agreement", "Bring aftalen til ophør", (S.ACTIVE,), HOME, S.CLOSED, Result.TERMINATED,
        asks_reason=True, tells=(*EVERYONE, W.SIGNATORY),
        effect="Aftalen ophører for alle, sagen lukkes, og parterne får besked."),
    # Follow-up (rule 13)
    Act("record_follow_up", "Skriv opfølgning", (S.ACTIVE,), HOME, page="portfolio:follow_up_edit", primary=True,
        tells=EVERYONE, effect="Opfølgningen fryses og kan læses af alle med adgang til sagen."),
    Act("state_own_outcome", "Oplys egne tal til opfølgningen", (S.ACTIVE,), (W.PARTY_CONTACT, W.INITIATOR_CONTACT),
        page="portfolio:follow_up_own", counts=False, tells=HOME),
    Act("finish_follow_up", "Afslut opfølgningen", (S.ACTIVE,), HOME, S.CLOSED, Result.FOLLOW_UP_DONE,
        requires=("followed_up",), asks_reason=True, shown_blocked=False, tells=EVERYONE,
        effect="Opfølgningen er slut, og sagen lukkes. Aftalen gælder fortsat."),
    # Ways out (rules 8 and 16)
    Act("withdraw", "Træk sagen tilbage", (S.DRAFT, *SENT), (W.LEADER,), S.CLOSED, Result.WITHDRAWN,
        asks_reason=True, tells=(W.INITIATOR_CONTACT, W.PARTY_CONTACT),
        effect="Sagen lukkes. Sekretariatet kan genåbne den."),
    Act("reopen", "Genåbn sagen", (S.CLOSED,), (W.SECRETARIAT,), S.DRAFT, requires=("not_rejected", "not_merged"),
        asks_reason=True, tells=HOME, effect="Sagen bliver kladde hos lederen igen."),
    Act("take_up_again", "Tag sagen op igen", (S.CLOSED,), (W.REJECTING_FORUM,), S.DRAFT, requires=("was_rejected",),
        page="portfolio:take_up_again", asks_reason=True, shown_blocked=False, tells=EVERYONE,
        effect="Sagen bliver kladde hos lederen igen, og alle parter får besked."),
)

# Where a message about an act leads those who are to act next, when it is not the case's overview.
LEADS: dict[str, dict[Who, str]] = {
    "close_screening": {W.INITIATOR_CONTACT: "transfers:screening"},
    "submit_basis": dict.fromkeys(CONTACT, "dialogue:open"),
    "return_to_leader": {W.LEADER: "dialogue:basis"},
    "open_dialogue": {W.PARTY_CONTACT: "dialogue:respond"},
    "add_party": {W.PARTY_CONTACT: "dialogue:respond"},
    "extend_deadline": {W.PARTY_CONTACT: "dialogue:respond"},
    "reopen_dialogue": {W.PARTY_CONTACT: "dialogue:respond"},
    "issue_version": {W.PARTY_CONTACT: "dialogue:basis"},
    "respond": {W.INITIATOR_CONTACT: "dialogue:parties"},
    "close_dialogue": {W.PARTY_CONTACT: "dialogue:parties"},
    "request_portfolio": {W.INITIATOR_CONTACT: "dialogue:parties"},
    "add_co_author": {W.CO_AUTHOR: "minimtv:edit"},
    "sign_off_mini_mtv": {W.LEADER: "minimtv:overview"},
    "await_mini_mtv": {W.LEADER: "minimtv:edit"},
    "return_to_mini_mtv": dict.fromkeys(HOME, "minimtv:edit"),
    "route_to_local_forum": dict.fromkeys(DECIDERS, DECISION),
    "route_to_portfolio": dict.fromkeys(DECIDERS, DECISION),
    "send_to_local_forum": dict.fromkeys(DECIDERS, DECISION),
    "local_pursue": dict.fromkeys(DECIDERS, DECISION),
    "escalate": dict.fromkeys(DECIDERS, DECISION),
    "return_to_portfolio": dict.fromkeys(DECIDERS, DECISION),
    "edit_goals": {W.PARTY_CONTACT: "dialogue:mark_goals"},
    "open_vote": dict.fromkeys((W.FORUM_MEMBER, W.FORUM_CHAIR), "portfolio:vote"),
    "close_vote": dict.fromkeys((*DECIDERS, W.FORUM_MEMBER), "portfolio:vote"),
    "reopen": {W.LEADER: "dialogue:basis"},
    "approve": {W.LEADER: "portfolio:agreement"},
    "issue_agreement": {W.SIGNATORY: "portfolio:agreement_answer", W.PARTY_CONTACT: "portfolio:agreement"},
    **dict.fromkeys(("confirm_agreement", "await_political", "decline_agreement", "report_ready"),
                    dict.fromkeys(HOME, "portfolio:agreement")),
    "leave_agreement": dict.fromkeys(EVERYONE, "portfolio:agreement"),
    "record_follow_up": dict.fromkeys(EVERYONE, "portfolio:follow_up"),
    "state_own_outcome": dict.fromkeys(HOME, "portfolio:follow_up"),
}
BY_CODE: dict[str, Act] = {act.code: act for act in ACTS}


def acts_from(stage: str) -> list[Act]:
    """Return the acts offered in a stage, in the order of the table."""
    return [act for act in ACTS if stage in act.sources]
