"""A form with one text field behind KIND, as the package's own documents show it.

``python site.py serve KIND FOLDER PORT`` answers at /form/; ``python site.py draw KIND FOLDER COUNT`` writes pictures
named after their answers; ``python site.py speak lepture FOLDER COUNT EACH`` sounds, and EACH of every single digit
into FOLDER/bank. Each answer is also written to FOLDER/answers.txt, because the siege pays a "person" who can
read: nothing of the packages is changed. CSRF protection stays on where the documents have it on.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.conf import settings

ORDER, KIND, FOLDER = sys.argv[1], sys.argv[2], Path(sys.argv[3])
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
LEPTURE_CHARACTERS = 4  # as in the package's README
ALTCHA_SECRET = "for this benchmark only, and nowhere else"
ALTCHA = {"algorithm": "PBKDF2/SHA-256", "cost": 5_000}  # the example of the package's own README
ALTCHA_SECONDS = 600

settings.configure(
    DEBUG=False,
    SECRET_KEY="for this benchmark only, and nowhere else",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.sessions", *(["captcha"] if KIND == "simple" else [])],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "site.sqlite3",
            "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"},
        }
    },
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
django.setup()

from django import forms  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import include, path  # noqa: E402

PAGE = """<!doctype html><title>Form</title>
<form method=post>{% csrf_token %}{{ extra|safe }}{{ form }}<button>Send</button></form>"""
TAKEN = FOLDER / "taken.txt"


def _told(key: str, answer: str) -> None:
    with (FOLDER / "answers.txt").open("a", encoding="utf-8") as stream:
        stream.write(json.dumps([key, answer]) + "\n")


def _shown(request: HttpRequest, form: forms.Form, status: int, extra: str = "") -> HttpResponse:
    context = {"form": form, "extra": extra}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request), status=status)


def _taken(form: forms.Form) -> HttpResponse:
    with TAKEN.open("a", encoding="utf-8") as stream:
        stream.write("1\n")
    return HttpResponse(status=303, headers={"Location": "/thanks/"})


class Plain(forms.Form):
    """What is to be kept from machines."""

    text = forms.CharField(widget=forms.Textarea)


def lepture_text() -> str:
    """Return a text to draw: the package leaves that to its user."""
    return "".join(random.choice(LETTERS) for _each in range(LEPTURE_CHARACTERS))


def lepture(request: HttpRequest) -> HttpResponse:
    """The answer lies in the session, and is taken out of it with the first try."""
    form = Plain(request.POST or None)
    if request.method == "POST":
        right = request.session.pop("answer", None)
        said = request.POST.get("answer", "").strip().upper()
        if form.is_valid() and right and said == right:
            return _taken(form)
    request.session["answer"] = lepture_text()
    request.session.save()
    _told(request.session.session_key, request.session["answer"])
    field = '<img src="/picture/"><input name="answer">'
    return _shown(request, form, 422 if request.method == "POST" else 200, field)


def lepture_picture(request: HttpRequest) -> HttpResponse:
    """Draw what the session says."""
    from captcha.image import ImageCaptcha

    drawn = ImageCaptcha().generate(request.session.get("answer", "----"))
    return HttpResponse(drawn.getvalue(), content_type="image/png")


def simple(request: HttpRequest) -> HttpResponse:
    """The package's own field."""
    from captcha.fields import CaptchaField
    from captcha.models import CaptchaStore

    class Guarded(Plain):
        captcha = CaptchaField()

    form = Guarded(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _taken(form)
    answer = _shown(request, form, 422 if request.method == "POST" else 200)
    newest = CaptchaStore.objects.order_by("-pk").first()
    _told(newest.hashkey, newest.response)
    return answer


def altcha_challenge(_request: HttpRequest) -> HttpResponse:
    """What the widget fetches."""
    import altcha

    made = altcha.create_challenge(**ALTCHA, expires_at=int(time.time()) + ALTCHA_SECONDS, hmac_secret=ALTCHA_SECRET)
    return HttpResponse(json.dumps(made.to_dict()), content_type="application/json")


def altcha_form(request: HttpRequest) -> HttpResponse:
    """Verify what the widget posted, as the package's documents show it."""
    import altcha

    form = Plain(request.POST or None)
    if request.method == "POST":
        try:
            verified = altcha.verify_solution(request.POST.get("altcha", ""), ALTCHA_SECRET).verified
        except (ValueError, KeyError, TypeError):
            verified = False
        if form.is_valid() and verified:
            return _taken(form)
    field = '<altcha-widget challenge="/challenge/" name="altcha"></altcha-widget>'
    return _shown(request, form, 422 if request.method == "POST" else 200, field)


urlpatterns = {
    "lepture": lambda: [path("form/", lepture), path("picture/", lepture_picture)],
    "simple": lambda: [path("form/", simple), path("captcha/", include("captcha.urls"))],
    "altcha": lambda: [path("form/", altcha_form), path("challenge/", altcha_challenge)],
}[KIND]()


def draw(count: int) -> None:
    """Write *count* pictures with the package's defaults; print the CPU seconds for each."""
    from django.test import RequestFactory

    spent = 0.0
    for number in range(count):
        began = time.process_time()
        if KIND == "simple":
            from captcha.models import CaptchaStore
            from captcha.views import captcha_image

            key = CaptchaStore.generate_key()
            answer = captcha_image(RequestFactory().get("/"), key)
            text = CaptchaStore.objects.get(hashkey=key).challenge
            picture = b"".join(answer.streaming_content) if answer.streaming else answer.content
        else:
            from captcha.image import ImageCaptcha

            text = lepture_text()
            picture = ImageCaptcha().generate(text).getvalue()
        spent += time.process_time() - began
        (FOLDER / f"{number:05}-{text}.png").write_bytes(picture)
    print(spent / count)


def speak(count: int, each: int) -> None:
    """Write *count* sounds of the package's, and single digits as whoever installs it can take them out of it."""
    from captcha import audio

    maker, bank = audio.AudioCaptcha(), FOLDER / "bank"
    maker.load()
    bank.mkdir()
    for number in range(10 * each):
        digit = str(number % 10)
        (bank / f"{digit}-{number:05}.wav").write_bytes(audio.patch_wave_header(maker._twist_pick(digit)))
    for number in range(count):
        digits = "".join(random.choice("0123456789") for _each in range(LEPTURE_CHARACTERS))
        (FOLDER / f"{number:05}-{digits}.wav").write_bytes(maker.generate(digits))


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each request: fifty at once must really be at once."""

    daemon_threads = True
    request_queue_size = 128


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *_words: Any) -> None:
        """Keep quiet."""


call_command("migrate", verbosity=0)
if ORDER == "draw":
    draw(int(sys.argv[4]))
elif ORDER == "speak":
    speak(int(sys.argv[4]), int(sys.argv[5]))
else:
    make_server("127.0.0.1", int(sys.argv[4]), get_wsgi_application(), Server, Quiet).serve_forever()
