"""The app as a program: starts, second starts, taken ports, the end."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from outreach.app import server
from outreach.app.campaigns import Campaigns
from outreach.app.guard import Guard
from outreach.app.keys import ADDRESS, Keys
from outreach.app.render import STATIC_FILES
from outreach.errors import InputError, OutputError
from outreach.sheet.facts import read_sheet


@pytest.fixture
def started(tmp_path):
    """Start programs; end those that a test leaves."""
    programs = []

    def start(*arguments):
        command = [sys.executable, "-m", "outreach", "app", "--no-browser", *arguments]
        environment = os.environ | {"PYTHONUNBUFFERED": "1"}
        program = subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        programs.append(program)
        return program, program.stdout.readline().strip()

    yield start
    for program in programs:
        program.kill()
        program.communicate()


def fetch(address, cookie=""):
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
    connection.request("GET", f"{parts.path}?{parts.query}", headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    found = answer.status, answer.read().decode(), answer.headers.get("set-cookie", "").partition(";")[0]
    connection.close()
    return found


def free_port():
    with socket.create_server((ADDRESS, 0)) as one:
        return one.getsockname()[1]


def test_the_address_opens_the_app_once_and_ctrl_c_ends_it(started, user_folder):
    """The address is the only line on standard output; a signal ends the program without complaint."""
    port = free_port()
    program, address = started("--port", str(port))
    assert address.startswith(f"http://{ADDRESS}:{port}/open?token=")
    status, _, cookie = fetch(address)
    assert (status, fetch(address)[0]) == (200, 403)
    assert "Your campaigns" in fetch(f"http://{ADDRESS}:{port}/", cookie)[1]
    known = user_folder / server.RUNNING
    assert known.stat().st_mode & 0o077 == 0 or os.name == "nt"
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=20)
    assert (program.returncode, out, err) == (0, "", "")
    assert not known.exists()


def post(address, path, body, cookie, kind="application/x-www-form-urlencoded"):
    parts = urlsplit(address)
    headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": kind}
    with contextlib.closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)) as connection:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.headers.get("location", "")


@pytest.mark.slow
def test_a_program_that_is_killed_leaves_whole_files(started, tmp_path):
    """Between a request and what it writes the machine may go off: then the sheet and the lists are old or new."""
    (tmp_path / "root").mkdir()
    likes = "customer,resource\n" + "".join(f"A,t.me/zelvorika{number}\n" for number in range(2000))
    body = f'--b\r\ncontent-disposition: form-data; name="files"; filename="more.csv"\r\n\r\n{likes}\r\n--b--\r\n'
    for number in range(6):
        program, address = started("root", "--port", str(free_port()))
        cookie = fetch(address)[2]
        campaign = post(address, "/sample", b"", cookie).removesuffix("/lists")
        keys = "&".join(f"take=telegram:zelvorika{one}" for one in range(300))

        def work(address=address, campaign=campaign, cookie=cookie, keys=keys):
            with contextlib.suppress(OSError, http.client.HTTPException):
                post(address, f"{campaign}/lists/files", body.encode(), cookie, "multipart/form-data; boundary=b")
                post(address, f"{campaign}/ranking/take", keys.encode(), cookie)

        thread = threading.Thread(target=work)
        thread.start()
        time.sleep(0.05 + 0.15 * number)
        program.kill()
        thread.join()
        program.wait()
        folder = max((tmp_path / "root").iterdir(), key=lambda path: path.stat().st_mtime)
        more, sheet = folder / "lists" / "more.csv", folder / "sheet.xlsx"
        assert not more.exists() or more.read_text() == likes
        assert not sheet.exists() or len(read_sheet(sheet).facts) == 300
        names = {path.name for path in (folder / "lists").iterdir() if not path.name.startswith(".")}
        assert names <= {"likes.csv", "more.csv"}


def test_a_second_start_opens_a_window_of_the_first(started, tmp_path):
    """It ends at once; with a campaign it opens that, and the first knows it from then on."""
    (tmp_path / "clinic").mkdir()
    (tmp_path / "clinic" / "outreach.toml").write_text('client = "Clinic"\n')
    port = free_port()
    started("--port", str(port))
    second, address = started("clinic", "--port", str(free_port()))
    assert second.wait(20) == 0
    assert urlsplit(address).port == port
    status, page, cookie = fetch(address)
    assert status == 200
    path = page.partition("url=")[2].partition('"')[0]
    assert path.startswith("/c/")
    assert "Clinic" in fetch(f"http://{ADDRESS}:{port}{path}lists", cookie)[1]


def test_a_taken_port_is_told_and_the_next_one_used(started):
    """Somebody else's program keeps its port."""
    with socket.create_server((ADDRESS, 0)) as other:
        taken = other.getsockname()[1]
        program, address = started("--port", str(taken))
        assert urlsplit(address).port > taken
        assert fetch(address)[0] == 200
        program.send_signal(signal.SIGTERM)
        assert program.communicate(timeout=20)[1] == f"Port {taken} is taken: using {urlsplit(address).port}.\n"


