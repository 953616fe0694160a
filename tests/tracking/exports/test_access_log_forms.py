"""Access logs in the forms that servers write, whole and damaged; and what is none."""

import json
from pathlib import Path

import pytest

from outreach.errors import InputError
from outreach.files.source import Source
from outreach.messages import describe
from outreach.tracking.base import Period
from outreach.tracking.exports.access_log import AccessLog
from outreach.tracking.find import find_files
from tests.tracking.described import described
from tests.tracking.exports.log_lines import FIREFOX, MAY, A, counted, counts, hit, link

__all__ = ["counted"]

SAMPLE_DATA = Path(__file__).parents[3] / "sample_data"


def test_lines_that_are_no_requests(read, export):
    """They are told by their numbers, never by their text; comments and blank lines are none."""
    lines = [
        "\n",
        "# rotated\n",
        hit(link(A)),
        "\n",
        "who@example.com was here\n",
        hit("/"),
        hit("/", day="31/Feb/2026"),
    ]
    told = read(export("x.log", "".join(lines)))
    assert [(one.line, describe(one.reason)) for one in told.rejected] == [
        (5, "not a line of an access log"),
        (7, "not a line of an access log"),
    ]
    assert told.remarks[0].endswith("x.log: 2 lines are not requests, of 4")
    assert counts(told.report) == {(12, A): (1, None)}


def test_bytes_that_are_no_requests(read, export):
    """What scanners send is an error of theirs, not of the log."""
    lines = [
        hit(link(A)),
        r'203.0.113.9 - - [12/May/2026:10:00:00 +0300] "\x16\x03\x01\x02" 400 157 "-" "-"' + "\n",
        '203.0.113.9 - - [12/May/2026:10:00:00 +0300] "-" 408 0 "-" "-"\n',
        '203.0.113.9 - - [12/May/2026:10:00:00 +0300] "" 400 0 "-" "-"\n',
        '203.0.113.9 - - [12/May/2026:10:00:00 +0300] "-" 200 0 "-" "Firefox"\n',
    ]
    told = read(export("x.log", "".join(lines)))
    assert counts(told.report) == {(12, A): (1, None)}
    assert not told.rejected
    assert "3 answered with an error (not 2xx or 3xx), 1 with other methods than GET" in told.remarks[0]


def test_nobody_writes_lines_into_the_log(read, export):
    """What a visitor sends stays inside its quotes, as Apache and nginx escape them."""
    apache = hit(rf"{link(A)}\" 200 1 \"-\" \"{FIREFOX}", status=404)
    nginx_too = hit(rf"{link(A)}\x22 200 1 \x22-\x22 \x22{FIREFOX}", status=404)
    agent = hit(link(A), agent=rf"curl/8\" 200 1 \"-\" \"{FIREFOX}")
    told = read(export("x.log", hit("/") + apache + nginx_too + agent))
    assert (counts(told.report), told.rejected) == ({(12, ""): (1, None)}, [])


def test_a_file_that_is_mostly_something_else(read, export):
    """More lines that cannot be read than lines that can: this is another file, or a damaged one."""
    text = hit("/") * 300 + "nonsense\n" * 301
    with pytest.raises(InputError, match=r"x\.log, line 301: most lines differ"):
        read(export("x.log", text))


def test_only_a_thousand_lines_are_told(read, export):
    """The others are counted."""
    told = read(export("x.log", hit("/") * 1100 + "nonsense\n" * 1050))
    assert len(told.rejected) == 1000
    assert told.remarks[0].endswith("1,050 lines are not requests, of 2,150")


@pytest.mark.parametrize(
    "text",
    [
        hit(link(A)).replace("\n", "\r\n").encode() * 2,
        b"\xef\xbb\xbf" + hit(link(A)).encode(),
        hit(link(A)).encode().rstrip(b"\n"),
        hit(link(A)).encode() + hit("/\xe9", agent="caf\xe9").encode("latin-1"),
        hit("/a\0b\x01c").encode() + hit(link(A)).encode(),
        hit(link(A)).encode("utf-16"),
        b"\n\r\n" + hit(link(A)).encode(),
        hit("/").encode().replace(b"GET /", bytes(range(128, 256)) + bytes(10)) + hit(link(A)).encode(),
    ],
    ids=[
        "CRLF",
        "mark",
        "no newline at the end",
        "Latin-1",
        "NUL",
        "UTF-16",
        "blank at the beginning",
        "bytes of a scanner",
    ],
)
def test_bytes_of_all_kinds(read, export, text):
    """However a log was copied, its lines are read."""
    told = read(export("x.log", text))
    assert (12, A) in counts(told.report)
    assert not told.rejected


