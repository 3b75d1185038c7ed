"""Forms by which the secretariat keeps organisations, forums and people."""

from __future__ import annotations

from typing import Any

from django import forms

from contacts.enums import FORUM_FUNCTIONS, FREE_FUNCTIONS, Function, OrganisationKind, Side
from contacts.models import Forum, Membership, Organisation
from core.forms import DanishDateField, GuardedForm, GuardedModelForm


class OrganisationForm(GuardedModelForm[Organisation]):
    """Name, kind, parent and codes of an organisation, and a hospital's catchment."""

    class Meta:
        model = Organisation
        fields = ["name", "kind", "parent", "municipality_code", "sor_code", "cvr", "active"]

    catchment = forms.ModelMultipleChoiceField(
        label="Optageområde (kun sygehuse og psykiatri)",
        queryset=Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = Organisation.objects.filter(parent__isnull=True)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["catchment"].initial = list(self.instance.catchment.all())


class ForumForm(GuardedModelForm[Forum]):
    """A forum's names, level, hospital, period and successor: all of it data."""

    class Meta:
        model = Forum
        fields = [
            "name", "short_name", "level", "organisation", "may_agree_locally", "valid_from", "valid_to", "successor",
        ]  # fmt: skip
        field_classes = {"valid_from": DanishDateField, "valid_to": DanishDateField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hospitals = [OrganisationKind.HOSPITAL, OrganisationKind.PSYCHIATRY]
        self.fields["organisation"].queryset = Organisation.objects.filter(  # type: ignore[attr-defined]
            kind__in=hospitals
        )

    def clean(self) -> dict[str, Any]:
        """A forum ends only when a successor has taken its cases."""
        data = super().clean() or {}
        if data.get("valid_to") and not data.get("successor"):
            self.add_error("successor", "Vælg det forum, der overtager sagerne, før du sætter en slutdato.")
        return data


class QuorumForm(GuardedForm):
    """How many of each side must take part for the forum to decide."""

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = {row.side: row.minimum for row in forum.quorum.all()}
        for side in Side:
            self.fields[side.value] = forms.IntegerField(
                label=f"{side.label}: mindst", min_value=0, max_value=50, initial=stored.get(side.value, 1)
            )


class MemberForm(GuardedModelForm[Membership]):
    """Give somebody a function in an organisation or a forum."""

    email = forms.EmailField(label="E-mailadresse", help_text="Er adressen ukendt, oprettes en konto.")
    name = forms.CharField(label="Navn og stilling", max_length=150, help_text="Fx »Kontaktperson, Rebild Kommune«.")

    class Meta:
        model = Membership
        fields = [
            "function", "side", "organisation", "valid_from", "valid_to",
            "public_name", "public_email", "public_phone",
        ]  # fmt: skip
        field_classes = {"valid_from": DanishDateField, "valid_to": DanishDateField}

    field_order = ["email", "name"]

    def __init__(self, *args: Any, place: Organisation | Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_forum = isinstance(place, Forum)
        allowed = [f for f in Function if (f in FORUM_FUNCTIONS) == in_forum and f not in FREE_FUNCTIONS]
        self.fields["function"].choices = [(f.value, f.label) for f in allowed]  # type: ignore[attr-defined]
        unused = ("public_name", "public_email", "public_phone") if in_forum else ("side", "organisation")
        for name in unused:
            del self.fields[name]
        if in_forum:
            self.fields["organisation"].label = "Repræsenterer"
            self.fields["organisation"].required = self.fields["side"].required = True


class PeriodForm(GuardedModelForm[Membership]):
    """Change a membership's period and what the public overview shows."""

    class Meta:
        model = Membership
        fields = ["valid_from", "valid_to", "public_name", "public_email", "public_phone"]
        field_classes = {"valid_from": DanishDateField, "valid_to": DanishDateField}


class EndForm(GuardedForm):
    """The last day of a membership."""

    last_day = DanishDateField(label="Sidste dag", help_text="Adgangen ophører dagen efter.")


class ActingForm(GuardedForm):
    """Who acts as contact person for a while."""

    email = forms.EmailField(
        label="E-mailadresse", help_text="Er adressen ukendt, oprettes en konto.",
        error_messages={"required": "Skriv e-mailadressen."},
    )  # fmt: skip
    name = forms.CharField(
        label="Navn og stilling", max_length=150, error_messages={"required": "Skriv navn og stilling."}
    )
    last_day = DanishDateField(
        label="Sidste dag", help_text="Skriv datoen som dag.måned.år. Derefter mangler kontaktpersonen igen.",
        error_messages={"required": "Skriv den sidste dag."},
    )  # fmt: skip
