"""The addresses of the product: each app brings its own."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from core.views import healthz, session

handler400 = "core.views.bad_request"
handler403 = "core.views.forbidden"
handler429 = "core.views.too_many"  # asked for by allauth
handler500 = "core.views.server_error"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/login/", secure_admin_login(admin.site.login)),  # one sign-in only, the one with a throttle
    path("admin/", admin.site.urls),
    path("konto/session/", session, name="session"),
    path("konto/", include("allauth.urls")),
    path("", include("contacts.urls")),
    path("", include("notifications.urls")),
    path("", include("transfers.urls")),
    path("", include("dialogue.urls")),
    path("", include("minimtv.urls")),
    path("", include("portfolio.urls")),
]
