"""The how-to on using the check elsewhere, done to the letter: a contact form on a Django site without Tribuna."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = ROOT / "docs/how-to/use-the-human-check.md"

# What any Django site says before it has heard of us.
BEFORE = """
import tribuna
SECRET_KEY = "0123456789" * 5
DEBUG = False
ALLOWED_HOSTS = ["testserver"]
USE_TZ = True
LANGUAGES = [("en", "English"), ("es", "Spanish")]
LOCALE_PATHS = []
INSTALLED_APPS = []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "site.sqlite3"}}
ROOT_URLCONF = "urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": ["templates"], "APP_DIRS": True}]
MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
MANAGERS = ["editor@example.org"]
"""

URLS = "from django.urls import path\nfrom contact import contact\nurlpatterns = [path('contact/', contact)]\n"

VISIT = """
import re, django, time, time_machine
django.setup()
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
call_command("migrate", verbosity=0)
call_command("check", "--fail-level", "WARNING")
setup_test_environment()
reader = Client()


def token(page):
    return re.search('name="token" value="([^"]+)"', page.text)[1]


page = reader.get("/contact/")
assert page.status_code == 200, page.status_code
assert 'src="data:image/png;base64,' in page.text
assert "Enter the characters shown in the image" in page.text
fields = {"message": "Where is the pier?", "token": token(page)}

wrong = reader.post("/contact/", {**fields, "answer": "no idea"})
assert wrong.status_code == 422
assert "That was not quite it" in wrong.text
assert "Where is the pier?</textarea>" in wrong.text

fields["token"] = token(wrong)
ways = {name: reader.post("/contact/", {**fields, "another": name}) for name in ("sound", "person")}
assert 'src="data:audio/mpeg;base64,' in ways["sound"].text
assert "A moderator will read what you wrote first." in ways["person"].text
fields["token"] = token(ways["person"])
with time_machine.travel(time.time() + 60):
    sent = reader.post("/contact/", fields)
assert (sent.status_code, sent.text) == (200, "Thank you."), sent.text
assert [letter.body for letter in mail.outbox] == ["Where is the pier?"]
assert "(held)" in mail.outbox[0].subject

with time_machine.travel(time.time() + 60):
    again = reader.post("/contact/", fields)
assert again.status_code == 422
assert len(mail.outbox) == 1
print("done")
"""


def blocks() -> dict[str, str]:
    """Return the how-to's files by the name that stands in their first line."""
    found = re.findall(r"```(?:python|html)\n(?:# |<!-- )([\w./]+)(?: -->)?\n(.*?)```", HOW_TO.read_text(), re.DOTALL)
    return dict(found)


@pytest.mark.slow
def test_the_contact_form_of_the_how_to_works_on_a_site_without_tribuna(tmp_path):
    files = blocks()
    assert set(files) == {"settings.py", "contact.py", "templates/contact.html"}
    files |= {"settings.py": BEFORE + files["settings.py"], "urls.py": URLS, "visit.py": VISIT}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    environment = {name: value for name, value in os.environ.items() if not re.match(r"TRIBUNA_|DJANGO_", name)}
    environment |= {"DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": f"{tmp_path}:{ROOT / 'src'}"}
    ran = subprocess.run(
        [sys.executable, "-W", "error", "visit.py"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.endswith("done\n"), ran.stdout + ran.stderr


def test_the_form_of_the_how_to_takes_no_more_than_the_lines_it_promises():
    view = blocks()["contact.py"].partition("class ContactForm")[2]
    ours = [line for line in view.splitlines() if re.search("Human|proof|visit|Spent|ask_again|scope", line)]
    assert len(ours) <= 10
