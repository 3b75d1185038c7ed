"""Template tags of the user interface: icons, menus of a page, sort headers, messages, charts."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.main import QRCode

from core import charts, demo

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=1000)
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Draw an icon of the design system; with a label it is read aloud, without it is decoration."""
    decoration = format_html('aria-hidden="{}"', "true")
    spoken = format_html('role="img" aria-label="{}"', label) if label else decoration
    return format_html(
        '<svg class="icon-svg {}" focusable="false" {}><use href="{}#{}"></use></svg>',
        css,
        spoken,
        static("dkfds/img/all-svg-icons.svg"),
        name,
    )


@register.filter(expects_localtime=True)
def day(moment: datetime) -> str:
    """The day of a moment as Danes write it; for long lists, where |date takes its time."""
    return f"{moment.day:02}.{moment.month:02}.{moment.year}"


@register.inclusion_tag("core/breadcrumb.html")
def breadcrumb(*parts: str) -> dict[str, Any]:
    """Take label, address, label, address, …, label: the last label is the page itself."""
    links = [{"label": parts[i], "url": parts[i + 1]} for i in range(0, len(parts) - 1, 2)]
    return {"links": links, "here": parts[-1] if len(parts) % 2 else ""}


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: object) -> str:
    """The page's own query string with these parameters changed; None or "" removes one."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in (None, ""):
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("core/sort_header.html", takes_context=True)
def sort_header(
    context: Context, label: str, key: str, default: str = "", param: str = "sorter"
) -> dict[str, Any]:
    """A column head that sorts by `key`; `default` is the order of a list nobody has sorted."""
    query = context["request"].GET.copy()
    now = query.get(param) or default
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    for gone in ("side", "efter", "foer"):
        query.pop(gone, None)
    query[param] = f"-{key}" if direction == "ascending" else key
    return {"label": label, "direction": direction, "url": f"?{query.urlencode()}"}


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | str]:
    """Page numbers with gaps, for core/pagination.html."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag
def error_links(*forms: "BaseForm | BaseFormSet[Any] | None") -> list[dict[str, str]]:
    """Every message of these forms and formsets, with the id of the control it belongs to.

    A message several fields share is preceded by the field's label.
    """
    found = _collect(forms)
    times = Counter(link["message"] for link in found)
    for link in found:
        if link["label"] and times[link["message"]] > 1:
            link["message"] = f"{link['label'].rstrip('?:. ')}: {link['message']}"
    return found


def _collect(forms: Iterable["BaseForm | BaseFormSet[Any] | None"]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for form in forms:
        if isinstance(form, BaseFormSet):
            found += [_link(str(text)) for text in form.non_form_errors()] + _collect(form.forms)
        elif isinstance(form, BaseForm) and form.is_bound:
            found += _messages(form)
    return found


def _link(message: str, anchor: str = "", label: str = "") -> dict[str, str]:
    return {"anchor": anchor, "message": message, "label": label}


def _messages(form: BaseForm) -> list[dict[str, str]]:
    found = [_link(str(text)) for text in form.non_field_errors()]
    for bound in form:
        anchor = "" if bound.is_hidden else getattr(bound, "anchor", bound.auto_id)
        found += [_link(str(text), anchor, str(bound.label)) for text in bound.errors]
    return found


@register.inclusion_tag("core/bar_chart.html")
def bar_chart(
    title: str, rows: list[tuple[str, Any] | tuple[str, Any, str]], unit: str = "", label_head: str = ""
) -> dict[str, Any]:
    """Bars drawn in SVG with the same figures as a table. `rows` is (label, value) or (label, value, address), …"""
    return {"title": title, "unit": unit, "label_head": label_head, "chart": charts.bars(rows)}


@register.inclusion_tag("core/share_bar.html")
def share_bar(title: str, rows: list[tuple[str, Any, str]]) -> dict[str, Any]:
    """One bar in parts with its legend. `rows` is (label, value, kind); kinds as badges, or ""."""
    return {"title": title, "chart": charts.shares(rows)}


@register.simple_tag
def field_group(field: BoundField, label: str = "") -> SafeString:
    """Draw one field with its label, hint and message; `label` replaces the field's own."""
    if label:
        field.label = label
    return field.as_field_group()


@register.simple_tag
def demo_accounts() -> list[demo.DemoAccount]:
    """The accounts of the demonstration; an empty list everywhere else."""
    return demo.accounts()


@register.simple_tag
def demo_password() -> str:
    """The password all accounts of the demonstration share; empty everywhere else."""
    return demo.DEMO_PASSWORD if settings.DEMO else ""


@register.simple_tag
def as_json(data: object) -> str:
    """The data as JSON for an attribute; template and browser take care of the quotes."""
    return json.dumps(data, cls=DjangoJSONEncoder)


@register.simple_tag
def qr_code(text: str, label: str) -> SafeString:
    """The text as a QR code in SVG, drawn dark on light; `label` is read aloud."""
    code = QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    squares = (f"M{x},{y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<rect width="{0}" height="{0}" fill="#fff"></rect><path d="{2}" fill="#000"></path></svg>',
        len(rows), label, "".join(squares),
    )  # fmt: skip


@register.simple_tag
def cell_of(items: Sequence[object], index: int) -> object:
    """The item at this place, or an empty string beyond the end."""
    return items[index] if index < len(items) else ""
