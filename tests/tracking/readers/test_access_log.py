"""Access logs become visits by link: who counts, to which link, on which day, and what is said of the rest."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from outreach.errors import InputError, OptionError
from outreach.tracking.base import Period, Tags
from outreach.tracking.exports import Export, exports
from outreach.tracking.readers.access_log import AccessLog

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
A, B = "smm-riga--a-f871v", "smm-riga--b-k2m4x"
MAY = date(2026, 5, 12)
SAMPLE_DATA = Path(__file__).parents[3] / "sample_data"


def link(content, path="/guide"):
    return f"{path}?utm_source=telegram&utm_medium=social&utm_campaign=spring&utm_content={content}"


def hit(target="/", clock="10:00:00", *, day="12/May/2026", zone="+0300", who="203.0.113.7", **rest):
    """Return a line in the Combined format."""
    method, status, agent = (rest.get(name, default) for name, default in REST)
    return f'{who} - - [{day}:{clock} {zone}] "{method} {target} HTTP/1.1" {status} 512 "-" "{agent}"\n'


REST = (("method", "GET"), ("status", 200), ("agent", FIREFOX))


def counts(report):
    """Return what was counted, by day of the month and content."""
    return {(row.day.day, row.tags.content): (row.denominator, row.numerator) for row in report.rows}


@pytest.fixture
def counted(read, export):
    """Return a function that reads lines as one log and gives its counts."""

    def run(*lines, **values):
        told = read(export("access.log", "".join(lines)), **values)
        assert told.report.total == (
            sum(row.denominator for row in told.report.rows),
            sum(row.numerator for row in told.report.rows) if told.report.goal else None,
        )
        return counts(told.report)

    return run


def test_a_visit_is_a_visitor_a_day_and_a_link(counted):
    """A second look at the same page is no second visit; another browser, address, day or link is."""
    assert counted(
        hit(link(A)),
        hit(link(A), "10:05:00"),
        hit(link(A), agent=CHROME),
        hit(link(A), who="2001:db8::7"),
        hit(link(B), "11:00:00"),
        hit(link(A), day="13/May/2026"),
    ) == {(12, A): (3, None), (12, B): (1, None), (13, A): (1, None)}


def test_pages_without_tags_are_a_visit_only_where_none_had_tags(counted):
    """Who came by a link and read on did not come untagged; who came another day without one did."""
    assert counted(
        hit(link(A)),
        hit("/about"),
        hit("/", who="203.0.113.8"),
        hit("/about", who="203.0.113.8"),
        hit("/", day="13/May/2026"),
    ) == {(12, ""): (1, None), (12, A): (1, None), (13, ""): (1, None)}


def test_all_that_tells_the_report(read, export):
    """Days, zone, unit and tool are told, and the tags are whole."""
    report = read(export("x.log", hit(link(A)) + hit("/a.css", day="14/May/2026"))).report
    assert (report.tool, report.unit, report.kind, report.goal) == ("access-log", "visit", "", "")
    assert (report.period, report.timezone) == (Period(MAY, date(2026, 5, 14)), "+03:00")
    assert report.rows[0].tags == Tags(source="telegram", medium="social", campaign="spring", content=A)
    assert (report.source_name, report.flags) == ("", ())


@pytest.mark.parametrize(
    "change",
    [
        {"method": "HEAD"},
        {"method": "POST"},
        {"method": "OPTIONS"},
        {"status": 404},
        {"status": 500},
        {"agent": "-"},
        {"agent": ""},
        {"agent": "TelegramBot (like TwitterBot)"},
        {"agent": "Twitterbot/1.0"},
        {"agent": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"},
        {"agent": "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.example)"},
        {"agent": "curl/8.5.0"},
        {"agent": "python-requests/2.32"},
        {"agent": "Mozilla/5.0 (X11; Linux) AppleWebKit/537.36 HeadlessChrome/120.0 Safari/537.36"},
    ],
    ids=str,
)
def test_only_people_who_got_the_page_count(read, export, change):
    """HEAD, errors, crawlers, previews and programs are left out, and one remark counts them."""
    told = read(export("x.log", hit("/") + hit(link(A), **change)))
    assert counts(told.report) == {(12, ""): (1, None)}
    assert [remark.split()[:2] for remark in told.remarks] == [["1", "request"]]


@pytest.mark.parametrize(
    "agent",
    [
        f"{CHROME} Telegram-Android/11.4.2 (Xiaomi; Android 13; SDK 33; AVERAGE)",
        f"{IPHONE} Instagram 330.0.3.29.109 (iPhone14,5; iOS 17_5; en_US; en; scale=3.00; 1170x2532; 600000000)",
        f"{IPHONE} [FBAN/FBIOS;FBAV/465.0.0;FBBV/1;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/17.5;FBLC/ru_RU]",
        f"{IPHONE} com.vk.vkclient/8.50",
        f"{CHROME} [FB_IAB/FB4A;FBAV/446.0.0.32.116;]",
        f"{CHROME} VKAndroidApp/8.52-16839",
        "Mozilla/5.0 (Linux; Android 10; CUBOT_NOTE_20) AppleWebKit/537.36 Chrome/96.0.4664.45 Mobile Safari/537.36",
        r"\xD0\xB6",
        r"Fire\x22fox\x5C",
        r"Fire\"fox\\",
    ],
    ids=lambda agent: agent[-20:],
)
def test_browsers_inside_apps_are_people(counted, agent):
    """Somebody tapped the link in Telegram or Instagram; odd agents are not bots for being odd."""
    assert counted(hit(link(A), agent=agent)) == {(12, A): (1, None)}


@pytest.mark.parametrize("status", [200, 204, 206, 301, 302, 304])
def test_redirects_and_unchanged_pages_count(counted, status):
    """A browser that has the page gets 304, and the tag is gone behind a redirect."""
    assert counted(hit(link(A), status=status)) == {(12, A): (1, None)}


def test_parts_of_pages_are_no_pages(read, export):
    """Pictures and styles make no visit, with tags or without; a book that was clicked does."""
    told = read(
        export("x.log", hit("/a.css?v=3") + hit("/i/A.PNG") + hit(link(B, "/p.gif")) + hit(link(A, "/book.pdf")))
    )
    assert counts(told.report) == {(12, A): (1, None)}
    assert told.remarks == ["3 requests of pictures, styles, scripts and other parts of pages left out"]


def test_excluded_addresses(counted):
    """One's own machines are left out by address or network, however an address is written."""
    lines = [
        hit(link(A), who=who)
        for who in ("203.0.113.7", "10.1.2.3", "2001:db8:0:0::1", "::ffff:198.51.100.4", "192.0.2.1")
    ]
    exclude = ("203.0.113.7", "10.0.0.0/8", "2001:db8::/64", "198.51.100.4")
    assert counted(*lines, exclude=exclude) == {(12, A): (1, None)}


