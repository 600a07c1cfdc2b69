"""The site's settings, as the tests run them."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_data = Path(tempfile.mkdtemp(prefix="tribuna-tests-"))
(_data / "static").mkdir()  # or whitenoise warns


def _clear_away(maker: int = os.getpid()) -> None:
    """Remove the folder when the process that made it ends; not when one that was forked from it does."""
    if os.getpid() == maker:
        shutil.rmtree(_data, ignore_errors=True)


atexit.register(_clear_away)
os.environ.setdefault("TRIBUNA_SECRET_KEY", "only-for-tests-" + "0123456789" * 5)
os.environ["TRIBUNA_DATA"] = str(_data)
os.environ["TRIBUNA_ADDRESS"] = "http://testserver"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop running in the tests' own thread

from tribuna.site.settings import *  # noqa: E402, F403
from tribuna.site.settings import DATABASES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that a server's threads each have a connection as in life; nothing here has to survive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": str(_data / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"  # nor here
TRIBUNA_WITNESSES = []  # so that forms ask: tests of what a browser brings by itself name it
TRIBUNA_TALLY_SECONDS = TRIBUNA_READINGS_SECONDS = (
    24 * 60 * 60
)  # no test waits for another thread: it writes down what it wants to see
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},  # done before the test looks
    "queue": {"BACKEND": "django_tasks_db.backend.DatabaseBackend"},
}
