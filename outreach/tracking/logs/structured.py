"""Logs whose fields have names: lines of JSON (nginx, Caddy, Traefik), and W3C's form (IIS, CloudFront)."""

from __future__ import annotations

import json
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from outreach.engine import literal
from outreach.tracking.logs.clients import public_first
from outreach.tracking.logs.formats import CLOCK, REQUEST, Format

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["fields_lines", "json_lines", "stamp_columns", "w3c"]

# Names in the order of preference; a point goes into an object. nginx has no names of its own: these are what its
# manual, its variables and guides for it use.
ROLES: Final = MappingProxyType(
    {
        "address": (
            "request.client_ip", "request.remote_ip", "request.remote_addr", "remote_addr", "remote_ip", "client_ip",
            "ip", "ClientIP", "clientip", "client", "remote_host", "ClientHost", "ClientAddr",
        ),
        "forwarded": (
            "http_x_forwarded_for", "x_forwarded_for", "request.headers.X-Forwarded-For", "X-Forwarded-For", "xff",
            "forwarded_for", "http_cf_connecting_ip", "cf_connecting_ip", "request.headers.Cf-Connecting-Ip",
            "http_x_real_ip", "x_real_ip", "realip", "real_ip", "proxy_protocol_addr", "request_X-Forwarded-For",
        ),
        "stamp": (
            "ts", "time_iso8601", "time_local", "@timestamp", "timestamp", "time", "datetime", "date", "StartLocal",
            "StartUTC", "EdgeStartTimestamp", "msec", "log_stamp",
        ),
        "method": (
            "request.method", "request_method", "method", "verb", "http_method", "RequestMethod",
            "ClientRequestMethod",
        ),
        "target": (
            "request.uri", "request_uri", "request", "RequestPath", "ClientRequestURI", "url", "uri", "path",
            "document_uri",
        ),
        "args": ("args", "query_string", "query"),
        "status": (
            "status", "status_code", "http_status", "response", "code", "DownstreamStatus", "EdgeResponseStatus",
        ),
        "agent": (
            "request.headers.User-Agent", "http_user_agent", "user_agent", "request_User-Agent", "agent", "useragent",
            "userAgent", "ua", "ClientRequestUserAgent",
        ),
        "referrer": (
            "http_referer", "request.headers.Referer", "referer", "referrer", "http_referrer", "request_Referer",
            "ClientRequestReferer",
        ),
        "vhost": (
            "request.host", "http_host", "host", "server_name", "vhost", "domain", "RequestHost", "ClientRequestHost",
        ),
    }
)  # fmt: skip
NEEDED: Final = frozenset({"address", "stamp", "target", "status"})
STATUS: Final = re.compile("[1-5][0-9]{2}")
EPOCH: Final = r"[0-9]{9,19}(?:\.[0-9]+)?"
MILLISECONDS: Final = 10**11  # seconds reach it in the year 5138
NANOSECONDS: Final = 10**17
ISO: Final = r"^([0-9]{4}[-/][0-9]{2}[-/][0-9]{2})[T ]([0-9:]{8})(?:[.,][0-9]+)? ?(Z|[+-][0-9]{2}:?[0-9]{2})?$"
PORT: Final = r"^(?:\[(.*)\]|([0-9.]+))(?::[0-9]+)?$"
FIELDS: Final = "#Fields:"
W3C_ROLES: Final = MappingProxyType(
    {
        "method": ("cs-method",),
        "target": ("cs-uri-stem",),
        "args": ("cs-uri-query",),
        "address": ("c-ip",),
        "agent": ("cs(user-agent)",),
        "status": ("sc-status",),
        "vhost": ("x-host-header", "cs-host", "cs(host)"),
        "referrer": ("cs(referer)",),
        "date": ("date",),
        "time": ("time",),
        "forwarded": (
            "x-forwarded-for", "cs(x-forwarded-for)", "x-real-ip", "cs(x-real-ip)", "cf-connecting-ip",
            "cs(cf-connecting-ip)", "true-client-ip", "x-client-ip", "original-ip",
        ),
    }
)  # fmt: skip


def json_lines(lines: Sequence[str]) -> Format | None:
    """Tell whether lines are requests in JSON, and where in it their parts stand; or None.

    Example:
        >>> line = '{"time": "2026-05-12T10:00:00+03:00", "ip": "::1", "request": "GET / HTTP/1.1", "status": "200"}'
        >>> json_lines([line]).agents
        False

    """
    records = [record for line in lines if (record := _record(line)) is not None]
    if not records or 2 * len(records) < len(lines):
        return None
    paths = {role: path for role, names in ROLES.items() if (path := _path(records, names))}
    if NEEDED - paths.keys() or 2 * sum(_answered(record) for record in records) < len(records):
        return None
    whole = paths["target"] == '$."request"'
    query = _json_query(paths, whole=whole)
    reason = "not-whole-json"
    return Format("JSON", query, reason, methods=whole or "method" in paths, agents="agent" in paths)


def w3c(lines: Sequence[str]) -> Format | None:
    """Tell whether lines are in W3C's extended form, as IIS and CloudFront write it; or None.

    Example:
        >>> head = "#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status cs(User-Agent)"
        >>> w3c([head, "2026-05-12 10:00:00 203.0.113.7 GET / - 200 Mozilla/5.0+(X11)"]).name
        'W3C'

    """
    head = next((line for line in lines if line.startswith(FIELDS)), None)
    if head is None:
        return None
    fields = [name.lower() for name in head.removeprefix(FIELDS).split()]
    places = {role: 1 + fields.index(name) for role, names in W3C_ROLES.items() for name in names if name in fields}
    if {"date", "time", "target", "address", "status"} - places.keys():
        return None
    tabs = any("\t" in line for line in lines if not line.startswith("#"))
    query = _w3c_query(places, "\\t" if tabs else " ", len(fields))
    return Format("W3C", query, methods="method" in places, agents="agent" in places)


