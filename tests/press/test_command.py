"""``tribuna press``: status, forget, warm."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from tests.press.printing import KEY, Application, ask, environ, printed
from tribuna.press.front import Front
from tribuna.press.management.commands import press
from tribuna.press.models import Purge
from tribuna.press.signals import documents_wanted

pytestmark = pytest.mark.django_db


class Terminal(StringIO):
    """Somebody is looking."""

    def isatty(self):
        return True


def run(*words: str, stdout: StringIO | None = None) -> str:
    stdout = stdout or StringIO()
    call_command("press", *words, stdout=stdout)
    return stdout.getvalue()


@pytest.fixture
def _in_use(own_store) -> None:
    """One page is stored, another outdated, some answers were counted, something was purged."""
    for key in (KEY, KEY._replace(path="/en/")):
        own_store.keep(key, printed("ferry", f"page:{len(key.path)}"), since=0)
    own_store.forget({"page:4"})
    counts = {
        "hit": 90,
        "found": 5,
        "printed": 2,
        "unstored": 3,
        "unstored: status 404": 2,
        "unstored: it sets a cookie": 1,
    }
    own_store.note(counts, read=[], refusals={"/en/odd/": "it sets a cookie"})
    Purge.objects.create(tags=[f"page:{number}" for number in range(1, 11)])
    Purge.objects.create(tags=["page:4"], withdrawn=True)


# --- status -----------------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("_in_use")
def test_the_status_is_told_in_words(own_store):
    said = run("status").replace("\xa0", " ")
    assert "Store      tribuna.press.stores.files.FilesStore\n" in said
    assert "Pages      1 (and 1 outdated, for when the database is away)\n" in said
    assert f"Room       {own_store.status().size} bytes of 1.0 GB\n" in said
    assert "Answers    100: 90 from memory, 5 from disk, 0 outdated, 2 printed, 3 not stored\n" in said
    assert "Hit ratio  95.0%\n" in said
    assert "Why answers were not stored\n        2  status 404\n        1  it sets a cookie\n" in said
    assert "Where\n  /en/odd/  it sets a cookie\n" in said
    assert "page:4 (withdrawn)\n" in said
    assert said.endswith("page:1 page:2 page:3 page:4 page:5 page:6 page:7 page:8 and 2 more\n")


@pytest.mark.usefixtures("_in_use")
def test_the_status_is_told_to_machines(own_store):
    told = json.loads(run("status", "--json"))
    assert told["store"] == "tribuna.press.stores.files.FilesStore"
    assert (told["entries"], told["outdated"]) == (1, 1)
    assert (told["bytes"], told["maximum_bytes"]) == (own_store.status().size, 2**30)
    assert told["answers"] == {"hit": 90, "found": 5, "outdated": 0, "printed": 2, "unstored": 3}
    assert told["hit_ratio"] == 0.95
    assert told["reasons"] == {"status 404": 2, "it sets a cookie": 1}
    assert told["refusals"] == [{"path": "/en/odd/", "why": "it sets a cookie"}]
    assert [purge["withdrawn"] for purge in told["purges"]] == [True, False]
    assert len(told["purges"][1]["tags"]) == 10


@pytest.mark.usefixtures("own_store")
def test_an_empty_press_says_so():
    said = run("status")
    assert "Pages      0 (" in said
    assert said.endswith("Hit ratio  none yet\n")
    assert json.loads(run("status", "--json"))["hit_ratio"] is None


def test_a_press_that_keeps_nothing_has_a_status_too(settings):
    settings.TRIBUNA_PRESS_STORE = "tribuna.press.stores.null.NullStore"
    assert run("status").startswith("Store      tribuna.press.stores.null.NullStore\nPages      0 (")


# --- forget -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "tags"), [(["--all"], ["fragments", "site"]), (["--tag", "page:12", "page:2"], ["page:12", "page:2"])]
)
def test_pages_are_forgotten_here_and_in_the_log(own_store, django_capture_on_commit_callbacks, words, tags):
    own_store.keep(KEY, printed("ferry", "page:12"), since=0)
    with django_capture_on_commit_callbacks(execute=True):
        said = run("forget", *words)
    assert said == f"Forgotten: {', '.join(tags)}. Other nodes follow within a second.\n"
    assert own_store.find(KEY) is None
    assert own_store.find(KEY, outdated_within=60)
    purge = Purge.objects.get()
    assert (purge.tags, purge.withdrawn) == (tags, False)


def test_what_is_withdrawn_leaves_no_outdated_copy(own_store, django_capture_on_commit_callbacks):
    own_store.keep(KEY, printed(), since=0)
    with django_capture_on_commit_callbacks(execute=True):
        run("forget", "--all", "--withdrawn")
    assert own_store.find(KEY, outdated_within=60) is None
    assert Purge.objects.get().withdrawn


def test_a_page_is_forgotten_by_its_address(newsroom, own_store):
    story = factories.article()
    Purge.objects.all().delete()
    run("forget", "--url", story.full_url, "--tag", "list:1")
    assert Purge.objects.get().tags == sorted([f"page:{story.pk}", "list:1"])


def test_an_address_without_a_page_forgets_nothing(newsroom):
    Purge.objects.all().delete()
    with pytest.raises(CommandError, match="No page of the page tree stands at /en/archive/"):
        run("forget", "--tag", "list:1", "--url", "/en/archive/")
    assert not Purge.objects.exists()


def test_what_is_to_be_forgotten_must_be_said():
    with pytest.raises(CommandError, match="What is to be forgotten"):
        run("forget")


# --- warm -------------------------------------------------------------------------------------------------------------
@pytest.fixture
def application(monkeypatch) -> Application:
    """What prints in the place of Django."""
    application = Application()
    monkeypatch.setattr(press, "get_wsgi_application", lambda: application)
    return application


def test_every_public_page_is_printed(newsroom, own_store, application):
    total, documents = len(press.public_addresses()), sum(len(urls) for _, urls in documents_wanted.send(None))
    told = f"{documents} not stored: it is no document, such as http://testserver/robots.txt\n"  # but says it is HTML
    assert run("warm") == f"{total} printed, 0 there already.\n{told}"
    assert run("warm") == f"0 printed, {total} there already.\n{told}"
    assert ask(Front(Application("never asked"), own_store), environ(host="testserver")).body == b"ferry"


@pytest.mark.django_db(transaction=True)  # between its requests Django lets go of the connection
def test_django_prints_what_readers_get(newsroom, own_store, client):
    story = factories.article(title="Ferry")
    run("warm")
    key = KEY._replace(host="testserver", path=story.url)
    assert own_store.find(key).bodies["identity"] == client.get(story.url).content
    for path in ("/en/rss.xml", "/sitemap.xml", "/en/sitemap-1.xml", "/llms.txt", f"{story.url}index.md"):
        assert own_store.find(key._replace(path=path)), path


def test_a_limit_is_kept(newsroom, own_store, application):
    assert run("warm", "--limit", "2") == "2 printed, 0 there already.\n"
    assert own_store.status().entries == 2
    for wrong in ("0", "-1", "x"):
        with pytest.raises(CommandError, match="is not a number of pages"):
            run("warm", f"--limit={wrong}")


def test_what_is_not_stored_is_told_with_an_example(newsroom, own_store, application):
    application.status = "404 Not Found"
    assert run("warm", "--limit", "3").startswith(
        "0 printed, 0 there already.\n3 not stored: status 404, such as http://testserver/e"
    )


def test_a_full_store_is_left_as_it_is(newsroom, own_store, application, settings):
    own_store.keep(KEY, printed(), since=0)
    settings.TRIBUNA_PRESS_MAXIMUM_BYTES = own_store.status().size
    assert run("warm", "--limit", "3") == "0 printed, 0 there already.\n3 not tried.\n"


def test_ctrl_c_keeps_what_is_printed(newsroom, own_store, application):
    stdout = StringIO()

    def interrupt() -> None:
        if len(application.asked) == 2:
            raise KeyboardInterrupt

    application.meanwhile = interrupt
    with pytest.raises(CommandError, match="What is printed stays") as stopped:
        run("warm", "--limit", "3", stdout=stdout)
    assert stopped.value.returncode == 130
    assert stdout.getvalue() == "1 printed, 0 there already.\n2 not tried.\n"
    assert own_store.status().entries == 1


def test_a_terminal_sees_how_far_it_is(newsroom, own_store, application, capfd):
    run("warm", "--limit", "2")
    assert capfd.readouterr().err == ""
    run("warm", "--limit", "2", stdout=Terminal())
    assert "2/2" in capfd.readouterr().err
