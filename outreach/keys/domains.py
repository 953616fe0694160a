"""Sites as people type them without a scheme, which names with a dot look like (``vc.ru``, ``sleepy.ab``)."""

from __future__ import annotations

import re
from typing import Final

from outreach.keys.base import fullmatch, words

__all__ = ["is_site"]

_DOMAIN: Final = fullmatch(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+([a-z]{2,5}|рф|ελ|հայ)", re.IGNORECASE)
_COMMON_ENDINGS: Final = words("com org net info biz media news blog shop club рф ελ հայ")
_COUNTRIES: Final = words(
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd "
    "cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge "
    "gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh "
    "ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw "
    "mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb "
    "sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk "
    "us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)


def is_site(text: str) -> bool:
    """Whether a bare text of one word can be the name of a site.

    Of endings that no country has, only those count that people use for sites and not in names (``Node.js``). A name
    can look like a site all the same (``will.i.am``): beside a column of addresses it is one.

    Example:
        >>> [is_site(text) for text in ("vc.ru", "tert.am", "sleepy.ab", "Node.js", "will.i.am")]
        [True, True, False, False, True]

    """
    found = _DOMAIN(text) if "." in text else None
    return found is not None and ((end := found[1].lower()) in _COUNTRIES or end in _COMMON_ENDINGS)
