from __future__ import annotations

import json
from itertools import islice

import pytest
from django.apps import apps
from django.db import connection
from wagtail.models import Comment as Remark
from wagtail.models import Page, ReferenceIndex

from tests import factories
from tests.importers.factories import (
    about,
    archive,
    article,
    bring,
    comment,
    everything,
    file,
    told,
)
from tribuna.comments.models import Comment
from tribuna.comments.queries import drifts
from tribuna.importers.actions import import_archive, settling, write_report
from tribuna.importers.actions.bodies import LEFT_OUT, PICTURE_ELSEWHERE
from tribuna.importers.base import KIND_LEFT_OUT, Lost, Note, Reading, SourceBroken
from tribuna.importers.models import Archive, Finding, Origin, Run
from tribuna.newsroom.models import ArticlePage, AuthorPage
from tribuna.press.models import Purge

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.usefixtures("newsroom")]


def test_a_second_run_changes_nothing():
    bring(*archive())
    before = everything()
    outcome = bring(*archive())
    assert everything() == before
    for kind in ("article", "author", "comment", "redirect", "term"):
        assert outcome.ledger.counts[kind]["created"] == outcome.ledger.counts[kind]["updated"] == 0


def test_a_run_that_was_cut_off_goes_on_to_the_same_end(monkeypatch):
    monkeypatch.setattr("tribuna.importers.actions.running.RECORDS_AT_ONCE", 1)
    monkeypatch.setattr("tribuna.importers.actions.running.COMMENTS_AT_ONCE", 1)

    def killed(number):
        yield from islice(archive(), number)
        raise KeyboardInterrupt

    bring(*archive(), name="whole")
    whole = list(Comment.objects.order_by("pk").values_list("depth", "state", "visible", "replies", "body_html"))
    for number in range(len(archive())):
        with pytest.raises(KeyboardInterrupt):
            import_archive(Reading(killed(number)), name="cut", source="lines")
    outcome = bring(*archive(), name="cut")
    assert outcome.run.is_whole
    cut = Origin.objects.filter(archive__name="cut", kind="article").values("target")
    threads = Comment.objects.filter(page__in=cut).order_by("pk")
    assert list(threads.values_list("depth", "state", "visible", "replies", "body_html")) == whole
    assert ArticlePage.objects.filter(pk__in=cut).count() == 3
    assert not any(Page.find_problems())
    assert drifts() == []


def test_a_dry_run_shows_only_some_of_many():
    outcome = bring(*(article(str(n), html="<script>x</script>") for n in range(25)), is_dry=True)
    assert outcome.ledger.findings["article", LEFT_OUT, True] == 25
    assert len(outcome.ledger.samples["article", LEFT_OUT, True]) == 20


def test_what_has_no_place_is_kept_as_it_was():
    lost = Lost(key="menu:1", notes=(Note(KIND_LEFT_OUT, "menu", original="<a>\0\ud800"),))
    assert told(bring(lost, lost), "other") == {"read": 2, "left": 1, "twice": 1}
    assert Finding.objects.get(about=KIND_LEFT_OUT).original == "<a>?"
    assert told(bring(lost, lost), "other") == {"read": 2, "same": 1, "twice": 1}
    assert Finding.objects.count() == 2


def test_a_key_may_be_of_any_length():
    bring(article("k" * 500), article("k" * 499 + "j"))
    assert ArticlePage.objects.count() == 2


def test_a_source_that_breaks_off_leaves_what_came_before():
    def broken():
        yield article("1")
        raise SourceBroken("line 7")

    for _run in range(2):
        outcome = import_archive(Reading(broken()), name="old", source="lines")
        assert (outcome.broken, outcome.run.is_whole, ArticlePage.objects.count()) == ("line 7", False, 1)
        assert [what for _key, what in about("source")] == ["The source can't be read any further."]
    assert bring(article("1")).run.is_whole
    assert about("source") == []


