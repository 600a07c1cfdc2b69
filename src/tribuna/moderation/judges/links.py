"""Holds a newcomer's link or contact detail always, and many links from anyone."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tribuna.comments.base import Decision, Draft, JudgesInTurn, Reason, Verdict
from tribuna.moderation.base import unmask_text

# The endings under which most spam lives, and every country's (ISO 3166 as delegated by IANA). A bare "word.ending" is
# taken for an address only with one of these.
_GENERIC = (
    "com net org info biz io ai app dev pro mobi name edu gov int xyz top site online store shop club vip live life "
    "world link click buzz fun icu cyou rest cam win bid loan men date review stream download work works agency media "
    "digital news blog cloud tech space website email group team company services solutions finance money capital fund "
    "credit loans casino bet poker games game health care clinic asia cat gal eus lat travel guru today sbs bond cfd "
    "quest рф"
)
_COUNTRIES = (
    "ac ad ae af ag al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf "
    "cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf "
    "gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in iq ir is it je jm jo jp ke kg kh ki km "
    "kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my "
    "mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd "
    "se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy "
    "uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)


def _any(words: str) -> str:
    return "|".join(unmask_text(words).split())


# A full stop without a blank after it is a common slip ("it was late.It rained"), so a country's ending must be small,
# or the whole address in capitals.
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = (
    rf"(?:{_LABEL}\.)+(?:(?i:{_any(_GENERIC)}|xn--[a-z0-9-]+)|{_any(_COUNTRIES)})(?![\w-])"
    rf"|(?:[A-Z0-9-]{{2,63}}\.)+(?:{_any(_COUNTRIES.upper())})(?![\w-])"
)
_LINK = re.compile(
    rf"(?i:https?|ftp)://[^\s/]+(?:/\S*)?|(?<![\w@-])(?<!\w\.)(?:(?i:www)\.[^\s/]+|{_HOST})(?::\d+)?(?:/\S*)?"
    r"|\bwatch\?v=\S+"  # of a video, whose site everybody knows
)
_EMAIL = re.compile(rf"[\w.+-]{{1,64}}@(?:{_LABEL}\.)+[^\W\d_]{{2,24}}")
_MESSENGER = re.compile(
    r"\b(?:whats ?app|telegram|signal|viber|wechat|line id|skype|kik|snapchat|instagram|discord|tel|call|text)\b"
    r"[^\n\d@+]{0,16}(?:@\w{3,}|\+?\d(?:[ ().-]{0,2}\d){5,})",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w.,])\(?\+?\(?\d(?:[ ().-]{0,3}\d){7,14}(?![\w]|[.,]\d)")
# What has as many digits and is no number to call: sums, dates, years, one after the other.
_NO_PHONE = re.compile(
    r"\d{1,3}(?:\.\d{3})+|\d+\.\d+|\d{1,3}(?: 000)+"
    r"|(?:(?:1\d|20)\d\d|\d{4}-\d\d-\d\d|\d\d?[.-]\d\d?[.-]\d{2,4})"
    r"(?:[ .-]{1,3}(?:(?:1\d|20)\d\d|\d\d?|\d{4}-\d\d-\d\d))*"
)

_TRICKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bhxxp", re.IGNORECASE), "http"),
    (re.compile(r"\s*[\[({<]\s*(?:@|at|arroba)\s*[\])}>]\s*|\s+arroba\s+", re.IGNORECASE), "@"),
    (re.compile(r"(@\S{1,63})\s+(?:dot|punto|point|ponto)\s+(?=\w)", re.IGNORECASE), r"\1."),
    (re.compile(r"\s*[\[({<]\s*(?:\.|dot|punto|point|ponto)\s*[\])}>]\s*", re.IGNORECASE), "."),
    (re.compile(rf"\s+(?:dot|punto|point|ponto)\s+(?=(?:{_any(_GENERIC)})\b)", re.IGNORECASE), "."),
    (re.compile(r"(?<=\w)\s\.\s?(?=(?:com|net|org|info|ru)\b)", re.IGNORECASE), "."),
)

# What any of these has in it, quickly found: most texts have none of it. So with addresses, and with numbers to call.
_TRICKY_SIGNS = re.compile(r"[\[({<@]|\s\.")
_TRICKY_WORDS = ("arroba", "dot", "punto", "point", "ponto", "hxxp")
_DOTTED_I = str.maketrans("İı", "ii")  # which re takes for an "i" where case doesn't count
_DOTTED = re.compile(r"\.[^\s/]|://|watch\?v=")
_CALLED = re.compile(r"[\d@]")

_ENDS = ".,;:!?…)\"'»”’"


def _plain(text: str) -> str:
    """Return *text* with "example [dot] com" and its like written as they are meant."""
    text = unmask_text(text).replace("。", ".")
    if not _is_tricky(text):
        return text
    for trick, meant in _TRICKS:
        text = trick.sub(meant, text)
    return text


def _is_tricky(text: str) -> bool:
    lowered = (text if text.isascii() else text.translate(_DOTTED_I)).lower()
    return _TRICKY_SIGNS.search(text) is not None or any(word in lowered for word in _TRICKY_WORDS)


def _has_phone(text: str) -> bool:
    return any(not _NO_PHONE.fullmatch(found.group()) for found in _DIGITS.finditer(text))


def _site(link: str) -> str:
    """Return the host of *link*, as it may be shown: without what ended the sentence."""
    return re.sub(r"^\w+://", "", link).split("/")[0].rstrip(_ENDS)[:80]


class LinksJudge(JudgesInTurn):
    """Finds links, bare domains, e-mail addresses, telephone numbers and names on messengers."""

    name = "links"
    title = _("Links")

    def judge(self, draft: Draft) -> Verdict:
        """Return HOLD for anything a newcomer can be reached or followed by, and for more links than the limit."""
        text = _plain(f"{draft.name}\n{draft.text}")
        letterless = _EMAIL.sub(" ", text) if "@" in text else text
        links = _LINK.findall(letterless) if _DOTTED.search(letterless) else []
        reasons = self._newcomer_reasons(text, letterless, links) if draft.is_newcomer else []
        if len(links) > settings.TRIBUNA_LINKS_MAXIMUM:
            message = gettext_noop("It has %(count)d links; more than %(limit)d are read by a person.")
            values = {"count": len(links), "limit": settings.TRIBUNA_LINKS_MAXIMUM}
            reasons.append(Reason(message, values, self.name))
        return Verdict(Decision.HOLD if reasons else Decision.PUBLISH, tuple(reasons))

    def _newcomer_reasons(self, text: str, letterless: str, links: list[str]) -> list[Reason]:
        reasons = []
        if links:
            message = gettext_noop("A link from a newcomer (%(site)s) is read by a person first.")
            reasons.append(Reason(message, {"site": _site(links[0])}, self.name))
        if letterless != text:
            message = gettext_noop("An e-mail address from a newcomer is read by a person first.")
            reasons.append(Reason(message, {}, self.name))
        unlinked = _LINK.sub(" ", letterless) if links else letterless
        if not _CALLED.search(unlinked):
            return reasons
        if _MESSENGER.search(unlinked) or _has_phone(unlinked):
            message = gettext_noop("A telephone number or contact from a newcomer is read by a person first.")
            reasons.append(Reason(message, {}, self.name))
        return reasons
