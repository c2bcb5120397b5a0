"""Bring an installation up to date: the tables, the static files, the demonstration data.

One process, because every start of Django costs a second.
"""

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "committee_tracker.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.finders import get_finders  # noqa: E402
from django.core.management import call_command  # noqa: E402


def static_fingerprint() -> str:
    """Return a digest that changes whenever a static file of the project or of a library changes."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    """Collect, hash and compress the static files, unless none changed since the last time."""
    stamp = settings.VAR_DIR / "static.stamp"
    fingerprint = static_fingerprint()
    if settings.STATIC_ROOT.is_dir() and stamp.is_file() and stamp.read_text() == fingerprint:
        return
    print("Collecting the static files", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint)


def main() -> None:
    print("Bringing the database up to date", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    print("Loading the demonstration data, unless there is data already", flush=True)
    call_command("load_demo", "--if-empty")
    if "--show-accounts" in sys.argv[1:]:
        call_command("demo_accounts")


if __name__ == "__main__":
    main()
