"""One key for one resource, however its address was written.

Equal things give equal keys, different things never merge::

    >>> identify("https://vk.com/public123?w=wall-123_4").key == identify("-123", "vk").key
    True

A key is ``platform:rest``. Every platform has a file that says how it writes its resources; a new one is one more
``Platform`` in ``hosts.HOSTED`` and its spellings in ``words``.
"""

from __future__ import annotations

from outreach.errors import OptionError
from outreach.keys.base import Identity
from outreach.keys.domains import is_site
from outreach.keys.fediverse import is_mail
from outreach.keys.identify import PLATFORMS, identify, is_name, name_key, platform_of, strength, url_of
from outreach.keys.reddit import subreddits_in
from outreach.keys.rounding import is_doubtful
from outreach.keys.words import platform_named

__all__ = [
    "PLATFORMS",
    "Identity",
    "identify",
    "is_doubtful",
    "is_mail",
    "is_name",
    "is_site",
    "name_key",
    "platform_asked",
    "platform_named",
    "platform_of",
    "strength",
    "subreddits_in",
    "url_of",
]


def platform_asked(word: str, said: str) -> str:
    """Return the platform that a user means by a word.

    Args:
        word: What he typed.
        said: What the message repeats: the word, with its option where there is one.

    Raises:
        OptionError: It is no platform.

    Example:
        >>> platform_asked("Телеграм", "--platform Телеграм")
        'telegram'

    """
    platform = platform_named(word)
    if platform is None:
        raise OptionError(f"{said}: not a platform", hint=f"known: {', '.join(PLATFORMS)}")
    return platform