def test_a_file_of_a_run_that_was_killed_is_no_app(started, user_folder):
    """Its port is nobody's, or somebody else's: the start goes on."""
    user_folder.mkdir(parents=True)
    (user_folder / server.RUNNING).write_text(json.dumps({"port": free_port(), "start": "x"}))
    port = free_port()
    assert urlsplit(started("--port", str(port))[1]).port == port


def test_no_folder_no_app(tmp_path):
    """What was typed wrong is told."""
    with pytest.raises(InputError, match="no such folder"):
        server._places(str(tmp_path / "nowhere"))
    (tmp_path / "clinic").mkdir()
    assert server._places(str(tmp_path / "clinic")) == (None, tmp_path / "clinic")
    (tmp_path / "clinic" / "outreach.toml").touch()
    assert server._places(str(tmp_path / "clinic"))[0] == tmp_path / "clinic"
    assert server._places(str(tmp_path / "clinic" / "outreach.toml"))[0] == tmp_path / "clinic"


def test_all_ports_taken(monkeypatch):
    """After some tries the program gives up, and says how to go on."""
    monkeypatch.setattr(server, "TRIED", 1)
    with socket.create_server((ADDRESS, 0)) as other:
        asked = server.Start(None, other.getsockname()[1], browser=False, describe=print, print_address=print)
        with pytest.raises(OutputError, match="are taken"):
            server._listen(asked)


def test_the_browser_gets_its_address_by_a_private_page(monkeypatch, user_folder, capsys):
    """No token stands in a list of processes: the browser is given the name of a file that nobody else can read."""
    opened = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or len(opened) == 1)
    asked = server.Start(None, 1, browser=True, describe=print, print_address=print)
    asked._open("http://127.0.0.1:1/open?token=abc")
    page = user_folder / server.WINDOW
    assert opened == [page.as_uri()]
    assert page.stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert "url=http://127.0.0.1:1/open?token=abc" in page.read_text()
    asked._open("http://127.0.0.1:1/open?token=abc")
    assert capsys.readouterr().out == "No browser opened: open http://127.0.0.1:1/open?token=abc yourself, once.\n"


def test_idle_is_when_nothing_is_asked():
    """Time counts from the last request, and not while one is open."""
    guard = Guard(None, Keys(1))
    guard.last_request = time.monotonic() - 3601
    assert guard.idle_seconds() > server.IDLE_SECONDS
    guard.open_requests = 1
    assert guard.idle_seconds() == 0


def test_only_campaigns_on_the_list_can_be_opened(tmp_path):
    """An address names a campaign by a number that says nothing of its folder; nothing else is opened."""
    campaigns = Campaigns(tmp_path)
    made = campaigns.create("Zobi", {}, "en")
    assert campaigns.desk(made).folder == tmp_path / "Zobi"
    assert [campaigns.desk(one) for one in ("", "..", "/etc", "0" * 12)] == [None] * 4
    (tmp_path / "Zobi" / "outreach.toml").unlink()
    assert campaigns.desk(made) is None
    assert campaigns.known() == []


def test_campaigns_that_are_open_are_few(tmp_path):
    """Each may hold its lists in memory; the one that was not used for longest is closed."""
    campaigns = Campaigns(tmp_path)
    made = [campaigns.create(f"Client {number}", {}, "en") for number in range(6)]
    first = campaigns.desk(made[0])
    assert campaigns.desk(made[0]) is first
    for one in made[1:]:
        campaigns.desk(one)
    assert campaigns.desk(made[0]) is not first


def test_htmx_is_the_file_that_was_published():
    """The vendored file has the hash that stands beside it, with its licence."""
    told = Path(STATIC_FILES, "htmx.txt").read_text("utf-8")
    assert sha256(Path(STATIC_FILES, "htmx.min.js").read_bytes()).hexdigest() in told
    assert "Zero-Clause BSD" in told
