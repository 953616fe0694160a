"""Which requests are of a page, of a link with tags, or of the page behind the goal; as patterns for the engine.

The engine's patterns take time in proportion to the text, whatever somebody sends.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from outreach.engine import literal
from outreach.errors import OptionError
from outreach.tracking.tags import NAMES
from outreach.words.vocabulary import texts_of

__all__ = ["ASSET", "LINK", "TAGS", "goal_pattern"]

ENDINGS: Final = (
    "css js mjs map json xml txt webmanifest png jpg jpeg gif svg webp avif ico bmp cur woff woff2 ttf otf eot "
    "mp4 webm m4v mov mp3 ogg wav m4a ts m3u8 wasm"
)
ASSET: Final = rf"^[^?#]*\.(?i:{'|'.join(ENDINGS.split())})(?:[?#]|$)"
"""What a page consists of, and what only programs ask for; documents and archives are what people click."""

# "start" is what a Telegram bot receives; in the address of a page it is the number of the first result.
TAG_NAMES: Final = "|".join(name for name, field in NAMES.items() if field != "start")
TAG: Final = rf"(?i)(?:[?&#]|&amp;|%3f)(?:{TAG_NAMES})=[^&?#]*"
ENCODED_NAME: Final = r"[?&#][^=&?#]*%[^=&?#]*="  # it may be a tag's in disguise: utm%5Fsource
TAGGED: Final = (
    "(contains(target, '=') and "
    f"(regexp_matches(target, {literal(TAG)}) or regexp_matches(target, {literal(ENCODED_NAME)})))"
)
"""Whether there may be tags in a target."""

_HOST: Final = "replace(lower(split_part(referrer, '/', 3)), 'www.', '')"
_SITES: Final = ", ".join(literal(site) for site in texts_of("assistants.sites"))
LINK: Final = f"""case
    when what <> 'page' then null
    when {TAGGED} then target
    when referrer <> '-' and {_HOST} in ({_SITES}) then '/?utm_source=' || {_HOST}
    end"""
"""The target of a request by a tagged link; of one out of an assistant's answer a link with that source."""

TAGS: Final = (
    f"if(regexp_matches(link, {literal(ENCODED_NAME)}), link, "
    f"array_to_string(regexp_extract_all(link, {literal(TAG)}), ''))"
)
"""The tags of a link, cut out of it: thousands may differ in other parameters only."""

UNRESERVED: Final = re.compile(r"[A-Za-z0-9_~-]")


def goal_pattern(path: str) -> str:
    r"""Return the pattern of requests for the page behind the goal.

    Args:
        path: Like ``/thanks``, as a person types it or as it stands in the address line; a whole address will do. The
            query does not count, nor does a slash at the end. With ``*`` at the end: whatever begins like that.

    Raises:
        OptionError: It says nothing.

    Example:
        >>> import re
        >>> [bool(re.search(goal_pattern("/thanks"), at)) for at in ("/thanks?x=1", "/thanks/", "/thanksgiving")]
        [True, True, False]
        >>> bool(re.search(goal_pattern("/спасибо*"), "/%D1%81%D0%BF%D0%B0%D1%81%D0%B8%D0%B1%D0%BE/1"))
        True

    """
    tidy = path.strip()
    begins = tidy.endswith("*")
    tidy = (urlsplit(tidy).path if "://" in tidy else re.split("[?#]", tidy)[0]).rstrip("*")
    if not tidy:
        raise OptionError("--goal-path: no path", hint="give what stands behind the site's name, like /thanks")
    tidy = unquote(tidy if tidy.startswith("/") else f"/{tidy}")
    if not begins:
        tidy = tidy.rstrip("/")
    end = "" if begins else "/?(?:[?#]|$)"
    return r"^(?:[A-Za-z]+://[^/?#]*)?" + "".join(map(_letter, tidy)) + end


def _letter(letter: str) -> str:
    """Return the ways in which a letter of a path stands in logs: as it is, encoded, or escaped by nginx."""
    if UNRESERVED.fullmatch(letter):
        return letter
    octets = letter.encode("utf-8", "replace")
    encoded = "".join(f"%{octet:02X}" for octet in octets)
    plain = re.escape(letter)
    ways = [plain, f"(?i:{encoded})"]
    if not letter.isascii():
        ways.append("(?i:" + "".join(rf"\\x{octet:02X}" for octet in octets) + ")")
    return f"(?:{'|'.join(ways)})"
