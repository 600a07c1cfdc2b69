"""Rows that are stored with words that are kept: just as the model's own save would store them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from tests.comments.factories import comment
from tribuna.comments.models import Comment, Receipt
from tribuna.core.inserts import (
    insert,
    insert_if_new,
    insert_many,
    insert_rows,
    insert_those_new,
    next_id,
    next_ids,
)
from tribuna.humans.models import PassBatch, SpentNonce
from tribuna.newsroom.models import SectionPage
from tribuna.press.models import Purge

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture(autouse=True)
def empty_log(db):
    """What was said while the database was made ready is not ours."""
    Purge.objects.all().delete()


def _copy(said: Comment, **changes: object) -> Comment:
    values = {field.attname: getattr(said, field.attname) for field in Comment._meta.concrete_fields}
    del values["id"], values["visible"]
    return Comment(**values | changes)


@pytest.fixture
def said(newsroom):
    return comment(factories.article())


def test_a_row_is_what_save_makes_of_it_in_one_statement(said, django_assert_num_queries):
    saved, inserted = _copy(said, path=b"a"), _copy(said, path=b"b")
    saved.save(force_insert=True)
    for _ in range(2):
        with django_assert_num_queries(1):
            insert(inserted)
        assert (inserted._state.adding, inserted.visible) == (False, True)
        inserted.refresh_from_db()
        rows = [Comment.objects.filter(pk=each.pk).values().get() for each in (saved, inserted)]
        assert rows[0] | {"id": None, "path": None} == rows[1] | {"id": None, "path": None}
        inserted = _copy(said, path=b"c")


def test_the_database_gives_a_key_where_there_is_none(db):
    first, second = Purge(tags=["a", "%s"]), Purge(tags=[])
    insert(first)
    insert(second)
    assert second.pk > first.pk
    assert [purge.tags for purge in Purge.objects.all()] == [["a", "%s"], []]


def test_dates_that_a_field_sets_by_itself_are_set(db):
    batch = PassBatch(about="comment:1", asked_digest="0" * 64)
    insert(batch)
    assert PassBatch.objects.get().drawn_at == batch.drawn_at


def test_what_may_not_stand_beside_another_row_is_refused(said):
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Receipt(comment=said, secret_hash="another"))


def test_a_row_that_is_there_already_breaks_nothing(db, django_assert_num_queries):
    first = SpentNonce(nonce="a" * 32, expires_at="2026-01-01T00:00Z")
    second = SpentNonce(nonce="a" * 32, expires_at="2027-01-01T00:00Z")
    with django_assert_num_queries(2):
        assert insert_if_new(first)
        assert not insert_if_new(second)
    assert (first._state.adding, second._state.adding) == (False, True)
    assert SpentNonce.objects.get().expires_at.year == 2026


def test_a_page_has_a_table_above_it(newsroom):
    with pytest.raises(TypeError, match="has a table above it"):
        insert(SectionPage(title="Sport"))


def test_the_next_id_is_nobodys(said):
    free = next_id(Comment)
    assert not Comment.objects.filter(pk__gte=free).exists()
    mine = _copy(said, id=free, path=b"x")
    insert(mine)
    later = _copy(said, path=b"y")
    insert(later)
    assert later.pk > free
    assert next_id(Comment) > later.pk


def test_the_first_id_of_a_table_that_never_had_a_row(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'press_purge'")
    assert next_id(Purge) >= 1


def test_what_was_deleted_leaves_no_free_number(said):
    highest = next_id(Comment)
    insert(_copy(said, id=highest, path=b"z"))
    Comment.objects.filter(pk=highest).delete()
    assert next_id(Comment) > highest


def test_values_never_become_words(db):
    with CaptureQueriesContext(connection) as seen:
        insert(Purge(tags=["'; DROP TABLE press_purge; --", "%(p0)s"]))
    assert len(seen) == 1
    assert Purge.objects.get().tags == ["'; DROP TABLE press_purge; --", "%(p0)s"]


def test_many_rows_are_what_save_makes_of_each(said, django_assert_num_queries):
    saved = _copy(said, path=b"a")
    saved.save(force_insert=True)
    first = next_id(Comment)
    with django_assert_num_queries(1):
        insert_many([_copy(said, id=first + number, path=bytes([number])) for number in range(3)])
    stored = Comment.objects.filter(pk__gte=first).order_by("pk")
    wanted = Comment.objects.filter(pk=saved.pk).values().get() | {"id": None, "path": None}
    assert [row | {"id": None, "path": None} for row in stored.values()] == [wanted] * 3
    assert [bytes(row.path) for row in stored] == [b"\0", b"\1", b"\2"]


def test_many_rows_get_keys_of_the_databases_own(db):
    insert_many([Purge(tags=["a", "%s"]), Purge(tags=["%(p0)s"])])
    insert_many([])
    assert [purge.tags for purge in Purge.objects.order_by("pk")] == [["a", "%s"], ["%(p0)s"]]


def test_many_rows_are_refused_like_one(said):
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many([Receipt(comment=said, secret_hash="another")])


def test_of_many_rows_those_are_stored_that_are_new(django_assert_num_queries):
    later = timezone.now()
    assert insert_those_new([]) == set()
    with django_assert_num_queries(1):
        assert insert_those_new([SpentNonce(nonce=nonce, expires_at=later) for nonce in "ab"]) == {"a", "b"}
    with django_assert_num_queries(1):
        assert insert_those_new([SpentNonce(nonce=nonce, expires_at=later) for nonce in "bcd"]) == {"c", "d"}
    assert sorted(SpentNonce.objects.values_list("nonce", flat=True)) == ["a", "b", "c", "d"]


def test_numbers_for_many_rows_come_with_one_statement(said, django_assert_num_queries):
    with django_assert_num_queries(1):
        numbers = next_ids(Comment, 3)
    assert len(set(numbers)) == 3
    assert min(numbers) > said.pk
    insert_many([_copy(said, id=number, path=bytes([place])) for place, number in enumerate(numbers)])
    assert next_id(Comment) > max(numbers)


def test_rows_that_are_no_instances_are_what_save_makes_of_them(said, django_assert_num_queries):
    others = [comment(factories.article()) for _ in range(2)]
    Receipt.objects.all().delete()
    with django_assert_num_queries(1):
        insert_rows(Receipt, [{"comment_id": each.pk, "secret_hash": f"x{each.pk}"} for each in others])
    Receipt(comment=said, secret_hash=f"x{said.pk}").save(force_insert=True)
    stored = list(Receipt.objects.order_by("pk").values("edits", "reasons"))
    assert stored == [{"edits": 0, "reasons": []}] * 3
    insert_rows(Receipt, [])
    assert Receipt.objects.count() == 3


def test_rows_that_are_no_instances_get_keys_of_the_databases_own(db):
    insert_rows(Purge, [{"tags": ["a"], "at": timezone.now()}, {"tags": [], "at": timezone.now()}])
    assert sorted(purge.tags for purge in Purge.objects.all()) == [[], ["a"]]


def test_a_row_with_a_name_that_no_field_has_is_refused(said):
    Receipt.objects.all().delete()
    with pytest.raises(TypeError, match="secret_hush"):
        insert_rows(Receipt, [{"comment_id": said.pk, "secret_hash": "x", "secret_hush": "y"}])
