"""Only this machine's own browser window is answered."""

from __future__ import annotations

import asyncio
import io
import socket
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from outreach.app.guard import HEADERS, POLICY, Guard
from outreach.app.keys import ADDRESS, Keys

FILES = "/lists/files"
WRITES = (
    "/new",
    "/sample",
    "/language",
    "/c/0/lists/text",
    "/c/0/ranking/take",
    "/c/0/places/cell",
    "/c/0/plan/take",
    "/c/0/groups/files",
    "/c/0/ranking/cover",
    "/c/0/report/words",
    "/c/0/report/logo",
    "/c/0/report/undo",
)


def guarded(answer):
    return all(answer.headers[name] == value for name, value in HEADERS)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "127.0.0.1", "localhost", "127.0.0.1:1", "evil.example:{port}", "127.0.0.1.evil.example:{port}",
        "127.0.0.1:{port}.evil.example", "localhost:{port}", "[::1]:{port}", "127.0.0.1:{port}/",
        "127.0.0.1:{port}@evil",
        "evil@127.0.0.1:{port}", "", " ", "0:{port}", "2130706433:{port}", "127.1:{port}", "127.0.0.1:0{port}",
    ],
)  # fmt: skip
def test_another_host_is_refused(window, host):
    """A page whose name was bound to this machine calls the app by that name, and the cookie does not help it."""
    for path in ("/", "/static/app.css", "/open?token=x", "/again", "/nowhere"):
        answer = window.get(path, Host=host.format(port=window.running.port))
        assert answer.status in {400, 403}
        assert b"outreach" not in answer.body


def test_two_hosts_or_none_are_refused(app, window):
    """Of two names the first or the last could be looked at."""
    start = f"GET / HTTP/1.1\r\nCookie: {window.cookies['jar']}\r\nConnection: close\r\n"
    for hosts in ("", "Host: {0}\r\nHost: evil.example\r\n", "Host: evil.example\r\nHost: {0}\r\n"):
        answer = app.raw((start + hosts.format(app.keys.host) + "\r\n").encode())
        assert answer.startswith((b"HTTP/1.1 403", b"HTTP/1.1 400"))
    absolute = f"GET http://evil.example/ HTTP/1.1\r\nHost: {app.keys.host}\r\nConnection: close\r\n\r\n"
    assert b" 200 " not in app.raw(absolute.encode()).partition(b"\r\n")[0]


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
@pytest.mark.parametrize("path", ["/", "/static/app.js"])
def test_reads_from_elsewhere_are_refused(window, site, path):
    """Another site, and another port of this machine, which is the same site, get nothing; nor do they see a size."""
    assert window.get(path, Sec_Fetch_Site=site).status == 403


@pytest.mark.parametrize("path", WRITES)
def test_writes_need_our_page(window, path):
    """A form of another site, of another port, or of a program that does not say where it comes from."""
    foreign = [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Sec_Fetch_Site": None},
        {"Sec_Fetch_Site": None, "Origin": "null"},
        {"Sec_Fetch_Site": None, "Origin": f"http://{ADDRESS}"},
        {"Sec_Fetch_Site": None, "Origin": f"http://localhost:{window.running.port}"},
        {"Sec_Fetch_Site": None, "Origin": f"https://{window.running.keys.host}"},
        {"Sec_Fetch_Site": "same-origin", "Origin": "https://evil.example"},
        {"Sec_Fetch_Site": "cross-site", "Origin": window.running.keys.origin},
    ]
    assert [window.post(path, **headers).status for headers in foreign] == [403] * len(foreign)
    ours = [{"Sec_Fetch_Site": None, "Origin": window.running.keys.origin}, {"Origin": "null"}, {}]
    assert 403 not in [window.post(path, **headers).status for headers in ours]


