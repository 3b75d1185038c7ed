"""The Django admin: accounts for the technical administrator, and nothing of the business data."""

from allauth.account.admin import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest

from core.forms import Guarded
from core.models import User

admin.site.site_header = admin.site.site_title = "Opgaveflytning – konti"
admin.site.index_title = "Konti"
admin.site.unregister(Group)  # grants are given by the product alone, and users are in no group
admin.site.unregister(EmailAddress)  # allauth's copy of the address: the account's own is the one that counts


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

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody deletes an account: the history names it."""
        return False
