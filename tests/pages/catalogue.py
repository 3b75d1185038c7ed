"""Every route of the product by kind, with the addresses and roles the tests of this package visit.

A new route fails `test_catalogue` until it stands here.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.pages.places import (
    Kind,
    Page,
    Place,
    account,
    act,
    annual,
    at,
    case,
    cases,
    decision,
    forgotten,
    forum,
    membership,
    organisation,
    page,
    party,
)

K = Kind
STEPS = range(1, 8)
PARTS = range(1, 6)

OPEN = (
    page("healthz", K.HEALTH, at("")),
    page("contacts:overview", K.PUBLIC, at("")),
    page("contacts:overview_csv", K.DOWNLOAD, at("")),
)
SIGN_IN = (
    page("account_login", K.ACCOUNT, at("")),
    page("account_logout", K.ACCOUNT, at("leader")),
    page("account_inactive", K.ACCOUNT, at("")),
    page("account_signup", K.ACCOUNT, at("")),
    page("account_reauthenticate", K.ACCOUNT, at("leader")),
    page("account_email", K.ACCOUNT, at("leader")),
    page("account_email_verification_sent", K.ACCOUNT, at("")),
    page("account_confirm_email", K.ACCOUNT, at("", "no-such-key")),
    page("account_change_password", K.ACCOUNT, at("leader")),
    page("account_set_password", K.ACCOUNT, at("keyless")),
    page("account_reset_password", K.ACCOUNT, at("")),
    page("account_reset_password_done", K.ACCOUNT, at("")),
    page("account_reset_password_from_key", K.ACCOUNT, at("", *forgotten("leader"), status=302)),
    page("account_reset_password_from_key_done", K.ACCOUNT, at("")),
    page("account_confirm_login_code", K.ACCOUNT, at("", status=302)),
)
ADMIN = (
    page("admin/login/", K.ADMIN),
    page("admin:login", K.ADMIN),
    page("admin:index", K.ADMIN, at("administrator")),
    page("admin:app_list", K.ADMIN, at("administrator", "core")),
    page("admin:logout", K.ADMIN, posts_only=True),
    page("admin:password_change", K.ADMIN, at("administrator")),
    page("admin:password_change_done", K.ADMIN, at("administrator")),
    page("admin:autocomplete", K.ADMIN),
    page("admin:jsi18n", K.ADMIN, at("administrator")),
    page("admin:view_on_site", K.ADMIN),
    page("admin:auth_user_password_change", K.ADMIN, at("administrator", account("leader"))),
    page("admin:core_user_changelist", K.ADMIN, at("administrator")),
    page("admin:core_user_add", K.ADMIN, at("administrator")),
    page("admin:core_user_history", K.ADMIN, at("administrator", account("leader"))),
    page("admin:core_user_delete", K.ADMIN, at("administrator", account("leader"), status=403)),
    page("admin:core_user_change", K.ADMIN, at("administrator", account("leader"))),
    page("admin/core/user/<path:object_id>/", K.ADMIN),
    page("admin/(?P<url>.*)$", K.ADMIN),
)
CONTACTS = (
    page("contacts:waiting", K.DETAIL, at("newcomer")),
    page("contacts:organisations", K.LIST, at("secretariat")),
    page("contacts:organisation_add", K.FORM, at("secretariat")),
    page("contacts:organisation", K.DETAIL, at("secretariat", organisation("hospital"))),
    page("contacts:organisation_edit", K.FORM, at("secretariat", organisation("hospital"))),
    page("contacts:forums", K.LIST, at("secretariat")),
    page("contacts:forum_add", K.FORM, at("secretariat")),
    page("contacts:forum", K.DETAIL, at("secretariat", forum("local"))),
    page("contacts:forum_edit", K.FORM, at("secretariat", forum("local"))),
    page("contacts:forum_quorum", K.FORM, at("secretariat", forum("local"))),
    page(
        "contacts:member_add", K.FORM,
        at("secretariat", "organisationer", organisation("rebild")), at("secretariat", "fora", forum("local")),
    ),
    page("contacts:member_edit", K.FORM, at("secretariat", membership("rebild_contact"))),
    page("contacts:member_end", K.FORM, at("secretariat", membership("rebild_contact"))),
    page("contacts:waiting_accounts", K.LIST, at("secretariat")),
)  # fmt: skip
TRANSFERS = (
    page("transfers:desk", K.LIST, *(at(role) for role in ("leader", "contact", "aalborg_contact", "psg_chair"))),
    page("transfers:list", K.LIST, at("leader"), at("secretariat", query="?q=antibiotika&stadie=dialogue")),
    page("transfers:export", K.DOWNLOAD, at("leader")),
    page("transfers:screening_new", K.FORM, at("colleague"), at("double")),
    page("transfers:screening_meaning", K.FRAGMENT, at("leader", status=405), posts_only=True),
    page("transfers:case", K.DETAIL, *cases("leader", "screening", "draft", "submitted", "answered", "agreement"),
         *cases("aalborg_contact", "revised"), *cases("psg_chair", "portfolio"), *cases("secretariat", "closed")),
    page("transfers:screening", K.DETAIL, case("leader", "draft"), case("aalborg_contact", "answered")),
    page("transfers:screening_edit", K.FORM, case("leader", "screening")),
    page("transfers:history", K.LIST, case("leader", "agreement"), case("aalborg_contact", "agreement")),
    page(
        "transfers:act", K.ACT,
        act("contact", "submitted", "return_to_leader"),
        act("rebild_contact", "revised", "reaffirm_response"),
        act("aalborg_contact", "dialogue", "request_portfolio"),
        act("contact", "answered", "close_dialogue"),
        act("contact", "unaffected", "close_without_parties"),
        act("contact", "mini_mtv", "reopen_dialogue"),
        act("leader", "draft", "withdraw"),
        act("secretariat", "closed", "reopen"),
    ),
)  # fmt: skip
DIALOGUE = (
    page("dialogue:basis", K.DETAIL, *cases("leader", "draft", "complete", "changed"),
         case("rebild_contact", "revised")),
    page("dialogue:basis_step", K.FORM, *(case("leader", "complete", step) for step in STEPS)),
    page("dialogue:basis_check", K.DETAIL, *cases("leader", "draft", "complete")),
    page("dialogue:submit", K.FORM, *cases("leader", "complete", "changed")),
    page("dialogue:receipt", K.DETAIL, case("leader", "submitted")),
    page("dialogue:version", K.DETAIL, case("aalborg_contact", "revised", 1)),
    page("dialogue:compare", K.DETAIL, case("aalborg_contact", "revised", 1, 2)),
    page("dialogue:open", K.FORM, case("contact", "submitted")),
    page("dialogue:parties", K.LIST, case("contact", "answered"), case("rebild_contact", "revised"),
         case("psg_chair", "portfolio")),
    page("dialogue:add_party", K.FORM, case("contact", "answered")),
    page("dialogue:extend", K.FORM, case("contact", "dialogue")),
    page("dialogue:respond", K.FORM, case("aalborg_contact", "dialogue"), case("plo_contact", "answered")),
    page("dialogue:response", K.DETAIL, case("contact", "answered", party("answered", "aalborg"))),
)  # fmt: skip
MINI_MTV = (
    page("minimtv:overview", K.DETAIL, *cases("leader", "mini_mtv", "signing"), case("psg_chair", "portfolio")),
    page("minimtv:edit", K.FORM, case("leader", "mini_mtv", status=302)),
    page("minimtv:edit_part", K.FORM, *(case("leader", "mini_mtv", part) for part in PARTS)),
    page("minimtv:sign_off", K.FORM, case("contact", "signing")),
    page("minimtv:version", K.DETAIL, case("aalborg_contact", "portfolio", 1)),
)
PORTFOLIO = (
    page("portfolio:routing", K.FORM, case("contact", "closing")),
    page("portfolio:treatment", K.LIST, case("leader", "agreement"), case("psg_chair", "drafted")),
    page("portfolio:decide", K.FORM, case("local_chair", "local_forum"), case("psg_chair", "portfolio"),
         case("das_chair", "administrative")),
    page("portfolio:publish", K.FORM, case("psg_chair", "drafted")),
    page("portfolio:correct", K.FORM, case("psg_chair", "agreement", decision("agreement"))),
    page("portfolio:annual_list", K.LIST, at("secretariat"), at("psg_member")),
    page("portfolio:annual", K.DETAIL, annual("secretariat", "made"), annual("psg_member", "made"),
         annual("secretariat", "waiting"), annual("secretariat", "failed")),
    page("portfolio:annual_progress", K.FRAGMENT, annual("secretariat", "waiting")),
    page("portfolio:annual_again", K.ACT, annual("secretariat", "failed", 405), posts_only=True),
    page("portfolio:annual_pdf", K.DOWNLOAD, annual("psg_member", "made")),
)  # fmt: skip
CATALOGUE: tuple[Page, ...] = (
    *OPEN, *SIGN_IN, *ADMIN, *CONTACTS, *TRANSFERS, *DIALOGUE, *MINI_MTV, *PORTFOLIO,
)  # fmt: skip


def places(*kinds: Kind) -> Iterator[Place]:
    """Every address of the pages of these kinds, of all when none is named."""
    for entry in CATALOGUE:
        if not kinds or entry.kind in kinds:
            yield from entry.places
