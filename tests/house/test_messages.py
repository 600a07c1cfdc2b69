from __future__ import annotations

import gettext
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog

from tools import messages, pseudo

PYTHON = """
from django.utils.translation import gettext_lazy as _, gettext_noop, ngettext_lazy, pgettext_lazy

NAME = _("Harbour")
# Translators: on a button
SEND = pgettext_lazy("verb", "Post")
COUNT = ngettext_lazy("%(count)d boat", "%(count)d boats", "count")
REASON = gettext_noop("It rained.")
"""
TEMPLATE = """{% load i18n %}
    <p title="{% translate 'Title of a "page"' %}">Not a message</p>
  {% blocktranslate trimmed with name=page.title %}
    By {{ name }},
    of the harbour
  {% endblocktranslate %}
{% blocktranslate count counter=n %}{{ counter }} fish{% plural %}{{ counter }} fishes{% endblocktranslate %}
{% instory page.language %}{% translate "READ MORE:" %}{% endinstory %}
{% include "x.html" with label=_("As an argument") %}
"""


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "src/boats/migrations").mkdir(parents=True)
    (tmp_path / "src/boats/names.py").write_text(PYTHON)
    (tmp_path / "src/boats/migrations/0001.py").write_text('_("Never said")')
    (tmp_path / "src/boats/page.html").write_text(TEMPLATE)
    return tmp_path


def _keys(words):
    return {messages.key(message) for message in words if message.id}


def test_words_are_found_in_python_and_in_templates(tree):
    assert _keys(messages.words_in(tree, "es")) == {
        (None, "Harbour"),
        ("verb", "Post"),
        (None, "%(count)d boat"),
        (None, "It rained."),
        (None, 'Title of a "page"'),
        (None, "By %(name)s, of the harbour"),
        (None, "%(counter)s fish"),
        (None, "READ MORE:"),
        (None, "As an argument"),
    }


def test_a_language_of_stories_says_only_what_stands_inside_one(tree):
    assert _keys(messages.words_in(tree, "ar")) == {(None, "READ MORE:")}


def test_translations_are_kept_and_nothing_is_guessed(tree):
    old = Catalog(locale="es")
    old.add("Harbour", "Puerto")
    old.add("It rains.", "Llueve.")
    old.add("READ MORE:", "LEA MÁS:", flags=["fuzzy"])

    new = messages.brought_up_to_date(messages.words_in(tree, "es"), old)

    assert {message.id: message.string for message in new if message.id and message.string} == {
        "Harbour": "Puerto",
        ("%(count)d boat", "%(count)d boats"): ("", ""),
        ("%(counter)s fish", "%(counter)s fishes"): ("", ""),
    }
    assert "It rains." not in {message.id for message in new}
    assert len(messages.untranslated(new)) == 8


def test_the_same_words_give_the_same_bytes_without_dates_and_line_numbers(tree):
    new = messages.brought_up_to_date(messages.words_in(tree, "es"), Catalog(locale="es"))
    text = messages.as_po(new).decode()

    (tree / "src/boats/names.py").write_text("\n\n\n" + PYTHON)
    moved = messages.brought_up_to_date(messages.words_in(tree, "es"), Catalog(locale="es"))

    assert messages.as_po(moved).decode() == text
    assert "Date" not in text
    assert "#: src/boats/names.py\n" in text
    assert "#. on a button" in text


def test_a_compiled_catalogue_speaks(tree):
    old = Catalog(locale="ar")
    old.add("READ MORE:", "اقرأ أيضًا:")
    book = messages.brought_up_to_date(messages.words_in(tree, "ar"), old)
    spoken = gettext.GNUTranslations(BytesIO(messages.as_mo(book)))
    assert spoken.gettext("READ MORE:") == "اقرأ أيضًا:"


def test_catalogues_are_written_and_what_is_missing_is_said(tree, capsys, monkeypatch):
    monkeypatch.setattr(messages, "ROOT", tree)

    assert messages.main() == 1

    assert "es: 9 messages, 9 without translation" in capsys.readouterr().out
    assert messages.catalogue_path(tree, "es").exists()
    assert messages.catalogue_path(tree, "fr").with_suffix(".mo").exists()


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Search", "⟦Search⟧"),
        ("%(count)d comments", "%(count)d⟦ comments⟧"),
        ("By %(name)s, of %(place)s", "⟦By ⟧%(name)s⟦, of ⟧%(place)s"),
        ("Read <b>this</b> &amp; that", "⟦Read ⟧<b>⟦this⟧</b> &amp;⟦ that⟧"),
        ("100%% of %s", "100%%⟦ of ⟧%s"),
        ("{names} and {last}", "{names}⟦ and ⟧{last}"),
        (", ", ", "),
    ],
)
def test_the_pseudo_language_keeps_what_is_not_words(message, said):
    assert pseudo.pseudo(message) == said


def test_the_pseudo_language_says_every_message(tree):
    book = pseudo.pseudo_catalogue([messages.words_in(tree, "es")], "es")
    spoken = gettext.GNUTranslations(BytesIO(messages.as_mo(book)))

    assert spoken.gettext("Harbour") == "⟦Harbour⟧"
    assert spoken.pgettext("verb", "Post") == "⟦Post⟧"
    assert spoken.ngettext("%(count)d boat", "%(count)d boats", 3) == "%(count)d⟦ boats⟧"
    assert messages.untranslated(book) == []