def test_a_line_without_an_end(read, export):
    """Ten megabytes in a line are no request, and do not move the numbers of the lines behind."""
    long = hit("/" + "a" * 10_000_000)
    told = read(export("x.log", hit(link(A)) + long + hit("/") * 5 + "nonsense\n" + long.rstrip("\n")))
    assert [one.line for one in told.rejected] == [2, 8, 9]
    assert counts(told.report) == {(12, A): (1, None)}


def test_a_log_without_requests(read, export):
    """Nothing to count is said."""
    with pytest.raises(InputError, match="no requests in it"):
        read(export("x.log", "#Version: 1.0\n#Fields: date time c-ip cs-method cs-uri-stem sc-status\n"))


def test_a_day_on_which_nobody_came(read, export):
    """Requests that do not count make a report without rows, not an error."""
    told = read(export("x.log", hit("/", status=500)), goal_path="/thanks")
    assert (told.report.rows, told.report.total, told.report.period) == ((), (0, 0), Period(MAY, MAY))


def test_common_format_has_no_agents(read, export):
    """Then everybody counts, and the report says so."""
    line = f'203.0.113.7 - - [12/May/2026:10:00:00 +0300] "GET {link(A)} HTTP/1.1" 200 512\n'
    report = read(export("x.log", line)).report
    assert counts(report) == {(12, A): (1, None)}
    assert described(report.flags) == ("no user agents in the log: crawlers count as people",)


@pytest.mark.parametrize("site", ["example.com", "www.Example.com:443"])
def test_the_site_before(read, export, site):
    """It names what was measured, once for www and without."""
    report = read(export("x.log", f"example.com {hit(link(A))}" + f"{site} {hit('/')}")).report
    assert (report.source_name, described(report.flags)) == ("example.com", ())


def test_two_sites_in_one_log(read, export):
    """Then the log's name is nobody's."""
    report = read(export("x.log", f"example.com {hit(link(A))}" + f"example.org {hit('/')}")).report
    assert (report.source_name, described(report.flags)) == ("", ("2 sites in one log",))


def test_a_user_with_a_space_and_more_fields_behind(counted):
    """Names of users hold spaces, and nginx's own example writes one field more."""
    line = hit(link(A)).replace(" - - ", " - Anna Example ").replace("\n", ' "198.51.100.1"\n')
    assert counted(line, line.replace(FIREFOX, r"a\"b")) == {(12, A): (2, None)}


def nginx(**fields):
    record = {
        "time_iso8601": "2026-05-12T10:00:00+03:00",
        "remote_addr": "203.0.113.7",
        "request": f"GET {link(A)} HTTP/1.1",
        "status": "200",
        "http_user_agent": FIREFOX,
        "host": "example.com",
    }
    return json.dumps(record | fields) + "\n"


def caddy(clock, uri, **fields):
    request = {"client_ip": "203.0.113.7", "method": "GET", "host": "example.com", "uri": uri}
    request |= {"headers": {"User-Agent": [FIREFOX]}} | fields
    return json.dumps({"level": "info", "ts": clock, "request": request, "status": 200}) + "\n"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"status": 200},
        {"time_iso8601": "2026-05-12T10:00:00.123Z"},
        {"time_iso8601": "12/May/2026:10:00:00 +0300"},
        {"time_iso8601": 1778569200},
        {"time_iso8601": "1778569200.123"},
        {"time_iso8601": 1778569200123},
    ],
    ids=str,
)
def test_nginx_json(read, export, fields):
    """Numbers may be texts, and the time in any of its forms."""
    report = read(export("x.log", nginx(**fields) + nginx(**fields, http_user_agent="Twitterbot/1.0"))).report
    assert counts(report) == {(12, A): (1, None)}
    assert report.source_name == "example.com"


def test_nginx_json_in_parts(counted):
    """Method, path and query in fields of their own."""
    parts = {"request": None, "request_method": "GET", "uri": "/guide", "args": f"utm_content={A}"}
    assert counted(nginx(**parts), nginx(**parts | {"args": "-", "remote_addr": "::1"})) == {
        (12, ""): (1, None),
        (12, A): (1, None),
    }


def test_nginx_json_without_escape_json(counted):
    r"""Without ``escape=json`` nginx writes ``\x22``, which is no JSON."""
    assert counted(nginx(), nginx(remote_addr="::1").replace("Firefox/", r"\x22Fire\x22fox/")) == {(12, A): (2, None)}


