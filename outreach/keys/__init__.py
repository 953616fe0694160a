"""One key for one resource, however its address was written.

Equal things give equal keys, different things never merge::

    >>> identify("https://vk.com/public123?w=wall-123_4").key == identify("-123", "vk").key
    True

A key is ``platform:rest``. Every platform has a file that says how it writes its resources; a new one is one more
``Platform`` in ``hosts.HOSTED`` and its spellings in ``words``.
"""

from __future__ import annotations

from outreach.keys.base import Identity
from outreach.keys.identify import PLATFORMS, identify, is_name, name_key, platform_of, strength, url_of
from outreach.keys.words import platform_named

__all__ = [
    "PLATFORMS",
    "Identity",
    "identify",
    "is_name",
    "name_key",
    "platform_named",
    "platform_of",
    "strength",
    "url_of",
]
