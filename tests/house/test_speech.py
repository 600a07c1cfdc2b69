from __future__ import annotations

from tests.house.speech import Saying, letters, sayings

PAGE = """<!doctype html><html lang="es"><head><title>Uno</title><meta name="description" content="Dos">
<meta name="viewport" content="width=1"><script>never()</script></head>
<body><p title="Tres">Cuatro <b lang="en">Five</b> seis<br>siete</p>
<img alt="Ocho"><input type="submit" value="Nueve"><input type="text" value="typed">
<p lang="fr">Dix <em>onze</em></p><div data-wait="Doce o trece" data-id="x"></div><svg><path d="M0"/></svg>fin</body>
</html>"""


def test_a_page_says_its_texts_and_its_spoken_attributes_in_their_languages():
    said = [(saying.text, saying.language) for saying in sayings(PAGE)]

    assert said == [
        ("Uno", "es"),
        ("Dos", "es"),
        ("Tres", "es"),
        ("Cuatro", "es"),
        ("Five", "en"),
        ("seis", "es"),
        ("siete", "es"),
        ("Ocho", "es"),
        ("Nueve", "es"),
        ("Dix", "fr"),
        ("onze", "fr"),
        ("Doce o trece", "es"),
        ("fin", "es"),
    ]


def test_it_is_said_where():
    assert sayings('<p lang="en"><b>x</b></p>') == [Saying("x", "en", "<p> <b>")]


def test_letters_are_what_is_left_without_figures_and_signs():
    assert letters("2 de diciembre, 1.234 – «αβγ»!") == "de diciembre αβγ"