def test_json_that_is_cut_off(read, export):
    """The last line of a log that is being written is rejected, not the log."""
    told = read(export("x.log", nginx() * 2 + nginx()[:60]))
    assert [(one.line, describe(one.reason)) for one in told.rejected] == [
        (3, "not complete JSON, or without a request")
    ]
    assert counts(told.report) == {(12, A): (1, None)}


def test_json_without_an_agent(read, export):
    """A record that lacks what others have is somebody without an agent."""
    told = read(export("x.log", nginx() + nginx(http_user_agent=None) + nginx(http_user_agent="")))
    assert counts(told.report) == {(12, A): (1, None)}
    assert told.remarks[0].endswith("are not visits, left out: 2 without a user agent")


def test_json_that_is_nested_without_end(read, export):
    """Such a line is rejected like any other."""
    told = read(export("x.log", nginx() * 2 + '{"a":' * 50_000 + "\n"))
    assert [one.line for one in told.rejected] == [3]


def test_logs_in_two_formats(read, export):
    """The server's format was changed between two files: they are one log all the same."""
    report = read(export("a.log", hit(link(A))), export("b.log", nginx() + nginx(remote_addr="::1"))).report
    assert counts(report) == {(12, A): (2, None)}


def test_caddy_json(read, export):
    """Seconds since 1970 are in UTC; the agent is a list; ports are no part of an address."""
    lines = caddy(1778569200.5, link(A)) + caddy("1778569260.5", "/thanks", client_ip=None, remote_addr="203.0.113.7:5")
    report = read(export("x.log", lines + caddy(1778569200.5, link(A), method="HEAD")), goal_path="/thanks").report
    assert (counts(report)[12, A], report.timezone) == ((1, 0), "+00:00")
    lines = caddy(1778569200.5, link(A)) + caddy("1778569260.5", "/thanks", client_ip="203.0.113.7:5")
    assert counts(read(export("y.log", lines), goal_path="/thanks").report) == {(12, A): (1, 1)}


def test_w3c(read, export):
    """IIS writes plus signs for spaces and the query in its own field."""
    fields = "date time s-ip cs-method cs-uri-stem cs-uri-query s-port c-ip cs(User-Agent) sc-status cs-host"
    agents = (FIREFOX.replace(" ", "+"), "Mozilla/5.0+(compatible;+Googlebot/2.1;++http://www.google.com/bot.html)")
    rows = [
        f"2026-05-12 10:00:00 192.0.2.1 GET /guide {link(A).partition('?')[2]} 443 203.0.113.7 {agent} 200 example.com"
        for agent in agents
    ]
    head = f"#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Fields: {fields}\r\n"
    report = read(export("u_ex260512.log", head + "\r\n".join([*rows, head.strip(), rows[0]]) + "\r\n")).report
    assert counts(report) == {(12, A): (1, None)}
    assert (report.timezone, report.source_name) == ("+00:00", "example.com")


def test_w3c_whose_fields_change(read, export):
    """What stands where is no longer true in the middle of the file."""
    head = "#Fields: date time c-ip cs-method cs-uri-stem sc-status"
    row = "2026-05-12 10:00:00 203.0.113.7 GET / 200"
    with pytest.raises(InputError, match="the fields change"):
        read(export("x.log", f"{head}\n{row}\n{head} cs-host\n{row} example.com\n"))


def test_cloudfront(counted):
    """Tabs between the fields, and agents that are encoded twice."""
    head = (
        "#Version: 1.0\n#Fields: date time c-ip cs-method cs(Host) cs-uri-stem sc-status cs(User-Agent) cs-uri-query\n"
    )
    rows = [
        "\t".join(["2026-05-12", "10:00:00", "203.0.113.7", "GET", "d1.example", "/", "200", agent, f"utm_content={A}"])
        for agent in (FIREFOX.replace(" ", "%2520"), "Mozilla/5.0%2520(compatible;%2520Googlebot/2.1)")
    ]
    assert counted(head, "\n".join(rows), "\n") == {(12, A): (1, None)}


PROXY = "10.0.0.1"


@pytest.mark.parametrize("who", ["127.0.0.1", "198.51.100.1", "-", "unix:"])
def test_a_proxy_that_hides_everybody(read, export, who):
    """All from one address with many browsers: nothing tells people apart, and the line that would is said."""
    lines = [hit(link(A), agent=f"{FIREFOX}.{number % 12}", who=who) for number in range(40)]
    with pytest.raises(InputError, match="all visitors have the one address of a proxy") as told:
        read(export("x.log", "".join(lines)))
    assert "X-Forwarded-For" in told.value.hint