def test_an_address_to_exclude_that_is_none(counted):
    """A slip of the finger is said, not passed over."""
    with pytest.raises(OptionError, match="no address"):
        counted(hit(link(A)), exclude=("10.0.0.0/33",))


@pytest.mark.parametrize(
    ("target", "tags"),
    [
        ("/?utm_content=x%20y&utm_source=caf%C3%A9", Tags(source="café", content="x y")),
        (r"/?utm_source=\xC3\xA9&a=\x22", Tags(source="é")),
        ("/?utm_source=v&amp;utm_content=x", Tags(source="v", content="x")),
        ("/?fbclid=1&UTM_Content=X&utm_content=y", Tags(content="X")),
        ("/guide%3Futm_content=x", Tags(content="x")),
        ("/?utm%5Fcontent=x", Tags(content="x")),
        ("/?a=1#utm_content=x", Tags(content="x")),
        ("http://example.com/?mtm_campaign=x", Tags(campaign="x")),
        ("/?promo=SPRING", Tags(promo="SPRING")),
        ("/?start=20", Tags()),
        ("/?start=20&utm%5Fcontent=", Tags()),
        ("/?utm_content=(not%20set)", Tags()),
        ("/?xutm_content=x&q=utm_content", Tags()),
    ],
)
def test_tags_as_servers_write_them(read, export, target, tags):
    """Tags are found however they are escaped; the number of a page of results is none."""
    report = read(export("x.log", hit(target))).report
    assert [row.tags for row in report.rows] == [tags]


def test_other_parameters_make_no_other_link(counted):
    """The click id that Facebook adds is another one for everybody."""
    lines = [hit(f"{link(A)}&fbclid={number}", who=f"203.0.113.{number}") for number in range(1, 5)]
    assert counted(
        *lines, hit(f"/guide?x=1&utm_content={A}&utm_campaign=spring&utm_medium=social&utm_source=telegram")
    ) == {(12, A): (5, None)}


