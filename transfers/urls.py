"""Addresses of the case's own pages; Danish where users read them."""

from django.urls import path

from transfers.enums import LookedAt
from transfers.looking import shown_as
from transfers.views import audit, cases, desk, exports, forums, screenings

app_name = "transfers"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("fora/<int:pk>/overdrag/", forums.hand_over_forum, name="hand_over"),
    path("sager/", cases.case_list, name="list"),
    path("sager/excel/", exports.case_export, name="export"),
    path("sager/csv/", exports.case_export_csv, name="export_csv"),
    path("indledende-vurdering/", screenings.new_screening, name="screening_new"),
    path("indledende-vurdering/betydning/", screenings.meaning, name="screening_meaning"),
    path("sager/<str:number>/", cases.overview, name="case"),
    path("sager/<str:number>/vurdering/", screenings.screening, name="screening"),
    path("sager/<str:number>/vurdering/ret/", screenings.edit_screening, name="screening_edit"),
    path("sager/<str:number>/historik/", cases.history, name="history"),
    path("sager/<str:number>/adgang/", audit.access, name="access"),
    path("sager/<str:number>/handling/<str:code>/", cases.act, name="act"),
    path("opslag/", audit.access_log, name="access_log"),
    path("opslag/historik/<str:number>/", audit.audited_history, name="audited_history"),
    path("opslag/kontrolsummer/", audit.history_heads, name="history_heads"),
]
shown_as(
    LookedAt.OVERVIEW, app_name, urlpatterns, screening=LookedAt.SCREENING, screening_edit=LookedAt.SCREENING,
    history=LookedAt.HISTORY, audited_history=LookedAt.HISTORY, access=LookedAt.ACCESS, act=LookedAt.ACT,
)  # fmt: skip