def test_a_token_opens_once(app):
    """Whoever finds it later in a history or a list of processes gets nothing."""
    path = app.keys.address("/c/1/").removeprefix(app.keys.origin)
    stranger = app.window()
    stranger.cookies.clear()
    first, second = stranger.get(path, Sec_Fetch_Site="cross-site"), stranger.get(path)
    assert (first.status, second.status) == (200, 403)
    assert "url=/c/1/" in first.text
    assert "set-cookie" not in second.headers
    cookie = first.headers["set-cookie"]
    assert cookie.startswith(f"outreach-{app.port}=")
    assert {"HttpOnly", "Path=/", "SameSite=strict"} == set(cookie.split("; ")[1:])
    assert stranger.ask("HEAD", app.keys.address().removeprefix(app.keys.origin)).status == 405
    assert stranger.get("/open").status == 403


def test_no_cookie_no_answer(app, run_app):
    """Another program's cookie, another port's, and half of ours do not help."""
    other = run_app()
    window = app.window()
    ours = window.cookies["jar"]
    for cookie in (
        None,
        "",
        f"{ours}x",
        ours[:-1],
        ours.replace(str(app.port), str(other.port)),
        ours.partition("=")[2],
    ):
        window.cookies = {"jar": cookie} if cookie else {}
        assert window.get("/").status == 403
        assert window.get("/static/app.css").status == 403
    window.cookies = {"strange": f"outreach-{app.port}=mine", "jar": ours}
    assert window.get("/").status == 200
    window.running = other
    assert window.get("/").status == 403


def test_a_second_start_shows_its_secret(app):
    """A page cannot ask for a token: it has no secret, and a browser says where it comes from."""
    window = app.window()
    window.site = None
    secret = app.keys.second_start
    assert window.ask("POST", "/again", b"{}", X_Outreach_Start=secret).status == 200
    refused = [
        {"X_Outreach_Start": secret, "Origin": app.keys.origin},
        {"X_Outreach_Start": secret, "Sec_Fetch_Site": "same-origin"},
        {"X_Outreach_Start": secret[:-1]},
        {},
    ]
    assert [window.ask("POST", "/again", b"{}", **headers).status for headers in refused] == [403] * 4
    assert window.get("/again", X_Outreach_Start=secret).status == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"])
def test_other_methods_are_refused(window, method):
    """Nothing here answers a question before a request from another site either."""
    answer = window.ask(method, "/" if method != "CONNECT" else window.running.keys.host)
    assert answer.status in {400, 403, 405}
    assert "access-control-allow-origin" not in answer.headers


def test_every_answer_has_the_headers(app, window):
    """Pages, files, refusals and faults alike; nothing of them is kept, but files of ours."""
    campaign = app.sample()
    answers = [
        window.get("/"), window.get(f"{campaign}/lists"), window.get("/static/app.css"), window.get("/nowhere"),
        window.get("/c/000000000000/lists"), window.get("/", Host="evil.example"), window.post("/language"),
        window.get("/open?token=x"), window.get("/static/../pages/lists.py"), window.get(f"{campaign}/ranking.exe"),
    ]  # fmt: skip
    assert [answer.status for answer in answers] == [200, 200, 200, 404, 404, 403, 303, 403, 404, 404]
    assert all(map(guarded, answers))
    assert [answer.headers["cache-control"] == "no-store" for answer in answers].count(False) == 1
    assert "server" not in answers[0].headers


OWN = (
    f"default-src 'none'; img-src data:; style-src 'sha256-{'A' * 43}='; script-src 'sha256-{'B' * 43}='; "
    "base-uri 'none'; form-action 'none'"
)


