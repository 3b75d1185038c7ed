"""Renders Django forms in the markup of Det Fælles Designsystem: label, hint, message, field."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

_CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)
_OWN_TEMPLATES = {
    "django/forms/widgets/radio.html": "core/forms/choices.html",
    "django/forms/widgets/checkbox_select.html": "core/forms/choices.html",
    "django/forms/widgets/select.html": "core/forms/select.html",  # without two templates for every option
    "django/forms/widgets/clearable_file_input.html": "core/forms/file.html",
    "django/forms/errors/list/default.html": "core/forms/errors.html",
}


class RadioWithHints(forms.RadioSelect):
    """Radio buttons with one line under each choice. `hints` maps a choice's value to its line."""

    def __init__(self, hints: dict[str, str] | None = None, attrs: dict[str, Any] | None = None) -> None:
        """Take the lines; the attributes go to RadioSelect."""
        super().__init__(attrs=attrs)
        self.hints = hints or {}

    def create_option(
        self,
        name: str,
        value: object,
        label: int | str,
        selected: bool,
        index: int,
        subindex: int | None = None,
        attrs: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Give the option its line and tie the two together for screen readers."""
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        if hint := self.hints.get(str(value), ""):
            option["hint"] = hint
            option["attrs"]["aria-describedby"] = f"{option['attrs'].get('id', name)}_hint"
        return option


class DkfdsBoundField(BoundField):
    """A field that knows what its group of label, hint, message and control needs.

    A form field may carry four attributes of its own: `marker` (text in brackets after the label, in
    place of "frivilligt"), `suffix` ("kr."), `example` (a sample answer that unfolds) and `source`
    (where a prefilled value comes from).
    """

    @property
    def is_choice_list(self) -> bool:
        """Radio buttons or a list of checkboxes: needs a fieldset with a legend."""
        return isinstance(self.field.widget, _CHOICES)

    @property
    def is_checkbox(self) -> bool:
        """One checkbox alone, whose label stands beside it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_date(self) -> bool:
        """One date, typed or picked."""
        return isinstance(self.field.widget, forms.DateInput)

    @property
    def marker(self) -> str:
        """Text in brackets after the label: what is not asked for is marked, what is required is not."""
        own = getattr(self.field, "marker", None)
        if own is not None:
            return str(own)
        return "" if self.field.required or self.is_checkbox or self.field.disabled else "frivilligt"

    @property
    def suffix(self) -> str:
        """The unit behind the field, such as "kr."."""
        own = getattr(self.field, "suffix", "") or self.field.widget.attrs.get("data-suffix", "")
        return str(own)

    @property
    def example(self) -> str:
        """A sample answer, or an empty string."""
        return str(getattr(self.field, "example", "") or "")

    @property
    def source(self) -> str:
        """Where a prefilled value was taken from, or an empty string."""
        return str(getattr(self.field, "source", "") or "")

    @property
    def limit(self) -> str:
        """The number of characters a longer text may have; counted down on the page."""
        length = getattr(self.field, "max_length", None)
        return str(length) if length and isinstance(self.field.widget, forms.Textarea) else ""

    @property
    def anchor(self) -> str:
        """The id of the first control, for the links of the error summary."""
        return self.id_for_label or (f"{self.auto_id}_0" if self.auto_id else "")

    @property
    def described_by(self) -> str:
        """Ids of hint, message and counter, in the order they are read."""
        ids = [self.aria_describedby or ""]
        if self.limit and self.auto_id:
            ids.append(f"{self.auto_id}_limit")
        return " ".join(filter(None, ids))

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add class and aria attributes. The server's messages replace the browser's, so no `required`."""
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        required = built.pop("required", False)
        if isinstance(widget, _CHOICES):
            built.pop("aria-invalid", None)
            return built
        if widget.is_hidden:
            return built
        built["class"] = f"{widget.attrs.get('class', '')} {css_class(widget)}".strip()
        return built | self._rules(widget, required=bool(required))

    def _rules(self, widget: forms.Widget, *, required: bool) -> dict[str, Any]:
        found: dict[str, Any] = {"placeholder": False}
        if required:
            found["aria-required"] = "true"
        if self.limit:
            found["maxlength"] = False
        if self.described_by and not widget.attrs.get("aria-describedby"):
            found["aria-describedby"] = self.described_by
        return found


def css_class(widget: forms.Widget) -> str:
    """The design system's class for one control."""
    if isinstance(widget, forms.CheckboxInput):
        return "form-checkbox"
    if isinstance(widget, forms.Select):
        return "form-select"
    if isinstance(widget, forms.FileInput):
        return "form-file"
    return "form-input"


class DkfdsRenderer(TemplatesSetting):
    """The renderer FORM_RENDERER names; widgets without a template of ours use Django's."""

    form_template_name = "core/forms/form.html"
    formset_template_name = "core/forms/formset.html"
    field_template_name = "core/forms/field.html"
    bound_field_class = DkfdsBoundField

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Render a form, field or widget; some of Django's templates are swapped for ours."""
        return super().render(_OWN_TEMPLATES.get(template_name, template_name), context, request)