def test_rotated_files_are_one_log(read, export):
    """A day that is split over two files counts a visitor once, packed or not."""
    old = export("access.log.2.gz", gzip.compress(hit(link(A)).encode()))
    new = export("access.log", hit(link(A), "23:00:00") + hit(link(B), "23:30:00"))
    report = read(old, new).report
    assert counts(report) == {(12, A): (1, None), (12, B): (1, None)}
    assert len(report.labels) == 2


def test_the_same_file_twice_counts_once(read, export):
    """A copy under another name adds nothing."""
    text = hit(link(A)) + hit("/", who="203.0.113.8")
    assert counts(read(export("a.log", text), export("b.log", text)).report) == {
        (12, ""): (1, None),
        (12, A): (1, None),
    }


GOAL = {"goal_path": "/thanks"}


def test_the_goal_is_reached_by_a_visit(counted):
    """At or after the visit, with GET or POST, once for a visit however often."""
    assert counted(
        hit(link(A)),
        hit("/thanks?order=1", "10:00:00"),
        hit("/thanks/", "10:01:00", method="POST", status=302),
        hit(link(A), who="203.0.113.8"),
        hit("/thanks", "10:30:00", who="203.0.113.8", status=404),
        hit("/thanks", "10:30:00", who="203.0.113.8", method="HEAD"),
        **GOAL,
    ) == {(12, A): (2, 1)}


def test_a_goal_before_the_visit_is_not_by_it(counted):
    """What came first was untagged; the visit by the link later that day did not convert."""
    got = counted(hit("/thanks", "09:00:00"), hit(link(A), "10:00:00"), **GOAL)
    assert got == {(12, ""): (1, 1), (12, A): (1, 0)}


def test_a_goal_belongs_to_the_last_link_before_it(counted):
    """A visitor by two links converts by the later one; and by both, if the goal was reached after each."""
    two = hit(link(A), "10:00:00") + hit(link(B), "11:00:00")
    assert counted(two, hit("/thanks", "12:00:00"), **GOAL) == {(12, A): (1, 0), (12, B): (1, 1)}
    both = (hit("/thanks", "10:30:00"), hit("/thanks", "12:00:00"))
    assert counted(two, *both, **GOAL) == {(12, A): (1, 1), (12, B): (1, 1)}


def test_a_goal_without_a_link_is_untagged(counted):
    """Also where nothing but the form was sent; another day's link does not count."""
    got = counted(hit(link(A)), hit("/thanks", day="13/May/2026", method="POST"), **GOAL)
    assert got == {(12, A): (1, 0), (13, ""): (1, 1)}


def test_a_goal_page_with_tags_is_its_own_link(counted):
    """Forms hand the tags on: the page behind them is by that link."""
    assert counted(hit(link(A, "/thanks")), **GOAL) == {(12, A): (1, 1)}


@pytest.mark.parametrize(
    ("goal", "target", "reached"),
    [
        ("/thanks*", "/thanks/7", 1),
        ("/thanks", "/thanks/7", 0),
        ("/thanks", "/thanksgiving", 0),
        ("/thanks", "/x?next=/thanks", 0),
        ("thanks", "/thanks", 1),
        ("https://example.com/thanks?x=1", "/thanks", 1),
        ("/thanks", "https://example.com/thanks#top", 1),
        ("/спасибо", "/%D1%81%D0%BF%D0%B0%D1%81%D0%B8%D0%B1%D0%BE", 1),
        ("/спасибо", r"/\xD1\x81\xD0\xBF\xD0\xB0\xD1\x81\xD0\xB8\xD0\xB1\xD0\xBE", 1),
        ("/a.b", "/aXb", 0),
        ("/book.zip", "/book.zip", 1),
        ("/pixel.gif", "/pixel.gif", 1),
        ("/it's", "/it's", 1),
    ],
)
def test_which_requests_are_the_goal(counted, goal, target, reached):
    """The path is compared whole, in any of its spellings; a star at the end takes what begins like it."""
    assert counted(hit(link(A)), hit(target, "10:01:00"), goal_path=goal) == {(12, A): (1, reached)}


@pytest.mark.parametrize("goal", [" ", "*", "?x=1"])
def test_a_goal_that_says_nothing(counted, goal):
    """Otherwise every page would be the goal."""
    with pytest.raises(OptionError, match="no path"):
        counted(hit(link(A)), goal_path=goal)