@pytest.mark.parametrize(
    ("path", "own", "status", "wanted"),
    [
        ("/c/0123456789ab/report/preview", OWN, 200, f"{OWN}; frame-ancestors 'self'"),
        ("/c/0123456789ab/report/preview", OWN, 422, POLICY),
        ("/c/0123456789ab/report/preview", "", 200, POLICY),
        ("/c/0123456789ab/report/preview", OWN.replace("data:", "*"), 200, POLICY),
        ("/c/0123456789ab/report/preview", OWN.replace("'sha256-" + "B" * 43 + "='", "'unsafe-inline'"), 200, POLICY),
        ("/c/0123456789ab/report/preview", f"{OWN}; connect-src *", 200, POLICY),
        ("/c/0123456789ab/report/preview/x", OWN, 200, POLICY),
        ("/x/c/0123456789ab/report/preview", OWN, 200, POLICY),
        ("/c/0123456789ab/report/preview\n", OWN, 200, POLICY),
        ("/c/0123456789ab/report", OWN, 200, f"{POLICY}; frame-src 'self'"),
        ("/c/0123456789ab/report", "", 422, POLICY),
        ("/c/0123456789ab/report.html", OWN, 200, POLICY),
        ("/c/0123456789ab/results", OWN, 200, POLICY),
        ("/", OWN, 200, POLICY),
    ],
)
def test_one_page_frames_and_one_is_framed(path, own, status, wanted):
    """An answer that brings a policy of its own, wider or elsewhere, is sent with the usual one."""
    keys = Keys(1)
    sent = []

    async def send(message):
        sent.append(message)

    async def answers(_scope, _receive, send):
        given = [(b"content-security-policy", own.encode()), (b"x-frame-options", b"ALLOWALL")]
        await send({"type": "http.response.start", "status": status, "headers": given if own else []})

    cookie = f"{keys.cookie_name}={keys.cookie}".encode()
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "headers": [(b"host", keys.host.encode()), (b"cookie", cookie)],
    }
    asyncio.run(Guard(answers, keys)(scope, None, send))
    headers = dict(sent[0]["headers"])
    assert headers.pop(b"content-security-policy").decode() == wanted
    framed = b"SAMEORIGIN" if "frame-ancestors 'self'" in wanted else b"DENY"
    assert headers.pop(b"x-frame-options") == framed
    others = {name: value for name, value in HEADERS if name not in {"content-security-policy", "x-frame-options"}}
    assert {name: headers[name.encode()].decode() for name in others} == others


def test_a_fault_of_ours_is_guarded(app, window, monkeypatch):
    """A page that breaks shows no traceback."""
    campaign = app.sample()

    def broken(*_args, **_kwargs):
        raise RuntimeError("a secret of the code")

    monkeypatch.setattr("outreach.app.desk.Desk.has_lists", broken)
    answer = window.get(f"{campaign}/lists")
    assert answer.status == 500
    assert guarded(answer)
    assert "secret of the code" not in answer.text


