"""What the benchmark's stories say: nothing, always the same, and as compressible as something."""

from __future__ import annotations

import gzip

from bench.prose import COMMENT_WORDS, answered, english, paragraphs, prose, remark
from tribuna.learning.features import examine
from tribuna.learning.prior import shipped_prior


def test_the_same_is_said_at_every_run():
    assert prose("a", 28) == prose("a", 28) != prose("b", 28)


def test_words_stand_in_sentences():
    text = prose("a", 30)
    assert len(text.split()) == 30
    assert text.count(". ") == 2
    assert text.endswith(".")


def test_no_two_paragraphs_and_no_two_comments_are_alike():
    assert len({words for story in range(5) for words in paragraphs(story)}) == 40
    assert len({remark(number) for number in range(50)}) == 50
    assert len(remark(0).split()) == COMMENT_WORDS


def test_what_is_sent_as_a_comment_is_no_spam_and_never_the_same():
    texts = [english(number, 55) for number in range(50)]
    assert len(set(texts)) == 50
    assert sum(shipped_prior().score(examine(text)) < 0 for text in texts) >= 45


def test_it_compresses_as_prose_does():
    text = prose("a", 3_000).encode()
    assert 2 < len(text) / len(gzip.compress(text)) < 3.5


def test_two_comments_of_five_begin_a_conversation():
    assert [answered(number) for number in range(10)] == [0, 0, 1, 1, 3, 0, 0, 1, 1, 3]