def test_the_clock_that_is_put_back(read, export):
    """In the hour that comes twice the order is that of the world's clock, and the second offset is said."""
    day = {"day": "25/Oct/2026"}
    lines = (
        hit("/thanks", "03:10:00", zone="+0300", **day),
        hit(link(A), "03:50:00", zone="+0300", **day),
        hit("/thanks", "03:05:00", zone="+0200", **day),
        hit("/", "12:00:00", zone="+0200", who="203.0.113.9", **day),
        hit("/", "13:00:00", zone="+0200", who="203.0.113.9", **day),
    )
    report = read(export("x.log", "".join(lines)), goal_path="/thanks").report
    assert counts(report) == {(25, ""): (2, 1), (25, A): (1, 1)}
    assert (report.timezone, report.flags) == ("+02:00", ("more than one offset from UTC: +02:00, +03:00",))


def test_the_year_turns(read, export):
    """Days are those of the log's own clock, across a year's end."""
    lines = hit(link(A), "23:59:59", day="31/Dec/2026") + hit(link(A), "00:00:00", day="01/Jan/2027")
    report = read(export("x.log", lines)).report
    assert [row.day for row in report.rows] == [date(2026, 12, 31), date(2027, 1, 1)]
    assert report.period == Period(date(2026, 12, 31), date(2027, 1, 1))


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
    assert [(one.line, one.reason) for one in told.rejected] == [
        (5, "no line of an access log"),
        (7, "no line of an access log"),
    ]
    assert told.remarks[0].endswith("x.log: 2 lines are no request, of 4")
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
    assert len(told.remarks) == 2


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
    with pytest.raises(InputError, match=r"x\.log, line 301: most lines of this file"):
        read(export("x.log", text))


def test_only_a_thousand_lines_are_told(read, export):
    """The others are counted."""
    told = read(export("x.log", hit("/") * 1100 + "nonsense\n" * 1050))
    assert len(told.rejected) == 1000
    assert told.remarks[0].endswith("1,050 lines are no request, of 2,150")


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
    ],
    ids=["CRLF", "mark", "no newline at the end", "Latin-1", "NUL", "UTF-16", "blank at the beginning"],
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
    assert report.flags == ("no user agents in the log: crawlers count as people",)


@pytest.mark.parametrize("site", ["example.com", "www.Example.com:443"])
def test_the_site_before(read, export, site):
    """It names what was measured, once for www and without."""
    report = read(export("x.log", f"example.com {hit(link(A))}" + f"{site} {hit('/')}")).report
    assert (report.source_name, report.flags) == ("example.com", ())


def test_two_sites_in_one_log(read, export):
    """Then the log's name is nobody's."""
    report = read(export("x.log", f"example.com {hit(link(A))}" + f"example.org {hit('/')}")).report
    assert (report.source_name, report.flags) == ("", ("2 sites in one log",))


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
    assert [(one.line, one.reason) for one in told.rejected] == [(3, "not whole JSON, or no request in it")]
    assert counts(told.report) == {(12, A): (1, None)}


def test_json_without_an_agent(read, export):
    """A record that lacks what others have is somebody without an agent."""
    told = read(export("x.log", nginx() + nginx(http_user_agent=None) + nginx(http_user_agent="")))
    assert counts(told.report) == {(12, A): (1, None)}
    assert told.remarks == ["2 requests without a user agent left out"]


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


def test_a_proxy_that_hides_everybody(read, export):
    """All from one address with many browsers: the report says what that means."""
    lines = [hit(link(A), agent=f"{FIREFOX}.{number % 12}", who="127.0.0.1") for number in range(40)]
    assert read(export("x.log", "".join(lines))).report.flags == (
        "most visits come from one address, a proxy's: people with the same browser are one visitor a day",
    )


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
    assert not AccessLog().identify(Export("x", Path("x"), text.encode()))


def test_no_sample_and_no_export_of_others_is_a_log(engine):
    """Nothing of the likes side, nor another tool's export, is claimed."""
    paths = [str(path) for path in sorted(SAMPLE_DATA.rglob("*")) if path.is_file()]
    assert paths
    for one in exports(paths, engine.folder):
        assert not isinstance(one, Export) or not AccessLog().identify(one), one.label


def test_exports_of_other_tools_are_no_logs(shared, engine):
    """Real files of analytics tools are left to their readers."""
    for folder in ("ga4", "matomo", "plausible", "stats"):
        for one in exports([str(shared / folder)], engine.folder):
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
