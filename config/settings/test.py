"""Settings of the tests. DATABASE_URL must name a PostgreSQL server; bin/test starts one."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, RUN_DIR, env
from config.settings.parts import FOLDER_BROKER, folder_broker, storages

if not DATABASES:
    raise ImproperlyConfigured("The tests need PostgreSQL: run bin/test, or set DATABASE_URL.")

# Each test process keeps its files and its queue apart; a worker it starts is given the same folder.
TEST_ROOT = Path(env.str("TEST_ROOT", default="") or RUN_DIR / "test" / str(os.getpid()))
PRIVATE_ROOT = TEST_ROOT / "private"
HISTORY_ROOT = TEST_ROOT / "history"
STORAGES = storages(PRIVATE_ROOT)
BROKER_DIR = TEST_ROOT / "broker"
REDIS_URL = ""
CELERY_BROKER_URL = FOLDER_BROKER
CELERY_BROKER_TRANSPORT_OPTIONS = folder_broker(BROKER_DIR)

DEMO = False
SECOND_FACTOR_WAIVED = True  # for tests of other things; those of tests/accounts demand it
SECRET_KEY = "test-only-" + 50 * "0"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
BASE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed; Argon2 has a test of its own
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
