"""Production: behind a TLS proxy. Refuses to start with an unsafe or missing setting."""

from urllib.parse import urlsplit

from config.settings.base import *  # noqa: F403
from config.settings.base import ALLOWED_HOSTS, STORAGES, TRUSTED_PROXIES, env
from config.settings.refusals import refuse_unsafe

refuse_unsafe(env)

BASE_URL = (env.str("BASE_URL", default="") or f"https://{ALLOWED_HOSTS[0]}").rstrip("/")
CSRF_TRUSTED_ORIGINS = [f"https://{urlsplit(BASE_URL).netloc}"]
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by the machine itself, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["woff", "woff2", "ttf", "eot", "png", "ico", "gz", "br"]