def _record(line: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _answered(record: Mapping[str, Any]) -> bool:
    """Whether a record has the status of an answer; an order has one too, which is no such number."""
    return any(STATUS.fullmatch(str(record.get(name))) for name in ROLES["status"])


def _path(records: Sequence[Mapping[str, Any]], names: Sequence[str]) -> str:
    """Return where in the records the first of some names stands, empty where none does."""
    for name in names:
        steps = name.split(".")
        for record in records:
            value: Any = record
            for step in steps:
                value = value.get(step) if isinstance(value, dict) else None
            if isinstance(value, str | int | float):
                return "$" + "".join(f'."{step}"' for step in steps)
            if isinstance(value, list):
                return "$" + "".join(f'."{step}"' for step in steps) + "[0]"
    return ""


def _json_query(paths: Mapping[str, str], *, whole: bool) -> str:
    r"""Return the query; nginx escapes a quote as \x22 in JSON too, unless told not to."""
    found = ", ".join(f"json_extract_string(record, {literal(path)}) as {role}" for role, path in paths.items())
    given = {role: role if role in paths else "null" for role in ROLES}
    line_of_request = f"regexp_extract(target, {literal(REQUEST)}, ['method', 'target'])"
    method = f"{line_of_request}.method" if whole else f"coalesce({given['method']}, 'GET')"
    target = f"{line_of_request}.target" if whole else "target"
    agent = "coalesce(agent, '')" if "agent" in paths else "null"
    return f"""
        select
            number, coalesce({given["vhost"]}, '') as vhost,
            coalesce(nullif(regexp_replace(address, {literal(PORT)}, '\\1\\2'), ''), address) as address,
            null::varchar as second, {_forwarded(given["forwarded"])} as forwarded,
            {stamp_columns("stamp")}, {method} as method, {_with_args(target, given["args"])} as target,
            try_cast(status as smallint) as status, {given["referrer"]} as referrer, {agent} as agent
        from (
            select number, {found} from (
                select number, case
                    when json_valid(line) then line
                    when json_valid(replace(line, '\\x', '\\\\x')) then replace(line, '\\x', '\\\\x')
                    else '{{}}' end as record
                from log_lines
            )
        )"""


def _forwarded(text: str) -> str:
    return "null::varchar" if text == "null" else public_first(text)


def stamp_columns(text: str) -> str:
    """Return columns for the clock and the zone in a text: seconds since 1970, ISO 8601, or Apache's form."""
    number = f"try_cast({text} as double)"
    scale = f"if({number} >= {NANOSECONDS}, 1000000000, if({number} >= {MILLISECONDS}, 1000, 1))"
    seconds = f"({number} / {scale})"
    iso = f"regexp_extract({text}, {literal(ISO)}, ['day', 'clock', 'zone'])"
    local = f"try_strptime(replace({iso}.day, '/', '-') || ' ' || {iso}.clock, '%Y-%m-%d %H:%M:%S')"
    return f"""case
            when regexp_full_match({text}, {literal(EPOCH)}) then make_timestamp(({seconds} * 1000000)::bigint)
            when {iso}.day <> '' then {local}
            else try_strptime(left({text}, 20), {CLOCK}) end as local,
        case
            when regexp_full_match({text}, {literal(EPOCH)}) or {iso}.zone = 'Z' then '+0000'
            when {iso}.day <> '' then replace({iso}.zone, ':', '')
            else substr({text}, 22, 5) end as zone"""


def _with_args(target: str, args: str) -> str:
    return f"""{target} || case when coalesce({args}, '') in ('', '-') or contains({target}, '?') then ''
        else '?' || {args} end"""


def _w3c_query(places: Mapping[str, int], sign: str, width: int) -> str:
    """Return the query; days are in UTC, as the form wants it."""
    parts = {role: f"cells[{place}]" if place else "" for role, place in places.items()}
    forwarded = (
        f"replace({parts['forwarded']}, '+', ' ')" if "forwarded" in parts else "null"
    )  # IIS writes + for blanks
    return f"""
        select
            number, coalesce({parts.get("vhost", "''")}, '') as vhost, {parts["address"]} as address,
            null::varchar as second, {_forwarded(forwarded)} as forwarded,
            try_strptime({parts["date"]} || ' ' || {parts["time"]}, '%Y-%m-%d %H:%M:%S') as local, '+0000' as zone,
            {parts.get("method", "'GET'")} as method, {_with_args(parts["target"], parts.get("args", "''"))} as target,
            try_cast({parts["status"]} as smallint) as status, {parts.get("referrer", "null")} as referrer,
            {parts.get("agent", "null")} as agent
        from (
            select number, if(len(cells) >= {width}, cells, []) as cells from (
                select number, string_split(line, e'{sign}') as cells from log_lines where line[1] <> '#'
            )
        )"""


def fields_lines() -> str:
    """Return a query for how many different lines of fields a log in W3C's form has."""
    return f"select count(distinct rtrim(line)) from log_lines where starts_with(line, {literal(FIELDS)})"
