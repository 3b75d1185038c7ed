"""Addresses of the contact overview and of the secretariat's pages."""

from django.urls import path, re_path

from contacts.views import acting, coverage, keeping, public, second_factor, settings, wording

app_name = "contacts"
urlpatterns = [
    path("kontaktpersoner/", public.overview, name="overview"),
    path("kontaktpersoner/csv/", public.overview_csv, name="overview_csv"),
    path("kontaktpersoner/excel/", public.overview_excel, name="overview_excel"),
    path("afventer/", public.waiting, name="waiting"),
    path("organisationer/", keeping.organisations, name="organisations"),
    path("organisationer/daekning/", coverage.contact_coverage, name="coverage"),
    path("organisationer/ny/", keeping.organisation_edit, name="organisation_add"),
    path("organisationer/<int:pk>/", keeping.organisation, name="organisation"),
    path("organisationer/<int:pk>/fungerende/", acting.acting_contact, name="acting_contact"),
    path("organisationer/<int:pk>/ret/", keeping.organisation_edit, name="organisation_edit"),
    path("fora/", keeping.forums, name="forums"),
    path("fora/nyt/", keeping.forum_edit, name="forum_add"),
    path("fora/<int:pk>/", keeping.forum, name="forum"),
    path("fora/<int:pk>/ret/", keeping.forum_edit, name="forum_edit"),
    path("fora/<int:pk>/beslutningsdygtighed/", keeping.forum_quorum, name="forum_quorum"),
    re_path("^(?P<place>organisationer|fora)/(?P<pk>[0-9]+)/personer/ny/$", keeping.member_add, name="member_add"),
    path("funktioner/<int:pk>/ret/", keeping.member_edit, name="member_edit"),
    path("funktioner/<int:pk>/afslut/", keeping.member_end, name="member_end"),
    path("funktioner/<int:pk>/nulstil-log-ind/", second_factor.reset, name="reset_second_factor"),
    path("indstillinger/", settings.settings_list, name="settings"),
    path("indstillinger/vaerdier/<str:key>/", settings.parameter, name="parameter"),
    path("indstillinger/vaerdier/<str:key>/fortryd/<str:day>/", settings.parameter_cancel, name="parameter_cancel"),
    path("indstillinger/skemaer/<str:document>/", wording.form_wording, name="wording"),
    path("indstillinger/skemaer/<str:document>/offentliggoer/", wording.wording_publish, name="wording_publish"),
    path("indstillinger/skemaer/<str:document>/kasser/", wording.wording_discard, name="wording_discard"),
    path("indstillinger/skemaer/<str:document>/spoergsmaal/<str:key>/", wording.question, name="wording_question"),
    path("konti-der-venter/", keeping.waiting_accounts, name="waiting_accounts"),
]