def test_a_proxy_that_hides_most(read, export):
    """Some came past it: the log counts, and the report says what it means."""
    lines = [hit(link(A), agent=f"{FIREFOX}.{number % 12}", who="198.51.100.1") for number in range(40)]
    lines += [hit(link(A), who=f"203.0.113.{number}") for number in range(20)]
    assert described(read(export("x.log", "".join(lines))).report.flags) == (
        "most visits come from the one address of a proxy: people with the same browser count as one visitor a day",
    )


def manager(number):
    return (
        f'[12/May/2026:10:00:00 +0300] - 200 200 - GET https example.com "{link(A)}" [Client 203.0.113.{number}] '
        f'[Length 5] [Gzip -] [Sent-to 10.0.0.2] "{FIREFOX}" "-"\n'
    )


def cloudflare(number):
    return (
        json.dumps(
            {
                "ClientIP": f"203.0.113.{number}",
                "ClientRequestMethod": "GET",
                "ClientRequestURI": link(A),
                "ClientRequestUserAgent": FIREFOX,
                "EdgeResponseStatus": 200,
                "EdgeStartTimestamp": 1778569200000000000 + number,
            }
        )
        + "\n"
    )


def behind(number, tail, who=PROXY):
    return hit(link(A), who=who).rstrip() + f" {tail}\n".replace("CLIENT", f"203.0.113.{number}")


WRITTEN = {
    "syslog": lambda n: f"May  2 10:00:01 web1 nginx: {hit(link(A), who=f'203.0.113.{n}')}",
    "syslog with an address": lambda n: f"<190>May 12 10:00:01 {PROXY} nginx: {hit(link(A), who=f'203.0.113.{n}')}",
    "syslog, ISO": lambda n: f"2026-05-12T10:00:01.1+00:00 web1 nginx[12]: {hit(link(A), who=f'203.0.113.{n}')}",
    "compose": lambda n: f"web_1  | {hit(link(A), who=f'203.0.113.{n}')}",
    "Kubernetes": lambda n: f"2026-05-12T10:00:01.123Z stdout F {hit(link(A), who=f'203.0.113.{n}')}",
    "Docker": lambda n: json.dumps({"log": hit(link(A), who=f"203.0.113.{n}"), "stream": "stdout"}) + "\n",
    "forwarded, first": lambda n: hit(link(A), who=f"203.0.113.{n}, {PROXY}"),
    "forwarded, quoted": lambda n: f'"203.0.113.{n}, {PROXY}" {hit(link(A), who=PROXY)}',
    "forwarded, second": lambda n: hit(link(A), who=f"{PROXY} 203.0.113.{n}"),
    "forwarded, as the user": lambda n: hit(link(A), who=PROXY).replace(" - - ", f" - 203.0.113.{n} "),
    "forwarded, behind the site": lambda n: f"example.com:443 {hit(link(A), who=f'203.0.113.{n}, {PROXY}')}",
    "forwarded, last": lambda n: behind(n, '"CLIENT"'),
    "forwarded, last of several": lambda n: behind(n, '"LV" "Riga" "CLIENT, 10.0.0.1"', who="198.51.100.1"),
    "forwarded, without quotes": lambda n: behind(n, "0.003 CLIENT", who="198.51.100.1"),
    "forwarded, for half of them": lambda n: (
        behind(n, '"CLIENT"', who="198.51.100.1") if n % 2 else behind(n, '"-"', who=f"203.0.113.{n}")
    ),
    "what answered, last": lambda n: behind(n, '"10.0.0.5:8080"', who=f"203.0.113.{n}"),
    "port": lambda n: hit(link(A), who=f"203.0.113.{n}:5123{n}"),
    "six": lambda n: hit(link(A), who=f"2001:db8::{n}"),
    "names": lambda n: hit(link(A), who=f"host{n}.example.net"),
    "Nginx Proxy Manager": manager,
    "Cloudflare": cloudflare,
    "JSON behind a proxy": lambda n: nginx(remote_addr=PROXY, http_x_forwarded_for=f"203.0.113.{n}, {PROXY}"),
    "JSON behind a prefix": lambda n: f"web_1 | {nginx(remote_addr=f'203.0.113.{n}')}",
    "Caddy's console": lambda n: (
        "2026/05/12 10:00:00.815\tINFO\thttp.log.access\thandled request\t"
        + caddy(None, link(A), client_ip=f"203.0.113.{n}").replace('"ts": null, ', "")
    ),
}


@pytest.mark.parametrize("form", WRITTEN)
def test_the_address_that_differs_is_the_visitors(read, export, form):
    """Wherever a server writes it: eight people are eight, however few of them stand behind one proxy."""
    report = read(export("x.log", "".join(WRITTEN[form](number) for number in range(1, 9)))).report
    assert counts(report) == {(12, A): (8, None)}


