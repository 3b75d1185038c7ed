"""What the list is measured against: a bare view, and beside it the list of Django's admin.

The bare view is an ordinary page without anything of ours (design: quality): Django's own sessions and accounts, no
other middleware, one indexed query of 25 joined rows out of all, 25 KB of HTML that Django's templates put together
from the columns of the rows. Text that is only long would be cheaper to put out than cells are, and no page is made
of it; so the rows have the cells of a table, and of the text no more than fills the 25 KB.

The admin's list of the same rows tells whether the bare view is as the design's, where the admin took 2.7 times as
long. If it takes more here, the bare view is leaner than that one, and the budgets are harder to keep.
"""

from __future__ import annotations

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import Engine, RequestContext
from django.urls import include, path

from transfers.models import TransferCase

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
]  # fmt: skip
ADMIN_MIDDLEWARE = [*MIDDLEWARE, "django.contrib.messages.middleware.MessageMiddleware"]
JOINED = ("initiator", "department", "current_forum", "created_by")
PAGE = Engine(context_processors=["django.contrib.auth.context_processors.auth"]).from_string("""<!doctype html>
<html lang="da"><head><title>Sager</title></head>
<body><p>{{ user.name }}</p>
<table><thead><tr><th>Sag</th><th>Nummer</th><th>Stadie</th><th>Art</th><th>Fra</th><th>Oprettet</th></tr></thead>
<tbody>{% for case in cases %}
<tr>
<th scope="row"><a href="{% url "transfers:case" case.number %}">{{ case.title }}</a></th>
<td data-title="Nummer">{{ case.number }}</td>
<td data-title="Stadie">{{ case.get_stage_display }}</td>
<td data-title="Resultat">{% if case.result %}{{ case.get_result_display }}{% else %}–{% endif %}</td>
<td data-title="Ændringens art">{{ case.get_change_kind_display }}</td>
<td data-title="Initiativ fra">{{ case.initiator.name }}</td>
<td data-title="Afdeling">{% if case.department %}{{ case.department.name }}{% else %}–{% endif %}</td>
<td data-title="I forum nu">{% if case.current_forum %}{{ case.current_forum.name }}{% else %}–{% endif %}</td>
<td data-title="Startet af">{{ case.created_by.name }}</td>
<td data-title="I stadiet siden">{{ case.stage_since|date:"d.m.Y" }}</td>
<td data-title="Frist">{{ case.contact_deadline|date:"d.m.Y" }}</td>
<td data-title="Oprettet">{{ case.sort_date|date:"d.m.Y" }}</td>
<td data-title="Hvad ændres">{{ case.search_text|slice:":380" }}</td>
</tr>{% endfor %}</tbody></table></body></html>
""")


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """Answer with the 25 newest cases, whoever may see them."""
    cases = TransferCase.unscoped.select_related(*JOINED).defer("findable").order_by("-sort_date", "-pk")[:25]
    return HttpResponse(PAGE.render(RequestContext(request, {"cases": cases})))


class CaseAdmin(ModelAdmin):  # type: ignore[type-arg]  # Django knows no argument here
    """The list of Django's admin with what the bare view shows, narrowed by three columns."""

    list_display = ("number", "title", "stage", "change_kind", "initiator", "department", "sort_date")
    list_filter = ("stage", "change_kind", "initiator")
    list_select_related = JOINED
    list_per_page = 25


site = AdminSite(name="bare")
site.register(TransferCase, CaseAdmin)
urlpatterns = [path("bare/", bare), path("bare-admin/", site.urls), path("", include("config.urls"))]