PATHS = (
    "/static/../keys.py", "/static/..%2fkeys.py", "/static/%2e%2e/keys.py", "/static/..\\keys.py",
    "/static//etc/passwd",
    "/static/%2fetc%2fpasswd", "/c/../../etc/passwd", "/c/%2e%2e/lists", "/c/%00/lists", "/c/{id}/ranking.%2e%2e%2fx",
    "/c/{id}/plan.%2e%2e%2fx", "/c/{id}/report.%2e%2e%2fx", "/c/{id}/report/preview/../../x",
    "/c/{id}/lists/../../../etc/passwd", "/c//lists", "/c/{id}/lists/follows.xlsx/../../x",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_outside(app, window, path):
    """Neither the files of the app nor those of the system can be named."""
    answer = window.get(path.format(id=app.sample().removeprefix("/c/")))
    assert answer.status in {400, 404, 405}
    assert b"root:" not in answer.body
    assert b"class Keys" not in answer.body


NAMES = (
    "../../evil.csv", "..\\..\\evil.csv", "/etc/evil.csv", "C:\\Windows\\evil.csv", "lists/../../../evil.csv",
    "....//evil.csv", "~/evil.csv", "a/../evil.csv", "\\\\server\\share\\evil.csv", "evil.csv:stream", "evil\ncsv.csv",
    "CON.csv", "x" * 300 + ".csv", "%2e%2e%2fevil.csv", "\u202evsc.evil.csv", "evil.csv ", ".. /evil.csv",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_file_leads_outside(app, window, tmp_path, name):
    """Whatever a file is called, it lands among the lists of this campaign."""
    campaign = app.sample()
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert window.send(f"{campaign}{FILES}", (name, b"customer,resource\nA,t.me/zelvorika\n")).status == 303
    made = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    (desk,) = [app.campaigns.desk(one.id) for one in app.campaigns.known()]
    assert len(made) == 1
    assert made.pop().is_relative_to(desk.folder / "lists")


def test_no_link_leads_outside(app, window, tmp_path):
    """A folder among the lists that is a link to elsewhere takes nothing."""
    campaign = app.sample()
    (desk,) = [app.campaigns.desk(one.id) for one in app.campaigns.known()]
    (tmp_path / "elsewhere").mkdir()
    (desk.folder / "lists" / "link").symlink_to(tmp_path / "elsewhere")
    assert window.send(f"{campaign}{FILES}", ("link/evil.csv", b"x")).status == 303
    assert window.post(f"{campaign}/lists/remove", {"path": "../outreach.toml"}).status == 303
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert (desk.folder / "outreach.toml").is_file()
    assert "outside the campaign" in window.follow(f"{campaign}/lists").text


def test_no_member_of_an_archive_leads_outside(app, window, tmp_path):
    """What is inside of an archive is read, and never written by its name."""
    campaign = app.sample()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../../evil.csv", "customer,resource\nZ,t.me/zelvorika\n")
        archive.writestr("/etc/evil2.csv", "customer,resource\nZ,t.me/zelvorika\n")
    window.send(f"{campaign}{FILES}", ("lists.zip", packed.getvalue()))
    assert window.follow(f"{campaign}/ranking").status == 200
    assert not list(tmp_path.rglob("evil*"))


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{7*7}}{% raw %}"


def test_no_script_in_any_field(window):
    """What people outside wrote stands on pages as text, in attributes too."""
    campaign = window.post("/new", {"client": SCRIPT}).headers["location"].removesuffix("/lists")
    quoted = SCRIPT.replace('"', '""')
    rows = "customer,resource,name,topic\n" + "".join(
        f'"{who}",t.me/zelvorika,"{quoted}","{quoted}"\n' for who in (quoted, "B")
    )
    window.send(f"{campaign}{FILES}", (f"{SCRIPT}.csv", rows.encode()))
    window.post(f"{campaign}/lists/text", {"text": f"{SCRIPT}\nhttps://t.me/zelvorika\n"})
    window.post("/language", {"language": SCRIPT, "back": SCRIPT})
    pages = [
        "/", f"{campaign}/lists?names=1", f"{campaign}/ranking?place=telegram:zelvorika",
        f"{campaign}/ranking?f=1&text={SCRIPT}&not={SCRIPT}&topic={SCRIPT}&col=topic&unknown=1",
        f"{campaign}/ranking?sort={SCRIPT}",
        f"{campaign}/ranking?place={SCRIPT}", f"{campaign}/lists?ask={SCRIPT}",
        f"{campaign}/ranking/ticked?take={SCRIPT}", f"{campaign}/ranking/certain?f=1&topic={SCRIPT}",
        f"{campaign}/ranking/map", f"{campaign}/ranking/map?text={SCRIPT}",
        f"{campaign}/plan?budget={SCRIPT}&must={SCRIPT}", f"{campaign}/plan?not={SCRIPT}",
        f"{campaign}/groups?group={SCRIPT}&only={SCRIPT}&survey={SCRIPT}",
        f"{campaign}/report?month={SCRIPT}", f"{campaign}/report?f=1&section={SCRIPT}&language={SCRIPT}",
    ]  # fmt: skip
    for page in pages:
        answer = window.get(page.replace(" ", "%20").replace("<", "%3C").replace('"', "%22"))
        assert "<script>" not in answer.text
        assert "<img" not in answer.text
        assert "onerror=alert(1)>" not in answer.text
    csv = window.get(f"{campaign}/ranking.csv?f=1&unknown=1").text
    assert "zelvorika" in csv


def test_links_are_http_only(window):
    """An address of another kind is shown, and cannot be clicked."""
    campaign = window.post("/new", {"client": "Zobi"}).headers["location"].removesuffix("/lists")
    rows = b"customer,resource,name\nA,https://example.org/javascript:alert(1),x\nA,javascript:alert(1),y\n"
    window.send(f"{campaign}{FILES}", ("likes.csv", rows))
    for page in ("lists", "ranking", "ranking?place=web:example.org"):
        assert 'href="javascript' not in window.get(f"{campaign}/{page}").text


def test_the_language_leads_back_here_only(window):
    """The address to go back to is one of ours."""
    for back in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        assert window.post("/language", {"language": "ru", "back": back}).headers["location"] == "/"


def test_large_requests_are_refused_before_they_are_read(run_app):
    """A length that is too large, and a stream without one that becomes too large; of neither anything is kept."""
    app = run_app(most_bytes=lambda path: 200_000 if path.endswith(FILES) else 1000)
    window, campaign = app.window(), app.sample()
    assert window.send(f"{campaign}{FILES}", ("likes.csv", b"x" * 100_000)).status == 303
    head = (
        f"POST {campaign}{FILES} HTTP/1.1\r\nHost: {app.keys.host}\r\nSec-Fetch-Site: same-origin\r\n"
        f"Cookie: {window.cookies['jar']}\r\nContent-Type: multipart/form-data; boundary=b\r\n"
    )
    said = app.raw(f"{head}Content-Length: 1073741824\r\n\r\n".encode())
    assert said.startswith(b"HTTP/1.1 413")
    part = b"--b\r\ncontent-disposition: form-data; name=files; filename=a.csv\r\n\r\n" + b"x" * 300_000
    streamed = app.raw(f"{head}Transfer-Encoding: chunked\r\n\r\n{len(part):x}\r\n".encode() + part + b"\r\n0\r\n\r\n")
    assert streamed.startswith(b"HTTP/1.1 413")
    assert window.post("/new", {"client": "x" * 2000}).status == 413
    (desk,) = [app.campaigns.desk(one.id) for one in app.campaigns.known()]
    assert sorted(path.name for path in (desk.folder / "lists").iterdir()) == ["likes.csv"]
    assert window.get(f"{campaign}/lists").status == 200


def test_a_slow_request_does_not_hold_the_others(run_app):
    """Whoever stops in the middle is told so after a while; meanwhile everybody else is answered."""
    app = run_app(patience_seconds=0.5)
    window, campaign = app.window(), app.sample()
    with socket.create_connection((ADDRESS, app.port), timeout=10) as slow:
        slow.sendall(
            f"POST {campaign}{FILES} HTTP/1.1\r\nHost: {app.keys.host}\r\nSec-Fetch-Site: same-origin\r\n"
            f"Cookie: {window.cookies['jar']}\r\nContent-Type: multipart/form-data; boundary=b\r\n"
            "Content-Length: 10000\r\n\r\n--b".encode()
        )
        begin = time.monotonic()
        assert window.get("/").status == 200
        assert time.monotonic() - begin < 5
        assert slow.recv(100).startswith(b"HTTP/1.1 408")


def test_a_hundred_requests_at_once(app, window):
    """All are answered, each as it would be alone."""
    campaign = app.sample()
    paths = [f"{campaign}/ranking", f"{campaign}/lists", "/", f"{campaign}/ranking?f=1&platform=vk&unknown=1"] * 25
    alone = {path: window.get(path).status for path in paths[:4]}
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(window.get, paths))
    assert [answer.status for answer in answers] == [alone[path] for path in paths]
    assert alone == dict.fromkeys(alone, 200)
    ranked = [answer.text for answer in answers[3::4]]
    assert all("Instagram</td>" not in text for text in ranked)
