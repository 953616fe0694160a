"""Links, mentions, hashtags and emoji inside a text, as the networks find them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    import regex

__all__ = ["InText", "emoji", "hashtags", "links", "mentions_without_host"]

_COUNTRIES: Final = (
    "ac ad ae af ag ai al am an ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw "
    "by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et eu fi fj "
    "fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir "
    "is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml "
    "mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr "
    "ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th "
    "tj tk tl tm tn to tp tr tt tv tw tz ua ug uk um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
# The usual ones of some 1,200; what is not here is a doubtful link and never counts less than it would as a link.
_GENERAL: Final = (
    "academy agency app art asia band bar bio biz blog bot boutique business cafe camp care cat cash center chat "
    "church city click cloud club coach coffee com community company consulting cool coop design dev digital direct "
    "directory domains download edu education email energy eus events expert express family fashion film finance "
    "fit fitness food foundation fun fund fyi gallery game games garden gift global gold gov group guide guru "
    "health help homes host house info ink institute int international jobs kids kitchen land law legal life link "
    "live lol love ltd management market marketing mba media mil mobi moda mom money moscow museum music name net "
    "network news ngo ninja one online org page partners parts party pet photo photography photos pictures plus "
    "press pro productions pub recipes rent reviews rocks run sale salon school science services shop show site "
    "social software solutions space store studio style support systems tax team tech tel tips today tools top "
    "tours town toys trade training travel university vip video vision website wiki win work works world xyz yoga "
    "zone"
)
_OTHER_SCRIPTS: Final = "рф рус укр бел бг мкд срб қаз мон ею дети онлайн сайт орг ком москва католик ελ ευ հայ"
_FILES: Final = "css csv doc docx exe gif html htm jpg jpeg json pdf php png ppt pptx rar svg txt xls xlsx xml"

_AFTER: Final = r"(?![0-9a-z@+-])"
_KNOWN: Final = f"(?:{'|'.join(f'{_COUNTRIES} {_GENERAL} {_OTHER_SCRIPTS}'.split())}|xn--[0-9a-z-]+){_AFTER}"
_LATIN: Final = "0-9a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_LABELS: Final = r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)*[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?\."
_BARE_LABELS: Final = rf"(?:[{_LATIN}](?:[{_LATIN}-]{{0,61}}[{_LATIN}])?\.)+"
_PATH: Final = (
    rf"(?:/(?:[{_LATIN}\u0400-\u04ff!*'/;:=+,.$%#\[\]_~|&@-]"
    rf"|\([{_LATIN}\u0400-\u04ff!*'/;:=+,.$%#\[\]_~|&@-]*\))*)"
)
_QUERY: Final = r"(?:\?[0-9a-z!?*'@();:&=+$/%#\[\]_.,~|-]*)?"
_HOST: Final = re.compile(r"(?:https?://)?([^/:?]+)", re.IGNORECASE)
_PUNCTUATION: Final = "!*';:,.$%[]~|@?&+"
_HASHTAG: Final = re.compile(r"(?<![\w&/])[#＃]\w*[^\W\d_]\w*")
_MENTION: Final = re.compile(r"(?<![\w/=])(@\w+(?:[.-]+\w+)*)@\w[\w.-]*\w")


@cache
def _link() -> re.Pattern[str]:
    """Return the expression of a link, made when the first text is looked through: it names all endings of sites."""
    return re.compile(
        rf"(?<![0-9a-z@$#])https?://(?:(?:{_LABELS}{_KNOWN}|{_LABELS}[a-z]{{2,24}}{_AFTER})(?::\d+)?{_PATH}?{_QUERY}"
        rf"|(?P<odd>[^\s<>\"«»\u200e\u200f\u202a-\u202e\u2066-\u2069]+))"
        rf"|(?<![{_LATIN}@$#/])(?<![{_LATIN}][.-])(?:(?P<bare>{_BARE_LABELS}{_KNOWN})"
        rf"|(?P<doubtful>{_BARE_LABELS}(?!(?:{_FILES.replace(' ', '|')}){_AFTER})[a-z]{{3,24}}{_AFTER}))"
        rf"(?:{_PATH}{_QUERY})?",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class InText:
    """A link inside a text.

    ``sure`` is False where a network may see no link: an unknown ending, an odd host. ``bare`` means without scheme.
    """

    start: int
    end: int
    sure: bool
    bare: bool


def links(text: str) -> Iterator[InText]:
    """Yield the links of a text from left to right, bare domains too.

    Two networks never agree on every link. Where in doubt, the link ends early, because what is left counts as text.

    Example:
        >>> text = "See https://riga.example/a?b=1, or vk.com. Not node.js, not me@mail.example"
        >>> [(text[link.start : link.end], link.sure) for link in links(text)]
        [('https://riga.example/a?b=1', True), ('vk.com', True)]

    """
    if "." not in text and "://" not in text:
        return
    for match in _link().finditer(text):
        address = _trimmed(match[0])
        bare = match["bare"] is not None or match["doubtful"] is not None
        glued = bare and text.startswith((".", "_", "-"), max(0, match.start() - 1))
        sure = match["odd"] is None and match["doubtful"] is None and not glued and _host_fits(address)
        yield InText(match.start(), match.start() + len(address), sure, bare)


def hashtags(text: str) -> list[str]:
    """Return the hashtags of a text, in order.

    Example:
        >>> hashtags("#смм и #marketing2026, а #1 и a#b — нет")
        ['#смм', '#marketing2026']

    """
    return _HASHTAG.findall(text) if "#" in text or "＃" in text else []


def mentions_without_host(text: str) -> str:
    """Return a text whose mentions have lost their server, which Mastodon does not count.

    Example:
        >>> mentions_without_host("Thanks @anna@social.example and anna@mail.example")
        'Thanks @anna and anna@mail.example'

    """
    return _MENTION.sub(r"\1", text) if "@" in text else text


@cache
def emoji() -> regex.Pattern[str]:
    """Return the pattern of one emoji: a flag, a keycap, or pictures joined into one.

    Example:
        >>> emoji().findall("1⃣ family 👨‍👩‍👧, thumb 👍🏽, flag 🇱🇻")
        ['1⃣', '👨\u200d👩\u200d👧', '👍🏽', '🇱🇻']

    """
    import regex

    one = r"\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?[\U000E0020-\U000E007F]*"
    return regex.compile(rf"\p{{RI}}{{2}}|[0-9#*]\ufe0f?\u20e3|{one}(?:\u200d{one})*")


def _trimmed(address: str) -> str:
    """An address without the punctuation of the sentence around it."""
    if "?" in address:
        return address.rstrip(_PUNCTUATION + "()")
    return address.rstrip(_PUNCTUATION)


def _host_fits(address: str) -> bool:
    """Whether every label of a host is at most 63 characters as the domain name system writes it."""
    if address.isascii():
        return True
    host = _HOST.match(address)
    labels = host[1].split(".") if host else ()
    return all(label.isascii() or len(label.encode("punycode")) <= 63 - len("xn--") for label in labels)
