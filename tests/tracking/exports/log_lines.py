"""Lines of made-up access logs, and what is counted in them."""

from datetime import date

import pytest

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
A, B = "smm-riga--a-f871v", "smm-riga--b-k2m4x"
MAY = date(2026, 5, 12)


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
