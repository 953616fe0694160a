"""The app as a program: one for a user, on this machine's own address, in the browser that he uses."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from outreach.app.campaigns import Campaigns, usual_root
from outreach.app.guard import AGAIN, Guard
from outreach.app.keys import ADDRESS, Keys
from outreach.campaign.find import FILE, find_campaign_file
from outreach.errors import InputError, OutputError
from outreach.user_folder import read_private, user_folder, write_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["PORT", "Start", "start"]

PORT: Final = 8427
"""Where the app listens unless that is taken or another is asked for."""
TRIED: Final = 20
"""How many ports are tried, one after the other."""
RUNNING: Final = "app.json"
"""Name of the private file that tells a second start of the first."""
WINDOW: Final = "app-open.html"
"""Name of the private page that sends the browser on, so that no token stands in a list of processes."""
IDLE_SECONDS: Final = 3600.0
LOOK_SECONDS: Final = 5.0
PATIENCE_SECONDS: Final = 3.0
WARM_AFTER_SECONDS: Final = 0.5
WARMING_SECONDS: Final = 30.0
"""Longest that imports take, on a machine with much else to do; usually they ended long before."""


class Start:
    """What a start was asked for.

    Args:
        folder: A campaign to open, or where new ones are made; None for the usual.
        port: To listen on first.
        browser: Whether to open a window.
        describe: Takes sentences for the user.
        print_address: Takes the address that opens a window, where none is opened.

    """

    def __init__(
        self,
        folder: str | None,
        port: int,
        *,
        browser: bool,
        describe: Callable[[str], None],
        print_address: Callable[[str], None],
    ) -> None:
        self.port: Final = port
        self.browser: Final = browser
        self.describe: Final = describe
        self.print_address: Final = print_address
        self.campaign, self.root = _places(folder)

    def show(self, address: str, port: int) -> None:
        """Open the browser at an address, or say where it is."""
        if not self.browser:
            self.print_address(address)
            return
        self.describe(f"The app is at http://{ADDRESS}:{port}. Ctrl-C ends it.")
        threading.Thread(target=self._open, args=(address,), daemon=True).start()

    def _open(self, address: str) -> None:
        import webbrowser

        page = write_private(WINDOW, f'<!doctype html><meta http-equiv="refresh" content="0;url={address}">\n')
        if not webbrowser.open(page.as_uri()):
            self.describe(f"No browser opened: open {address} yourself, once.")


def _places(folder: str | None) -> tuple[Path | None, Path]:
    """Return the campaign to open, None for none, and the folder in which new ones are made.

    Raises:
        InputError: There is no such folder.

    """
    if folder is None:
        file = find_campaign_file()
        return (file.parent if file else None), usual_root()
    path = Path(folder)
    if path.name == FILE:
        path = path.parent
    if not path.is_dir():
        raise InputError("no such folder", where=folder, hint="check the path, or go without it: outreach app")
    path = Path(os.path.realpath(path))
    return (path, usual_root()) if (path / FILE).is_file() else (None, path)


def start(asked: Start) -> None:
    """Run the app until it is idle for long, or ended; where it runs already, open another window of it.

    Raises:
        OutputError: No port can be had.

    """
    if (running := _running(asked)) is not None:
        asked.show(*running)
        return
    listening, port = _listen(asked)
    keys = Keys(port)
    campaigns = Campaigns(asked.root)
    path = "/" if asked.campaign is None else f"/c/{campaigns.add(asked.campaign)}/"
    write_private(RUNNING, json.dumps({"port": port, "start": keys.second_start}))
    asked.show(keys.address(path), port)
    try:
        _serve(listening, keys, campaigns)
    finally:
        with contextlib.suppress(OSError, ValueError):
            if json.loads(read_private(RUNNING) or "{}").get("start") == keys.second_start:
                (user_folder() / RUNNING).unlink(missing_ok=True)
        (user_folder() / WINDOW).unlink(missing_ok=True)


def _running(asked: Start) -> tuple[str, int] | None:
    """Return a new address of an app that this user runs already and its port, None where none answers."""
    try:
        known = json.loads(read_private(RUNNING) or "{}")
        port, shown = int(known["port"]), str(known["start"])
        body = json.dumps({"campaign": None if asked.campaign is None else str(asked.campaign)})
        with contextlib.closing(http.client.HTTPConnection(ADDRESS, port, timeout=PATIENCE_SECONDS)) as connection:
            connection.request("POST", AGAIN, body, {"X-Outreach-Start": shown, "Content-Type": "application/json"})
            answer = connection.getresponse()
            path = str(json.loads(answer.read())["path"]) if answer.status == http.client.OK else ""
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
        return None
    return (f"http://{ADDRESS}:{port}{path}", port) if path.startswith("/open?") else None


def _listen(asked: Start) -> tuple[socket.socket, int]:
    """Return a socket on the port that was asked for, or on the next one that is free.

    Raises:
        OutputError: None of them is.

    """
    for port in range(asked.port, min(asked.port + TRIED, 65536)):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform != "win32":  # there it would let two programs share a port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((ADDRESS, port))
            listening.listen(100)
        except OSError:
            listening.close()
            continue
        if port not in {asked.port, 0}:
            asked.describe(f"Port {asked.port} is taken: using {port}.")
        return listening, listening.getsockname()[1]
    raise OutputError(f"ports {asked.port} to {asked.port + TRIED - 1} are taken", hint="give another one: --port 9000")


def _serve(listening: socket.socket, keys: Keys, campaigns: Campaigns) -> None:
    """Answer until the app is idle for long or a signal ends it."""
    import uvicorn

    from outreach.app.pages import MOST_BYTES, app_for

    guard = Guard(app_for(keys, campaigns), keys, MOST_BYTES)
    config = uvicorn.Config(
        guard, loop="asyncio", http="h11", ws="none", lifespan="off", log_config=None, access_log=False,
        proxy_headers=False, server_header=False, timeout_graceful_shutdown=3,
    )  # fmt: skip
    server = _server_class()(config)
    warming = threading.Timer(WARM_AFTER_SECONDS, warm)  # behind the first page, which it would hold up
    warming.daemon = True
    warming.start()
    try:
        asyncio.run(_until_idle(server, guard, listening))
    finally:
        campaigns.close()
        warming.cancel()
        warming.join(WARMING_SECONDS)  # the end of Python would cut it off within the engine, which aborts


async def _until_idle(server: Any, guard: Guard, listening: socket.socket) -> None:
    async def look() -> None:
        while not server.should_exit:
            await asyncio.sleep(LOOK_SECONDS)
            if guard.idle_seconds() > IDLE_SECONDS:
                server.should_exit = True

    looking = asyncio.create_task(look())
    await server.serve(sockets=[listening])
    looking.cancel()


def _server_class() -> type[Any]:
    import uvicorn

    class Server(uvicorn.Server):
        """A server whose usual end is a signal: nothing is raised again afterwards."""

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            if threading.current_thread() is not threading.main_thread():
                yield
                return
            numbers = [getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")]
            before = {number: signal.signal(number, self.handle_exit) for number in numbers if number is not None}
            try:
                yield
            finally:
                for number, old in before.items():
                    signal.signal(number, old)

    return Server


def warm() -> None:
    """Import what the pages need, and read a list once, so that the first real one does not wait."""
    with contextlib.suppress(Exception):  # whatever is wrong is told where it is needed
        from outreach.engine import Engine
        from outreach.likes.check import check
        from outreach.ranking import rank

        with Engine() as engine:
            file = engine.folder / "warm.csv"
            file.write_text("customer,resource,subscribers\nA,t.me/zelvorika,9000\nB,t.me/zelvorika,9000\n", "utf-8")
            checked = check(engine, [file])
            if checked.likes is not None:
                rank(checked.likes)
