"""Addresses of the contact overview and of the secretariat's pages."""

from django.urls import path, re_path

from contacts.views import keeping, public

app_name = "contacts"
urlpatterns = [
    path("kontaktpersoner/", public.overview, name="overview"),
    path("kontaktpersoner/csv/", public.overview_csv, name="overview_csv"),
    path("afventer/", public.waiting, name="waiting"),
    path("organisationer/", keeping.organisations, name="organisations"),
    path("organisationer/ny/", keeping.organisation_edit, name="organisation_add"),
    path("organisationer/<int:pk>/", keeping.organisation, name="organisation"),
    path("organisationer/<int:pk>/ret/", keeping.organisation_edit, name="organisation_edit"),
    path("fora/", keeping.forums, name="forums"),
    path("fora/nyt/", keeping.forum_edit, name="forum_add"),
    path("fora/<int:pk>/", keeping.forum, name="forum"),
    path("fora/<int:pk>/ret/", keeping.forum_edit, name="forum_edit"),
    path("fora/<int:pk>/beslutningsdygtighed/", keeping.forum_quorum, name="forum_quorum"),
    re_path("^(?P<place>organisationer|fora)/(?P<pk>[0-9]+)/personer/ny/$", keeping.member_add, name="member_add"),
    path("funktioner/<int:pk>/ret/", keeping.member_edit, name="member_edit"),
    path("funktioner/<int:pk>/afslut/", keeping.member_end, name="member_end"),
    path("konti-der-venter/", keeping.waiting_accounts, name="waiting_accounts"),
]
