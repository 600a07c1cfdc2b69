"""What a reader sees when something went wrong."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.test import Client, RequestFactory
from django.utils.translation import gettext, override

from tests import factories
from tests.outages import database_away
from tribuna.comments.actions import submit_comment
from tribuna.theme import views


def soup(response):
    return BeautifulSoup(response.content.decode(), "html.parser")


def said(words, language):
    with override(language):
        return gettext(words)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_missing_page_is_said_in_the_language_of_the_address(client, newsroom, language):
    response = client.get(f"/{language}/nothing/here/")
    page = soup(response)
    assert response.status_code == 404
    assert page.html["lang"] == language
    assert page.h1.text == said("There is no page here", language)
    assert page.find("form", role="search")["action"] == f"/{language}/search/"


def test_a_missing_page_outside_the_languages_is_said_in_the_readers(client, newsroom):
    response = client.get("/media/nothing.jpg", headers={"Accept-Language": "es-MX,es;q=0.9"})
    assert (response.status_code, soup(response).html["lang"]) == (404, "es")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_forbidden_page_is_said_in_the_language_of_the_address(newsroom, language):
    response = views.permission_denied(RequestFactory().get(f"/{language}/secret/"), PermissionDenied())
    assert (response.status_code, soup(response).html["lang"]) == (403, language)
    assert soup(response).h1.text == said("This page is not open to everyone", language)


BARE = [
    (lambda request: views.bad_request(request, SuspiciousOperation()), 400, "This request can’t be read"),
    (views.csrf_failure, 403, "This form can’t be taken"),
    (views.server_error, 500, "Something went wrong here"),
    (views.unavailable, 503, "This page can’t be shown just now"),
]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("view", "status", "words"), BARE)
def test_our_own_failure_is_said_without_a_database(language, view, status, words):
    # No database mark: a query would raise. The request has no session and no user, either.
    response = view(RequestFactory().get(f"/{language}/anything/"))
    page = soup(response)
    assert response.status_code == status
    assert page.html["lang"] == language
    assert page.h1.text == said(words, language)
    assert page.find("link", rel="stylesheet")["href"] == "/static/theme/site.css"
    assert page.find("script") is None


def test_our_own_failure_is_said_even_where_static_files_were_never_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    response = views.server_error(RequestFactory().get("/en/"))
    assert response.status_code == 500
    assert soup(response).find("link", rel="stylesheet") is None


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize(
    "path",
    [
        "en/",
        "en/city/",
        "en/city/ferry-returns/",
        "en/archive/",
        "en/search/?q=ferry",
        "en/nothing/",
        "media/nothing.jpg",
    ],
)
def test_while_the_database_is_away_every_page_says_when_to_come_back(newsroom, client, path, error):
    factories.article()
    client.raise_request_exception = False
    with database_away(error=error):
        response = client.get(f"/{path}")
    assert response.status_code == 503
    assert (response["Retry-After"], response["Cache-Control"]) == ("60", "no-store")
    assert soup(response).h1.text == "This page can’t be shown just now"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies


@pytest.mark.parametrize("path", ["articles/{0}/comments/", "comments/{1}/", "receipts/{2}/"])
def test_while_the_database_is_away_so_do_the_pages_of_comments(newsroom, client, path):
    page = factories.article()
    submitted = submit_comment(page, text="Good.", name="Ana", language="en")
    client.raise_request_exception = False
    with database_away():
        response = client.get(f"/es/{path.format(page.pk, submitted.comment.pk, submitted.secret)}")
    assert (response.status_code, soup(response).html["lang"]) == (503, "es")


def test_another_complaint_of_the_database_is_our_own_failure(newsroom, client):
    client.raise_request_exception = False
    with database_away(error=ProgrammingError):
        assert client.get("/en/").status_code == 500


def test_the_site_asks_for_these_pages():
    from tribuna.site import urls

    assert {urls.handler400, urls.handler403, urls.handler404, urls.handler500} == {
        f"tribuna.theme.views.{view.__name__}"
        for view in (views.bad_request, views.permission_denied, views.page_not_found, views.server_error)
    }


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_form_from_elsewhere_is_refused_in_our_own_words_and_without_a_cookie(newsroom, language):
    response = Client(enforce_csrf_checks=True).post(f"/{language}/search/", {"q": "ferry"})
    page = soup(response)
    assert (response.status_code, page.html["lang"]) == (403, language)
    assert page.h1.text == said("This form can’t be taken", language)
    assert not response.cookies
