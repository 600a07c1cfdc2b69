"""What machines are told they may do, as an editor decides it."""

from __future__ import annotations

import json
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.theme.factories import soup
from tribuna.press.models import Purge
from tribuna.syndication import checks
from tribuna.syndication.models import Terms

RSL = "{https://rslstandard.org/rsl}"
STORY = "http://testserver/en/city/ferry-returns/"


@pytest.fixture
def terms(newsroom):
    """Set the terms of the site."""

    def _set(**fields):
        return Terms.objects.update_or_create(site=newsroom.site, defaults=fields)[0]

    return _set


def robots(client):
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    return parser


def usages(client):
    answer = client.get("/license.xml")
    assert answer["Content-Type"] == "application/rsl+xml; charset=utf-8"
    content = ElementTree.fromstring(answer.content).find(f"{RSL}content")
    assert content.get("url") == "http://testserver/"
    said = {name: content.findtext(f"{RSL}license/{RSL}{name}") for name in ("permits", "prohibits")}
    return {**said, "terms": content.findtext(f"{RSL}terms")}


def test_where_nobody_decided_all_is_reserved_and_search_engines_are_let_in(client, newsroom):
    rules = robots(client)
    for agent in ("GPTBot", "CCBot", "Google-Extended", "PerplexityBot", "Claude-User"):
        assert not rules.can_fetch(agent, STORY), agent
    for agent in ("Googlebot", "bingbot", "DuckDuckBot", "Mozilla/5.0"):
        assert rules.can_fetch(agent, STORY), agent
        assert not rules.can_fetch(agent, "http://testserver/admin/")
    assert rules.site_maps() == ["http://testserver/sitemap.xml"]
    assert "\nLicense: http://testserver/license.xml\n" in client.get("/robots.txt").content.decode()
    assert json.loads(client.get("/.well-known/tdmrep.json").content) == [{"location": "/", "tdm-reservation": 1}]
    assert usages(client) == {"permits": "search", "prohibits": "ai-train,ai-input,ai-index", "terms": None}
    assert client.get("/en/rss.xml")["TDM-Reservation"] == "1"
    head = soup(client.get("/en/")).head
    assert head.find("meta", attrs={"name": "tdm-reservation"})["content"] == "1"
    assert head.find("meta", attrs={"name": "tdm-policy"}) is None
    assert head.find("link", rel="license")["href"] == "/license.xml"


def test_nothing_is_written_for_who_only_asks(client, newsroom):
    client.get("/robots.txt")
    assert not Terms.objects.exists()


def test_an_editor_may_allow_one_and_not_the_other(client, terms):
    terms(training=Terms.Use.ALLOWED)
    assert robots(client).can_fetch("GPTBot", STORY)
    assert not robots(client).can_fetch("PerplexityBot", STORY)
    assert usages(client)["permits"] == "search,ai-train"
    assert client.get("/en/rss.xml")["TDM-Reservation"] == "0"
    terms(training=Terms.Use.RESERVED, answers=Terms.Use.ALLOWED)
    assert not robots(client).can_fetch("GPTBot", STORY)
    assert robots(client).can_fetch("PerplexityBot", STORY)
    assert usages(client) == {"permits": "search,ai-input,ai-index", "prohibits": "ai-train", "terms": None}


def test_with_everything_allowed_nobody_is_kept_out(client, terms):
    terms(training=Terms.Use.ALLOWED, answers=Terms.Use.ALLOWED, policy="https://rights.example/")
    assert "GPTBot" not in client.get("/robots.txt").content.decode()
    assert usages(client)["prohibits"] is None
    answer = client.get("/robots.txt")
    assert (answer["TDM-Reservation"], answer.has_header("TDM-Policy")) == ("0", False)
    assert json.loads(client.get("/.well-known/tdmrep.json").content) == [{"location": "/", "tdm-reservation": 0}]
    head = soup(client.get("/en/")).head
    assert head.find("meta", attrs={"name": "tdm-reservation"})["content"] == "0"
    assert head.find("meta", attrs={"name": "tdm-policy"}) is None


