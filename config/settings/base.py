"""What every surrounding shares. Safe by default: nothing here has to be tightened for production."""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

from config.settings.parts import FOLDER_BROKER, daily, database, every, folder_broker, redis_broker, storages

BASE_DIR = Path(__file__).resolve().parent.parent.parent
RUN_DIR = BASE_DIR / ".run"

env = environ.Env()

# --- The product's own settings -------------------------------------------------------------------
DEBUG = False
DEMO = env.bool("DEMO", default=False)  # shows the accounts at sign-in
SECOND_FACTOR_WAIVED = env.bool("SECOND_FACTOR_WAIVED", default=False)  # for the demonstration alone
SECRET_KEY: str = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
BASE_URL: str = env.str("BASE_URL", default="http://localhost:8000").rstrip("/")
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", default=str(RUN_DIR / "private")))
HISTORY_ROOT = Path(env.str("HISTORY_ROOT", default=str(RUN_DIR / "history")))
ACCESSIBILITY_URL: str = env.str("ACCESSIBILITY_URL", default="https://www.was.digst.dk/")
TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", default=0)  # proxies in front whose headers count

# --- Applications ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    "core",
    "contacts",
    "notifications",
    "transfers",
    "dialogue",
    "minimtv",
    "portfolio",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "django_filters",
    "django_htmx",
    "csp",
    "django.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "config.static.StaticFilesConfig",
]
MIDDLEWARE = [
    "core.middleware.HeadersMiddleware",  # the first three only add headers, to what the others refuse and redirect too
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.session_middleware.SessionRulesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.session_middleware.SignInRequiredMiddleware",
    "notifications.middleware.NoticeMiddleware",
    "contacts.middleware.ViewerMiddleware",
    "transfers.middleware.AccessLogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "core.renderers.DkfdsRenderer"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.navigation",
            ],
        },
    },
]

# --- Database, cache and sessions: all in PostgreSQL, so that a lost Redis signs nobody out ----------
DATABASES: dict[str, dict[str, Any]] = {}
if env.str("DATABASE_URL", default=""):
    DATABASES["default"] = database(env.db_url("DATABASE_URL"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # so that nobody pushes out the counters of sign-in with many small ones
    },
    "template_fragments": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},  # for {% cache %}: each process
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE_SECONDS: int = 60 * env.int("SESSION_IDLE_MINUTES", default=60)
SESSION_LONGEST_SECONDS: int = 60 * 60 * env.int("SESSION_LONGEST_HOURS", default=12)
SESSION_COOKIE_AGE = SESSION_LONGEST_SECONDS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Accounts and permissions ---------------------------------------------------------------------
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "contacts.backends.AccountBackend",  # alone in asking for a password: hashed once a try
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "config.accounts.AccountAdapter"
ACCOUNT_FORMS = {"reset_password": "config.account_forms.ForgottenPasswordForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# Failed tries are counted for the account and for the address, codes of a second factor too; tries that succeed are
# not, since a whole organisation may come from one address.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "20/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "config.accounts.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "config.account_forms.CodeForm",
    "reauthenticate": "config.account_forms.CodeAgainForm",
    "activate_totp": "config.account_forms.ActivateAppForm",
    "add_webauthn": "config.account_forms.AddPasskeyForm",
    "edit_webauthn": "config.account_forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_TOTP_ISSUER = "Opgaveflytning"
MFA_TOTP_TOLERANCE = 1  # half a minute to either side; a code is taken once all the same

# --- Language -------------------------------------------------------------------------------------
LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk")]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = "config.formats"

# --- Files ----------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT: str = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS: list[Any] = [
    BASE_DIR / "static",
    ("dkfds", BASE_DIR / "node_modules" / "dkfds" / "dist"),
]
STORAGES = storages(PRIVATE_ROOT)
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "core.receiving.BoundedUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- Headers --------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# --- Mail -----------------------------------------------------------------------------------------
EMAIL_URL: str = env.str("EMAIL_URL", default="") or "consolemail://"
vars().update(env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="Opgaveflytning <opgaveflytning@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Background work: JSON only; a killed worker's task comes back --------------------------------
REDIS_URL: str = env.str("REDIS_URL", default="")
BROKER_DIR = Path(env.str("BROKER_DIR", default=str(RUN_DIR / "broker")))
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 14 * 60
CELERY_BROKER_URL = REDIS_URL or FOLDER_BROKER
CELERY_BROKER_TRANSPORT_OPTIONS = (
    redis_broker(longest_task=CELERY_TASK_TIME_LIMIT) if REDIS_URL else folder_broker(BROKER_DIR)
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False  # a lost broker must not hold up a save; the sweeper catches up
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = bool(REDIS_URL)  # the folder broker has no broadcast to speak of
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = TIME_ZONE
OUTBOX_SECONDS: int = env.int("OUTBOX_SECONDS", default=30)
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep-jobs": every(60, "core.tasks.sweep_jobs"),
    "order-annual-status": every(60 * 60, "portfolio.annual.tasks.order_due_annual_status"),
    "clear-sessions": daily(3, "core.tasks.clear_sessions"),
    "send-outbox": every(OUTBOX_SECONDS, "notifications.tasks.send_outbox"),
    "remind-of-deadlines": daily(7, "transfers.tasks.remind_of_deadlines"),
    "keep-history-heads": daily(2, "transfers.tasks.keep_history_heads"),
    "forget-old-looks": daily(3, "transfers.tasks.forget_old_looks"),
}

# --- Logs: ids only, never bodies, query strings or the values in an exception's message ------------
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "config.logs.DiscreetFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "celery": {"level": "INFO"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
