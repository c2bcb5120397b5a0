"""The product's settings for a test run: its own folder and database, nothing from the developer's .env."""

import atexit
import os
import shutil
import tempfile

if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="committee-tracker-test-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)  # the xdist workers share it
os.environ.setdefault("DATABASE_URL", f"sqlite:///{os.environ['VAR_DIR']}/database.sqlite3")
os.environ |= {"SECRET_KEY": "only-for-tests", "DEBUG": "off", "HTTPS": "off", "LOG_LEVEL": "WARNING"}

from committee_tracker.settings import *  # noqa: F403
from committee_tracker.settings import DATABASES, STATIC_ROOT, STORAGES, VAR_DIR

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: only there do WAL, locks and the busy timeout behave as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    # The pool would keep connections open to databases that the test run drops.
    DATABASES["default"]["OPTIONS"].pop("pool")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
AXES_ENABLED = False
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns of a missing one
