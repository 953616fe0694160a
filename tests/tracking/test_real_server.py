"""A real web server, real requests, its real log: the reader counts who opened which link."""

import http.client
import json
import re
import socket
import subprocess
import time
from contextlib import closing
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from outreach.campaign.ledger import open_ledger
from outreach.cli import main
from outreach.engine import Engine
from outreach.messages import describe
from outreach.teasers.links import tagged, tags_for
from outreach.tracking.base import ImportOptions, Report
from outreach.tracking.exports import READERS
from outreach.tracking.find import find_files

CONF = """
daemon off; master_process off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    log_format named escape=json '{{"time_iso8601":"$time_iso8601","remote_addr":"$remote_addr","request":"$request",'
        '"status":"$status","http_user_agent":"$http_user_agent","host":"$host"}}';
    access_log {folder}/access.log combined;
    access_log {folder}/access.json named;
    server {{
        listen 127.0.0.1:{port};
        default_type text/html;
        location = /guide {{ return 200 "<h1>Guide</h1>"; }}
        location = /thanks {{ return 200 "<h1>Thanks</h1>"; }}
        location = /old {{ return 301 /guide; }}
        location = /style.css {{ return 200 ""; }}
    }}
}}
"""
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
PEOPLE = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
    "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Telegram-Android/11.4.2",
    f"{PHONE} Instagram 330.0.3.29.109",
)
"""Each a visitor of its own, on one address."""

PROGRAMS = (
    "TelegramBot (like TwitterBot)",
    "Twitterbot/1.0",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.example)",
    "curl/8.5.0",
    'quo"te bot',
    "",
)
FIRST, SECOND, THIRD = (
    tagged("http://127.0.0.1/guide", tags_for("Весна 2026", f"telegram:{place}", "a", 1))
    for place in ("smm_riga", "marketing_lv", "nobody_came")
)


class Server:
    """nginx with a log of its own; every request is a connection, as of somebody else."""

    def __init__(self, program, folder):
        self.folder = folder
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port = free.getsockname()[1]
        conf = folder / "nginx.conf"
        conf.write_text(CONF.format(folder=folder, port=self.port))
        self.process = subprocess.Popen([program, "-e", folder / "error.log", "-p", folder, "-c", conf])
        self._wait()

    def _wait(self):
        for _ in range(100):
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        pytest.fail(f"nginx does not answer: {(self.folder / 'error.log').read_text()}")

    def ask(self, url, agent, method="GET"):
        at = urlsplit(url)
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request(method, f"{at.path}?{at.query}".rstrip("?"), headers={"User-Agent": agent})
            return connection.getresponse().status

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)


@pytest.fixture(scope="module")
def folder(needs_program, tmp_path_factory):
    """Return the folder with the logs of what a day may bring."""
    server = Server(needs_program("nginx"), tmp_path_factory.mktemp("nginx"))
    try:
        visit(server)
    finally:
        server.stop()
    return server.folder


def visit(server):
    """Open the links as people and as programs do: three people by the first link, one of them by the second too."""
    for agent in PEOPLE:
        assert server.ask(FIRST, agent) == 200
        assert server.ask("/style.css?v=1", agent) == 200
    assert server.ask("/thanks", PEOPLE[0]) == 200
    time.sleep(1.1)  # logs tell whole seconds
    assert server.ask(SECOND, PEOPLE[1]) == 200
    assert server.ask("/thanks?order=7", PEOPLE[1]) == 200
    assert server.ask("/thanks", PEOPLE[1]) == 200
    for link in (FIRST, SECOND, THIRD):
        for agent in PROGRAMS:
            assert server.ask(link, agent) == 200
        for agent in (*PEOPLE, ""):
            assert server.ask(link, agent, "HEAD") == 200  # as X asks, with the agents of browsers
    assert server.ask(THIRD.replace("/guide", "/missing"), PHONE) == 404
    assert server.ask("/old", "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/128.0") == 301


@pytest.mark.parametrize("name", ["access.log", "access.json"])
def test_people_who_opened_a_link_are_counted(folder, name):
    """Exactly the GETs of people, at the right links; conversions at the last link before the goal."""
    with Engine() as engine:
        (log,) = find_files([str(folder / name)], engine.folder)
        reader = READERS.claimed(log)
        told = list(reader.read([log], ImportOptions(engine, lambda: b"secret", date(2026, 6, 1), goal_path="/thanks")))
    (report,) = [one for one in told if isinstance(one, Report)]
    first, second = (tags_for("Весна 2026", f"telegram:{at}", "a", 1) for at in ("smm_riga", "marketing_lv"))
    assert {row.tags.content: (row.denominator, row.numerator) for row in report.rows} == {
        first["utm_content"]: (3, 1),
        second["utm_content"]: (1, 1),
        "": (1, 0),
    }
    assert {row.tags.campaign for row in report.rows} == {first["utm_campaign"], ""}
    (remark,) = [describe(one.message) for one in told if not isinstance(one, Report)]
    left = [int(reason.split()[0]) for reason in re.findall(r"[0-9]+ (?:for|with|of|answered)", remark)]
    assert sum(left) == 3 * (len(PROGRAMS) + len(PEOPLE) + 1) + len(PEOPLE) + 1


def test_from_the_draft_to_the_conversion(folder, tmp_path, monkeypatch):
    """The links of the ledger, the log of the server and the list of a form give what people did, at its place."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "brief.toml").write_text(
        'url = "http://127.0.0.1/guide"\ncampaign = "Весна 2026"\nproblem = "Lost?"\nsolution = "In a mailbox."\n'
        'bonus = "A map."\n',
        encoding="utf-8",
    )
    places = [f"telegram:{name}" for name in ("smm_riga", "marketing_lv", "nobody_came")]
    assert CliRunner().invoke(main, ["draft", "brief.toml", *places, "-o", "drafts/"]).exit_code == 0
    links = {one.resource: one.final_url for one in open_ledger("outreach.db").placements()}
    assert list(links.values()) == [FIRST, SECOND, THIRD]  # what the people above opened
    content = [urlsplit(link).query.rpartition("=")[2] for link in links.values()]
    today = datetime.now(UTC).date()
    rows = [("anna@example.org", content[0]), ("boris@example.org", content[0]), ("vera@example.org", content[1])]
    text = "".join(f"{today} 12:00:00,{mail},{utm}\n" for mail, utm in rows)
    (tmp_path / "signups.csv").write_text(f"Submitted at,Email,utm_content\n{text}")
    told = CliRunner().invoke(main, ["track", str(folder / "access.log"), "signups.csv", "--format", "json"])
    assert told.exit_code == 0, told.stderr
    counts = {row["resource"]: (row["denominator"], row["conversions"]) for row in json.loads(told.stdout)}
    assert counts == {places[0]: (3, 2), places[1]: (1, 1), "(untagged)": (1, 0)}
