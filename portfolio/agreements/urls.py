"""Addresses of the agreement."""

from django.urls import path

from portfolio.agreements.views import answering, reading, writing
from transfers.enums import LookedAt
from transfers.looking import shown_as

PLACE = "sager/<str:number>/aftale/"
urlpatterns = [
    path(PLACE, reading.agreement, name="agreement"),
    path(f"{PLACE}version/<int:version>/", reading.version, name="agreement_version"),
    path(f"{PLACE}version/<int:version>/pdf/", reading.version_pdf, name="agreement_pdf"),
    path(f"{PLACE}skriv/", writing.edit, name="agreement_edit"),
    path(f"{PLACE}skriv/<slug:part>/", writing.edit_part, name="agreement_part"),
    path(f"{PLACE}egen-del/<int:organisation>/", writing.edit_own, name="agreement_own"),
    path(f"{PLACE}send/", writing.issue, name="agreement_issue"),
    path(f"{PLACE}svar/", answering.answer, name="agreement_answer"),
    path(f"{PLACE}klarmelding/", answering.ready, name="agreement_ready"),
    path(f"{PLACE}udtraeden/", answering.leave, name="agreement_leave"),
]
shown_as(LookedAt.AGREEMENT, "portfolio", urlpatterns, agreement_pdf=LookedAt.AGREEMENT_PDF)
