"""The demonstration started by bin/run: fictitious data, plain HTTP, the accounts shown at sign-in."""

from config.settings.base import *  # noqa: F403
from config.settings.base import RUN_DIR, env

DEMO = SECOND_FACTOR_WAIVED = True
SECRET_KEY = env.str("SECRET_KEY", default="demonstration-only-" + 40 * "0")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
STATIC_ROOT = ""  # nothing is gathered: files are served from where they are
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
if not env.str("EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(RUN_DIR / "mail")
