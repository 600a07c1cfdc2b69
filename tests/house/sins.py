"""For each rule of the house, how to break it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

PAGE = "src/tribuna/theme/templates/sin.html"
SETTINGS = "src/tribuna/site/settings.py"
COMMENT_SETTINGS = "src/tribuna/site/comment_settings.py"
SPANISH = "src/tribuna/locale/es/LC_MESSAGES/django.po"


@dataclass(frozen=True)
class Sin:
    """A file, what is done to its text, and a piece of what the rule must say then."""

    path: str
    change: Callable[[str], str]
    said: str


def adds(text: str) -> Callable[[str], str]:
    return lambda before: f"{before}\n{text}\n"


def swaps(old: str, new: str) -> Callable[[str], str]:
    def change(before: str) -> str:
        assert old in before, f"nothing to break: {old!r} is not there"
        return before.replace(old, new, 1)

    return change


def empties(_before: str) -> str:
    return ""


def functions(count: int, lines: int) -> str:
    body = "    x = 1\n" * (lines - 1)
    return "\n".join(f"def f{number}():\n{body}" for number in range(count))


def spanish(original: str, translation: str) -> Callable[[str], str]:
    """Gives the entry for *original* another translation."""

    def change(before: str) -> str:
        after, count = re.subn(
            rf'(msgid "{re.escape(original)}"\nmsgstr ")[^"]*"', rf'\g<1>{translation}"', before, count=1
        )
        assert count, f"nothing to break: {original!r} is not there"
        return after

    return change


SINS: dict[str, list[Sin]] = {
    "files_are_short": [
        Sin("src/tribuna/core/net.py", adds("# longer\n" * 300), "core/net.py: 3"),
    ],
    "functions_are_short": [
        Sin("src/tribuna/core/long.py", adds(functions(1, 51)), "core/long.py:f0: 51 lines"),
        Sin("src/tribuna/core/long.py", adds(functions(5000, 9)), "the median function has 9 lines"),
        Sin("src/tribuna/core/long.py", adds(functions(5000, 26)), "one function in ten"),
    ],
    "names_say_something": [
        Sin("src/tribuna/core/utils.py", adds("x = 1"), "core/utils.py"),
        Sin("src/tribuna/core/helpers/x.py", adds("x = 1"), "core/helpers/x.py"),
        Sin("src/tribuna/core/net.py", adds("class NetworkManager: ..."), "class NetworkManager"),
        Sin("src/tribuna/core/net.py", adds("class AbstractNetFactory: ..."), "AbstractNetFactory"),
    ],
    "rooms_introduce_themselves": [
        Sin("src/tribuna/core/__init__.py", empties, "core/__init__.py: no docstring"),
    ],
    "settings_are_read_plainly": [
        Sin("src/tribuna/core/net.py", adds('getattr(settings, "X", 1)'), "core/net.py"),
    ],
    "uncovered_lines_say_why": [
        Sin("src/tribuna/core/net.py", adds("x = 1  # pragma: " + "no cover"), "core/net.py"),
    ],
    "defaults_are_told": [
        Sin(
            COMMENT_SETTINGS,
            swaps("TRIBUNA_LINKS_MAXIMUM = 2", "TRIBUNA_LINKS_MAXIMUM = 2 * 3_000"),
            "MAXIMUM is 6,000, not 2",
        ),
        Sin(
            "src/tribuna/site/env.py",
            swaps('"TIME_ZONE", "UTC"', '"TIME_ZONE", "GMT"'),
            "TIME_ZONE is `GMT`, not `UTC`",
        ),
    ],
    "reference_is_complete": [
        Sin(SETTINGS, adds("TRIBUNA_SIN = 1"), "settings.md: nothing about TRIBUNA_SIN"),
        Sin(SETTINGS, adds("TRIBUNA_SIN: int = 1"), "settings.md: nothing about TRIBUNA_SIN"),
        Sin("docs/reference/settings.md", adds("`TRIBUNA_GONE`"), "TRIBUNA_GONE is gone"),
        Sin("src/tribuna/site/env.py", adds('SIN = _env.int("SIN", 1)'), "about TRIBUNA_SIN"),
        Sin("docs/reference/commands.md", adds("`tribuna sin`"), "commands.md: sin is gone"),
        Sin("docs/reference/environment.md", adds("`TRIBUNA_GONE`"), "TRIBUNA_GONE is gone"),
        Sin("src/tribuna/site/cli.py", adds('x.add_parser("sin")'), "commands.md: nothing about sin"),
        Sin("src/tribuna/core/management/commands/sin.py", adds("x = 1"), "nothing about sin"),
        Sin("src/tribuna/core/signals.py", adds("sinned = Signal()"), "nothing about sinned"),
        Sin(
            "src/tribuna/theme/templatetags/sin.py",
            adds("@register.simple_tag\ndef sin(): ..."),
            "template-tags.md: nothing about sin",
        ),
        Sin(
            "src/tribuna/theme/templatetags/sin.py",
            adds('@register.filter("sinful")\ndef sin(): ...'),
            "template-tags.md: nothing about sinful",
        ),
        Sin(
            "src/tribuna/theme/templatetags/sin.py",
            adds('@register.inclusion_tag("sin.html", name="sinful")\ndef sin(): ...'),
            "template-tags.md: nothing about sinful",
        ),
        Sin("src/tribuna/core/checks.py", adds('"tribuna.core.E999"'), "nothing about tribuna.core"),
        Sin("docs/reference/checks.md", adds("`tribuna.core.E999`"), "tribuna.core.E999 is gone"),
    ],
    "deployment_is_safe": [
        Sin(SETTINGS, adds("SECURE_CONTENT_TYPE_NOSNIFF = False"), "security.W006"),
        Sin(SETTINGS, adds("SESSION_COOKIE_SECURE = False"), "security.W012"),
        Sin(SETTINGS, adds("DEBUG = True"), "security.W018"),
    ],
    "migrations_are_made": [
        Sin(
            "src/tribuna/people/models.py",
            swaps("    class Meta:", "    sin = models.TextField()\n\n    class Meta:"),
            "Add field sin to user",
        ),
    ],
    "rooms_look_only_down": [
        Sin("src/tribuna/core/net.py", adds("import tribuna.people.models"), "core.net -> tribuna.people"),
        Sin(
            "src/tribuna/people/forms.py",
            adds("def sin():\n    from tribuna.comments import models"),
            "people.forms -> tribuna.comments.models",
        ),
        Sin(
            "src/tribuna/newsroom/models/sin.py",
            adds("import tribuna.comments.models"),
            "newsroom.models.sin -> tribuna.comments",
        ),
        Sin("src/tribuna/people/models.py", adds("import tribuna.people.forms"), "models -> tribuna.people.forms"),
        Sin(
            "src/tribuna/moderation/queries.py",
            adds("import tribuna.comments.urls"),
            "Illegal imports of protected package tribuna.comments.urls",
        ),
        Sin("src/tribuna/opinions/__init__.py", adds('"""An undeclared room."""'), "opinions"),
        Sin("src/tribuna/people/tools.py", adds("x = 1"), "people.tools"),
    ],
    "requirements_are_locked": [
        Sin("requirements/run.txt", adds("left-pad==1.0"), "left-pad is not locked by hash"),
        Sin("requirements/run.txt", adds("-f somewhere"), "-f somewhere is no locked requirement"),
        Sin("requirements/dev.txt", adds("left-pad @ https://example.org/x"), "left-pad is not"),
        Sin(
            "pyproject.toml", swaps('    "django~', '    "left-pad",\n    "django~'), "run.txt: nothing about left-pad"
        ),
        Sin("pyproject.toml", swaps('    "babel",', '    "left-pad",'), "dev.txt: nothing about left-pad"),
        Sin("docs/decisions/0002-dependencies.md", swaps("| pillow |", "| |"), "nothing about pillow"),
    ],
    "pages_point_at_no_other_host": [
        Sin(PAGE, adds('<img src="https://example.org/x.png">'), "https://example.org"),
        Sin(PAGE, adds('<img src="//example.org/x.png">'), "//example.org"),
        Sin("src/tribuna/theme/static/sin.css", adds("a{b:url(//example.org/x)}"), "//example.org"),
        Sin("src/tribuna/theme/static/sin.js", adds("fetch('http://example.org')"), "http://example"),
    ],
    "pages_carry_no_inline_code": [
        Sin(PAGE, adds("<script>sin()</script>"), "<script>"),
        Sin(PAGE, adds('<script type="module">sin()</script>'), "<script>"),
        Sin(PAGE, adds("<style>p {}</style>"), "<style>"),
        Sin(PAGE, adds('<p {% if sin %}style="x"{% endif %}>'), "style= on <p>"),
        Sin(PAGE, adds("<p onclick={{ sin }}>"), "onclick= on <p>"),
        Sin(PAGE, adds('<a href="javascript:sin()">'), "href=javascript on <a>"),
    ],
    "files_tell_no_registry_and_no_machine": [
        Sin("README.md", adds("from pypi" + ".org"), "README.md: pypi"),
        Sin("dev", adds("pip install --index" + "-url x"), "dev: --index"),
        Sin("docs/sin.md", adds("cd /" + "home/sinner"), "docs/sin.md: /home"),
    ],
    "plugs_are_alike": [
        Sin("src/tribuna/humans/challenges/sin.py", adds("x = 1"), "TRIBUNA_CHALLENGES: sin is not listed"),
        Sin(SETTINGS, adds('TRIBUNA_SINS = ["tribuna.core.sins.sloth.Sloth"]'), "no Protocol Sin"),
        Sin(SETTINGS, adds('TRIBUNA_SINS = ["tribuna.core.sins.sloth.Sloth"]'), "is a simple one"),
        Sin(SETTINGS, adds('TRIBUNA_SINS = ["tribuna.core.sins.sloth.Sloth"]'), "no contract test"),
        Sin(SETTINGS, adds('TRIBUNA_SINS = ["tribuna.core.sins.sloth.Sloth"]'), "write-a-sin.md"),
        Sin(SETTINGS, adds('TRIBUNA_SINS = ["tribuna.core.sins.sloth.Sloth"]'), "no system check"),
    ],
    "templates_hold_no_bare_words": [
        Sin(PAGE, adds("{% block content %}<p>{{ name }} sins</p>{% endblock %}"), "sin.html: 'sins'"),
        Sin(PAGE, adds('<img alt="A sin" src="{% static x %}">'), "sin.html: 'A sin'"),
        Sin("src/tribuna/moderation/templates/moderation/sin.html", adds("<button>Sin</button>"), "sin.html: 'Sin'"),
    ],
    "typing_is_strict": [
        Sin("pyproject.toml", swaps("strict = true\nplugins", "plugins"), "mypy is not strict"),
        Sin(
            "pyproject.toml",
            swaps('    "tribuna.people.viewsets",', '    "tribuna.core.net",'),
            "core.net imports nothing",
        ),
        Sin(
            "pyproject.toml",
            swaps('    "tribuna.people.viewsets",', '    "tribuna.core.sin",'),
            "there is no tribuna.core.sin",
        ),
    ],
    "languages_are_complete": [
        Sin("src/tribuna/core/net.py", adds('_("A sin")'), "es: not in the catalogue: 'A sin'"),
        Sin(PAGE, adds('{% translate "A sin" %}'), "es: not in the catalogue: 'A sin'"),
        Sin(PAGE, adds('{% instory x %}{% translate "A sin" %}{% endinstory %}'), "ar: not in the catalogue"),
        Sin(SPANISH, adds('msgid "Gone"\nmsgstr "Ido"'), "nobody says any more: 'Gone'"),
        Sin(SPANISH, spanish("People", ""), "no translation: 'People'"),
        Sin(SPANISH, spanish("People", "%(sin)s"), "other placeholders or tags: 'People'"),
        Sin(SPANISH, spanish("People", "<b>Personas</b>"), "other placeholders or tags: 'People'"),
        Sin(SPANISH, swaps('msgid "People"', '#, fuzzy\nmsgid "People"'), "fuzzy: 'People'"),
        Sin(SPANISH, adds('#~ msgid "Gone"\n#~ msgstr "Ido"'), "obsolete entries"),
    ],
}
