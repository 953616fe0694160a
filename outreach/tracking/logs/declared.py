"""Logs whose lines are declared in ``words/tools.toml``: a pattern whose groups name the parts of a request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.engine import literal
from outreach.tracking.logs.formats import Format
from outreach.tracking.logs.structured import stamp_columns
from outreach.words.vocabulary import text_in

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["declared_lines"]

FORMS: Final = ("nginx_proxy_manager", "bunny", "s3", "load_balancer")


def declared_lines(lines: Sequence[str]) -> Format | None:
    """Tell which declared form lines have; None for none.

    Example:
        >>> line = "HIT|200|1778570400000|412|390|203.0.113.7|-|https://example.com/|WA|Mozilla/5.0|322b|DE"
        >>> declared_lines([line]).name
        'Bunny CDN'

    """
    for form in FORMS:
        pattern = text_in("tools", f"logs.{form}.pattern")
        if 2 * sum(bool(re.match(pattern, line)) for line in lines) >= len(lines):
            return _format(text_in("tools", f"logs.{form}.name"), pattern)
    return None


def _format(name: str, pattern: str) -> Format:
    groups = list(re.compile(pattern).groupindex)  # in the order of the groups, as the engine wants their names
    part = {role: f"f.{role}" for role in groups}
    query = f"""
        select
            number, {part.get("vhost", "''")} as vhost, f.address as address, null::varchar as second,
            null::varchar as forwarded, {stamp_columns("f.stamp")}, {part.get("method", "'GET'")} as method,
            if(f.target = '', '/', f.target) as target, try_cast(f.status as smallint) as status,
            {part.get("referrer", "null")} as referrer, f.agent as agent
        from (select number, regexp_extract(line, {literal(pattern)}, {groups}) as f from log_lines)"""
    return Format(name, query, methods="method" in groups)
