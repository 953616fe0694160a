"""Logs whose lines lie inside of other lines: of Docker, syslog, collectors, and Caddy's on a console."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from outreach.engine import literal
from outreach.tracking.logs.formats import Format, classic
from outreach.tracking.logs.structured import json_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["json_around", "json_behind"]

FIELDS: Final = ("log", "message", "MESSAGE", "msg", "textPayload", "line")
WHEN: Final = r"([0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ][0-9:]{8}(?:[.,][0-9]+)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
BEFORE: Final = rf"^[^{{]*?{WHEN}[^{{]*\{{"


def json_around(lines: Sequence[str]) -> Format | None:
    r"""Tell the format of lines that are a text in JSON, as Docker keeps them; None where they are none.

    Example:
        >>> inner = '203.0.113.7 - - [12/May/2026:10:00:00 +0300] \\"GET / HTTP/1.1\\" 200 5\\n'
        >>> json_around([f'{{"log": "{inner}", "stream": "stdout"}}']).name
        'common'

    """
    for field in FIELDS:
        inner = [text for line in lines if (text := _inside(line, field))]
        if 2 * len(inner) < len(lines):
            continue
        if form := (json_lines(inner) if inner[0].startswith("{") else classic(inner)):
            path = literal(f'$."{field}"')
            text = f"if(json_valid(line), json_extract_string(line, {path}), '')"
            return _within(form, f"select number, rtrim({text}) as line from log_lines")
    return None


def json_behind(lines: Sequence[str]) -> Format | None:
    r"""Tell the format of lines of JSON with something before them, which may hold the time; None where they are none.

    Example:
        >>> record = '{"request": {"remote_ip": "203.0.113.7", "method": "GET", "uri": "/"}, "status": 200}'
        >>> json_behind([f"2026/05/12 10:00:00.815\tINFO\thttp.log.access\thandled request\t{record}"]).name
        'JSON'

    """
    bare = [re.sub(BEFORE, r'{"log_stamp":"\1",', line) for line in lines if "{" in line]
    form = json_lines(bare) if bare and 2 * len(bare) >= len(lines) else None
    if form is None:
        return None
    whole = f'regexp_replace(line, {literal(BEFORE)}, \'{{"log_stamp":"\\1",\')'
    return _within(form, f"select number, {whole} as line from log_lines")


def _inside(line: str, field: str) -> str:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    text = found.get(field) if isinstance(found, dict) else None
    return text.strip() if isinstance(text, str) else ""


def _within(form: Format, lines: str) -> Format:
    query = form.query.replace("from log_lines", "from log_inner")
    return replace(form, query=f"with log_inner as ({lines}) {query}")