def test_machines_are_told_where_to_ask(client, terms):
    terms(policy="https://rights.example/?a=1&b=2")
    assert json.loads(client.get("/.well-known/tdmrep.json").content)[0]["tdm-policy"].startswith("https://rights.")
    assert client.get("/en/rss.xml")["TDM-Policy"] == "https://rights.example/?a=1&b=2"
    assert usages(client)["terms"] == "https://rights.example/?a=1&b=2"
    policy = soup(client.get("/en/")).head.find("meta", attrs={"name": "tdm-policy"})
    assert policy["content"] == "https://rights.example/?a=1&b=2"


def test_an_editor_may_name_more_crawlers(client, terms):
    terms(training=Terms.Use.ALLOWED, other_agents="\n NewBot \n\nOther_Bot-2\nNewBot")
    text = client.get("/robots.txt").content.decode()
    assert text.count("User-agent: NewBot\n") == 1
    assert not robots(client).can_fetch("Other_Bot-2", STORY)


@pytest.mark.parametrize("names", ["Bad Bot", "Bot\nDisallow: /", "Bot/1.0", "*"])
def test_what_is_no_name_is_refused_with_its_reason(newsroom, names):
    with pytest.raises(ValidationError, match="is no name of a crawler"):
        Terms(site=newsroom.site, other_agents=names).full_clean()


def test_an_editor_sets_them_in_the_admin(client, newsroom, django_user_model):
    from django.contrib.auth.models import Group

    editor = django_user_model.objects.create_user(email="desk@example.org", password="long enough password")
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)
    address = reverse("wagtailsettings:edit", args=["syndication", "terms", newsroom.site.pk])
    assert client.get(address).status_code == 200
    Purge.objects.all().delete()
    fields = {"feed_content": "summary", "training": "allowed", "answers": "reserved", "other_agents": "", "policy": ""}
    assert client.post(address, fields).status_code == 302
    assert Terms.objects.get().training == Terms.Use.ALLOWED
    assert Purge.objects.last().tags == ["site"]


def test_a_reporter_does_not(client, newsroom, django_user_model):
    from django.contrib.auth.models import Group

    reporter = django_user_model.objects.create_user(email="desk@example.org", password="long enough password")
    reporter.groups.add(Group.objects.get(name="Reporters"))
    client.force_login(reporter)
    address = reverse("wagtailsettings:edit", args=["syndication", "terms", newsroom.site.pk])
    assert client.get(address).status_code == 302


def test_the_key_for_indexnow_is_served_where_there_is_one(client, newsroom, settings):
    assert client.get("/0123456789abcdef.txt").status_code == 404
    settings.TRIBUNA_INDEXNOW_KEY = "0123456789abcdef"
    answer = client.get("/0123456789abcdef.txt")
    assert (answer.content, answer["Content-Type"]) == (b"0123456789abcdef", "text/plain; charset=utf-8")
    assert client.get("/0123456789abcdee.txt").status_code == 404


def test_documents_are_only_read(client, newsroom):
    assert client.post("/robots.txt").status_code == 405
    assert client.head("/robots.txt").status_code == 200


@pytest.mark.parametrize(
    ("hubs", "endpoint", "number"),
    [
        ([], "https://search.example/indexnow", 0),
        (["https://hub.example/", "http://127.0.0.1:9/"], "https://search.example/indexnow", 0),
        (["hub.example"], "https://search.example/indexnow", 1),
        (["file:///etc/passwd", "https://"], "ftp://search.example/", 3),
    ],
)
def test_a_hub_is_an_address(settings, hubs, endpoint, number):
    settings.TRIBUNA_WEBSUB_HUBS, settings.TRIBUNA_INDEXNOW_ENDPOINT = hubs, endpoint
    errors = checks.hubs_are_addresses()
    assert [error.id for error in errors] == ["tribuna.syndication.E001"] * number


@pytest.mark.parametrize(("key", "number"), [("", 0), ("01234567", 0), ("short", 1), ("with space", 1), ("é" * 9, 1)])
def test_a_key_is_one_that_search_engines_take(settings, key, number):
    settings.TRIBUNA_INDEXNOW_KEY = key
    assert [error.id for error in checks.key_can_be_served()] == ["tribuna.syndication.E002"] * number