def test_a_dry_run_stores_nothing_and_says_the_same(tmp_path):
    (tmp_path / "1.jpg").write_bytes(factories.photograph())
    html = '<img src="/files/1.jpg"><script>x</script>'
    records = [*archive(), file("1"), article("8", html=html), comment("9", article="8"), comment("8", article="77")]
    outcome = bring(*records, files=tmp_path, is_dry=True)
    assert [model.objects.count() for model in (Archive, Origin, Run, ArticlePage)] == [0] * 4
    assert told(outcome, "comment") == {"read": 6, "created": 5, "left": 1}
    assert ("article", LEFT_OUT, True) in outcome.ledger.findings
    assert ("article", PICTURE_ELSEWHERE, True) not in outcome.ledger.findings
    assert not (tmp_path / "report" / "originals.jsonl").exists()
    write_report(outcome, folder=tmp_path / "report")
    assert json.loads((tmp_path / "report/report.json").read_text(encoding="utf-8"))["dry"] is True


def test_the_indexes_know_what_came_and_the_press_forgets():
    bring(*archive())
    assert [page.title for page in ArticlePage.objects.search("rained", order_by_relevance=False)][:1]
    found = {page.title for page in ArticlePage.objects.search("Harbour desk")}
    assert found == {"Story 1", "Llueve"}
    assert ReferenceIndex.get_references_to(AuthorPage.objects.get(locale__language_code="en")).exists()
    assert Purge.objects.order_by("-pk").first().tags == ["fragments", "site"]


def test_the_report_tells_what_came_and_what_did_not(tmp_path):
    bring(*archive())
    outcome = bring(*archive(), article("8", html="<script>" + "x" * 3000 + "</script>"))
    bring(article("9"), name="other")
    page = write_report(outcome, folder=tmp_path / "deep" / "report")
    facts = json.loads((page.parent / "report.json").read_text(encoding="utf-8"))
    assert facts["counts"]["article"] == {
        **dict.fromkeys(("adopted", "updated", "kept", "left", "twice"), 0),
        "read": 4,
        "created": 1,
        "same": 3,
    }
    lines = (page.parent / "originals.jsonl").read_text(encoding="utf-8").splitlines()
    assert any(len(json.loads(line)["original"]) > 3000 for line in lines)
    assert "<script>" not in page.read_text(encoding="utf-8")
    assert Run.objects.count() == 3
    assert (str(Archive.objects.first()), str(Run.objects.first())) == ("old", f"old #{Run.objects.first().pk}")
    assert str(Origin.objects.filter(kind="article").first()).startswith("article ")
    assert str(Finding.objects.filter(kind="article").first()).startswith("article 8: ")


def test_the_titles_of_every_page_are_weighed_in_the_admins_index(monkeypatch):
    monkeypatch.setattr(settling, "PAGES_AT_ONCE", 2)
    monkeypatch.setattr(settling, "BATCHES_WEIGHED", 2)
    bring(*archive(), *(article(str(number), title=f"Weighed {number}") for number in range(10, 16)))
    pages = Page.objects.filter(title__startswith="Weighed").values_list("pk", flat=True)
    entries = apps.get_model("wagtailsearch", "IndexEntry").objects.filter(object_id__in=map(str, pages))
    assert entries.count() == 6
    if connection.vendor == "sqlite":  # else titles weigh nothing of their own
        assert not entries.filter(title_norm=1.0).exists()


def test_what_editors_remarked_is_asked_once(django_assert_num_queries, django_user_model):
    bring(*archive())
    pages = list(ArticlePage.objects.all())
    editor = django_user_model.objects.create_user("editor@example.org")
    remark = Remark.objects.create(page=pages[0], user=editor, text="Who said so?", contentpath="title")
    with django_assert_num_queries(1):
        settling._bring_remarks(pages)
        assert list(pages[0].wagtail_admin_comments.all()) == [remark]
        assert not any(page.wagtail_admin_comments.all() for page in pages[1:])
