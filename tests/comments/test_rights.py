"""What a reader may demand: a copy of all that is kept; and that it goes, which is looked for in the database."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.db import connection

from tests import factories
from tests.comments.factories import comment
from tests.comments.post import READER, alert_for
from tests.moderation.factories import moderator
from tribuna.comments.actions import (
    erase_comment,
    export_comments,
    forget_address,
    reconcile_counts,
    reject_comment,
)
from tribuna.comments.base import Reason
from tribuna.comments.models import Alert, Comment, Letter, Notice, Receipt, State, ThreadStat
from tribuna.comments.queries import comment_counts
from tribuna.comments.queries.letters import address_refs
from tribuna.core.signing import keyed_hash
from tribuna.moderation.actions import decide
from tribuna.moderation.models import AppendOnly, Decision, Trace
from tribuna.press.models import Purge

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

TEXT, NAME = "The quayside zebra saw it", "Zacharias Reader"


def places_of(*wanted: str) -> list[str]:
    """Return which columns of which tables hold one of the texts, in any capitals."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                cells = zip(names, map(_as_text, row), strict=True)
                found += [f"{table}.{name}" for name, cell in cells if any(w.lower() in cell for w in wanted)]
    return sorted(set(found))


def _as_text(value: object) -> str:
    return (bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)).lower()


@pytest.fixture
def told(newsroom):
    """A comment of which much is known: answered, decided on, with an alert and letters that wait."""
    page = factories.article()
    own = comment(page, f"{TEXT}: 1\n\n2", name=NAME, email=READER, network="192.0.2.0/24")
    alert_for(own)
    comment(page, "So did I.", name="Reader 2", reply_to=own)
    mara = moderator()
    decide(own, actor=mara, state=State.HELD, explanation=f"You write: {TEXT}")
    decide(own, actor=mara, state=State.PUBLISHED)
    return own


def test_a_copy_holds_everything(told):
    record = export_comments([told])
    assert json.loads(json.dumps(record)) == record
    (own,) = record["comments"]
    assert (own["text"], own["name"], own["state"]) == (f"{TEXT}: 1\n\n2", NAME, "published")
    assert own["address"] == f"http://testserver/en/comments/{told.pk}/"
    assert own["alerts"]["email"] == READER
    assert {letter["kind"] for letter in own["alerts"]["letters_waiting"]} == {"replies", "decision"}
    assert [decision["action"] for decision in own["decisions"]] == ["receive", "hold", "publish"]
    assert TEXT in own["decisions"][1]["explanation"]
    assert own["remembered_by_judges"]["network_hash"]
    assert record["reports"] == []


def test_a_copy_of_little_is_short(page):
    plain = comment(page)
    reject_comment(plain, reasons=[Reason("Off the subject.")])
    Trace.objects.all().delete()
    (own,) = export_comments([plain])["comments"]
    assert (own["alerts"], own["remembered_by_judges"], own["edited"]) == (None, None, None)
    assert own["told_reasons"] == ["Off the subject."]
    Receipt.objects.all().delete()
    assert export_comments([plain])["comments"][0]["told_reasons"] == []


def test_an_erased_text_is_nowhere_in_the_database(told):
    ref, text_digest = told.author_ref, Trace.objects.get(comment=told).text_digest
    assert "comments_comment.body_source" in places_of(TEXT)
    assert "comments_alert.email" in places_of(READER)
    assert "moderation_decision.explanation" in places_of(TEXT)
    erased = erase_comment(told, what="text")
    assert places_of(TEXT, NAME, READER, ref, text_digest, keyed_hash("network", "192.0.2.0/24")) == [
        "comments_asked.ref"  # that somebody asked for mail, a hash, for a day
    ]
    assert (erased.name, erased.body_html) == ("", "")
    assert not Letter.objects.filter(alert__isnull=False).exists()
    assert Decision.objects.about(told.pk).count() == 3


def test_a_tombstone_keeps_the_thread_and_no_counter_moves(told, client):
    before = comment_counts([told.page_id])
    version = ThreadStat.objects.get(page=told.page_id).version
    Purge.objects.all().delete()
    erase_comment(told, what="text")
    assert [(purge.tags, purge.withdrawn) for purge in Purge.objects.all()] == [([f"comments:{told.page_id}"], True)]
    assert comment_counts([told.page_id]) == before == {told.page_id: 2}
    assert ThreadStat.objects.get(page=told.page_id).version == version + 1
    assert reconcile_counts() == []
    shown = client.get(told.page.url).text
    assert "So did I." in shown
    assert "The author took this comment back." in shown
    assert TEXT not in shown
    assert NAME not in shown


def test_an_unlinked_name_is_nowhere_and_the_text_stays(told):
    ref = told.author_ref
    unlinked = erase_comment(told, what="name")
    assert places_of(NAME, READER, ref) == ["comments_asked.ref"]
    assert (unlinked.name, unlinked.author_ref, unlinked.state) == ("A reader", "", State.PUBLISHED)
    assert unlinked.body_source.startswith(TEXT)
    assert not Trace.objects.filter(comment=told).exists()
    assert Receipt.objects.filter(comment=told).exists()


@pytest.mark.parametrize(("state", "after"), [(State.HELD, State.REJECTED), (State.SPAM, State.SPAM)])
def test_what_nobody_saw_waits_no_longer_and_is_told_to_nobody(page, state, after):
    own = comment(page, TEXT, name=NAME, language="ar")
    Comment.objects.filter(pk=own.pk).update(state=state)
    stat = ThreadStat.objects.get(page=page)
    erased = erase_comment(own, what="text")
    assert erased.state == after
    assert ThreadStat.objects.get(page=page).version == stat.version
    assert places_of(TEXT, NAME) == []


def test_who_is_unlinked_is_called_a_reader_in_the_language_of_the_comment(page):
    assert erase_comment(comment(page, language="es"), what="name").name == "Un lector o lectora"
    assert erase_comment(comment(page, language="ar"), what="name").name == "A reader"


def test_only_the_erasure_may_touch_the_log(told):
    with pytest.raises(AppendOnly):
        Decision.objects.about(told.pk).update(explanation="")
    assert Decision.objects.about(told.pk).forget_words() == 3


def test_a_forgotten_address_is_taken_off_reports_and_alerts(told):
    refs = address_refs(READER)
    notice = Notice.objects.create(
        page=told.page,
        explanation="Wrong",
        email=READER,
        name=NAME,
        address_ref=refs[0],
        language="en",
        at=told.created_at,
    )
    Letter.objects.create(kind="notice", notice=notice, language="en", created_at=told.created_at)
    (report,) = export_comments([], notices=[notice])["reports"]
    assert (report["email"], report["explanation"], report["decided"]) == (READER, "Wrong", None)
    forget_address(*refs)
    notice.refresh_from_db()
    assert (notice.name, notice.email, notice.explanation) == ("", "", "Wrong")
    assert not Alert.objects.exists()
    assert not Letter.objects.filter(notice=notice).exists()
    assert places_of(READER) == []


def test_every_table_with_a_text_of_a_reader_is_known():
    """Whoever adds a table about a comment sees to it that it is exported and erased: add it here once it is."""
    about = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is Comment
    }
    assert about == {
        "comments.Alert",
        "comments.Comment",
        "comments.Letter",
        "comments.Notice",
        "comments.Receipt",
        "comments.ThreadStat",  # which of them is pinned
        "comments.Vote",  # of others, by a number that is spent
        "moderation.Decision",
        "moderation.Score",
        "moderation.Trace",
    }