def test_the_column_of_iis_for_forwarded_addresses(read, export):
    """It stands behind all others, as its administrator added it."""
    fields = "#Fields: date time cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status X-Forwarded-For\n"
    rows = [
        f"2026-05-12 10:00:00 GET /guide {link(A).partition('?')[2]} {PROXY} Mozilla/5.0 200 203.0.113.{n},+{PROXY}\n"
        for n in range(1, 9)
    ]
    assert counts(read(export("x.log", fields + "".join(rows))).report) == {(12, A): (8, None)}


def test_addresses_and_agents_are_told_to_nobody(read, export):
    """Neither rows nor remarks nor rejected lines hold what belongs to a person."""
    told = read(export("x.log", hit(link(A)) + "203.0.113.7 nonsense\n" + hit("/", method="HEAD")))
    shown = repr((told.reports, told.rejected, told.remarks))
    assert "203.0.113" not in shown.replace(str(told.report.labels), "")
    assert "Firefox" not in shown


def test_nothing_stays_in_the_engine(read, export, engine):
    """Addresses are gone when the log was read."""
    read(export("x.log", hit(link(A))))
    assert (
        engine.rows(
            "select table_name from duckdb_tables() union all select view_name from duckdb_views() where not internal"
        )
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n1,2\n",
        '{"results": []}\n',
        '{"a": 1}\n{"a": 2}\n',
        '{"ip": "::1", "date": "2026-05-12", "url": "/", "status": "paid"}\n',
        "# ---\n# Account: x\nSource,Sessions\n",
        "<xml/>",
        "x",
    ],
)
def test_other_texts_are_no_logs(text):
    """What others write is left to others."""
    assert not AccessLog().identify(Source("x", Path("x"), text.encode()))


def test_of_the_samples_only_the_log_is_one(engine):
    """Nothing of the likes side, nor another tool's export, is claimed."""
    paths = [str(path) for path in sorted(SAMPLE_DATA.rglob("*")) if path.is_file()]
    found = [
        one.name for one in find_files(paths, engine.folder) if isinstance(one, Source) and AccessLog().identify(one)
    ]
    assert found == ["access.log"]


def test_exports_of_other_tools_are_no_logs(shared, engine):
    """Real files of analytics tools are left to their readers."""
    for folder in ("ga4", "matomo", "plausible", "stats"):
        for one in find_files([str(shared / folder)], engine.folder):
            assert not AccessLog().identify(one), one.label


@pytest.mark.parametrize(
    ("name", "visits", "left"),
    [
        ("caddy_json.log", {(23, ""): (1, None)}, 1),
        ("common_vhost.log", {(10, ""): (1, None)}, 0),
        ("nginx_1.22.1_combined_real.log", {(22, "r/python"): (1, None), (22, ""): (1, None)}, 2),
        ("nginx_json.log", {(10, ""): (1, None)}, 0),
    ],
)
def test_real_logs(shared, read, name, visits, left):
    """Logs that servers wrote are read to the last line."""
    told = read(shared / "logs" / name)
    assert counts(told.report) == visits
    assert told.report.total[0] == sum(row.denominator for row in told.report.rows)
    assert (len(told.remarks), told.rejected) == (left, [])


@pytest.mark.parametrize("name", ["alb", "bunny", "s3"])
def test_logs_of_services_in_front_of_a_site(read, name):
    """A request a line, as Amazon and Bunny document them; a line that is cut off is told by its number."""
    path = Path(__file__).parent / "data" / "access_log" / f"{name}.log"
    told = read(path)
    assert {(row.tags.content, row.denominator) for row in told.report.rows} == {("a--a-1", 1), ("", 1)}
    assert told.report.timezone == "+00:00"
    assert told.report.source_name == {"alb": "example.com", "bunny": "example.com", "s3": ""}[name]


@pytest.mark.parametrize("name", ["alb", "bunny", "s3"])
def test_a_line_of_such_a_log_that_is_cut_off(read, export, name):
    """It is no request, and the others count."""
    text = (Path(__file__).parent / "data" / "access_log" / f"{name}.log").read_text("utf-8")
    told = read(export("x.log", f"{text}{text[:60]}\n"))
    assert [one.line for one in told.rejected] == [3]
    assert told.report.total == (2, None)


def test_a_log_packed_with_bzip2(read, export):
    """As servers pack what they rotate."""
    import bz2

    assert counts(read(export("access.log.1.bz2", bz2.compress(hit(link(A)).encode()))).report) == {(12, A): (1, None)}
