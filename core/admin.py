"""The Django admin: accounts for the technical administrator, and nothing of the business data."""

from typing import Any

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.errors import DomainError
from core.forms import Guarded
from core.models import User
from core.second_factor import reset_second_factor

NONE_CHOSEN = "Vælg en eller flere brugere på listen."
admin.site.site_header = admin.site.site_title = "Opgaveflytning – konti"
admin.site.index_title = "Konti"
admin.site.unregister(Group)  # grants are given by the product alone, and users are in no group
admin.site.unregister(EmailAddress)  # allauth's copy of the address: the account's own is the one that counts
admin.site.unregister(Authenticator)  # secrets are nobody's to read or write; AccountAdmin resets them


class NewUserForm(Guarded, AdminUserCreationForm):  # type: ignore[type-arg]
    """A new account: address, name and a first password."""

    class Meta:
        model = User
        fields = ("email", "name")


class AccountForm(Guarded, UserChangeForm):  # type: ignore[type-arg]
    """An account as it stands."""


@admin.register(User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]
    """Konti: who can sign in. What they may do follows from memberships; accounts are deactivated, not deleted."""

    form = AccountForm
    add_form = NewUserForm
    ordering = ("email",)
    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        ("Adgang", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("Tidspunkter", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),)
    actions = ("reset_second_factors",)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the accounts; a post without an act or an account is told so, where Django would say nothing."""
        if request.method == "POST" and not {"index", ACTION_CHECKBOX_NAME} & request.POST.keys():
            messages.error(request, NONE_CHOSEN)
            return redirect("admin:core_user_changelist")
        return super().changelist_view(request, extra_context)

    def response_action(  # type: ignore[override]  # Django 5.2 has no third argument
        self, request: HttpRequest, queryset: QuerySet[User]
    ) -> HttpResponse | None:
        """Do the chosen act; a choice that names no account is told, where Django would break off."""
        try:
            response: HttpResponse | None = super().response_action(request, queryset)
        except ValueError:
            messages.error(request, NONE_CHOSEN)
            return None
        return response

    @admin.action(description="Nulstil log ind i to trin for valgte brugere", permissions=["change"])
    def reset_second_factors(self, request: HttpRequest, accounts: QuerySet[User]) -> None:
        """Take away the second factors of those who lost theirs; each is told by mail."""
        for account in accounts:
            try:
                reset_second_factor(user=account, by=request.user)  # type: ignore[arg-type]  # signed in
                messages.success(request, f"{account} skal sætte log ind i to trin op igen og har fået en mail.")
            except DomainError as refusal:
                messages.error(request, refusal.message)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Title the page after the account as it is stored, not after what was typed and perhaps refused."""
        if (shown := context.get("original")) is not None:
            context["original"] = stored = User.objects.get(pk=shown.pk)
            context["subtitle"] = str(stored)
        return super().render_change_form(request, context, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody deletes an account: the history names it."""
        return False
