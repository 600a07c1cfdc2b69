"""What the numbers of the structure say in words. Those that say nothing by themselves are left out."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_noop

FACTS: Mapping[str, str] = {
    "links": gettext_noop("It has a link."),
    "link_share": gettext_noop("Much of it is a link."),
    "link_end": gettext_noop("It ends with a link."),
    "markup": gettext_noop("It has markup in it, as machines write it."),
    "contact": gettext_noop("It says how to get in touch."),
    "numbers": gettext_noop("It has many figures."),
    "codes": gettext_noop("It has codes of letters and figures."),
    "amounts": gettext_noop("It names sums of money."),
    "capitals": gettext_noop("It has many capitals."),
    "shouting": gettext_noop("It shouts."),
    "exclaims": gettext_noop("It has many exclamation marks."),
    "marks": gettext_noop("It has many unusual signs."),
    "symbols": gettext_noop("It has many symbols."),
    "stretched": gettext_noop("It stretches letters."),
    "repeated": gettext_noop("It says the same words again and again."),
    "packed": gettext_noop("It repeats itself."),
    "calls": gettext_noop("It asks readers to go somewhere, to follow or to call."),
    "money": gettext_noop("It speaks of money, prizes or discounts."),
    "vice": gettext_noop("It speaks of pills, bets or encounters."),
    "self": gettext_noop("It speaks of the author's own channel, site or company."),
    "trade": gettext_noop("It offers a trade that spam often offers."),
    "hurry": gettext_noop("It urges readers to hurry."),
    "flattery": gettext_noop("It praises the page in general words."),
    "begging": gettext_noop("It begs for likes, votes or shares."),
    "alike": gettext_noop("It has letters of other scripts that look like Latin ones."),
    "fancy": gettext_noop("It has decorated letters."),
    "hidden": gettext_noop("It has hidden characters or stacks of marks."),
    "spaced": gettext_noop("It has words with something between all letters."),
    "leet": gettext_noop("It has figures in place of letters."),
    "name": gettext_noop("The author's name is an advertisement."),
}
