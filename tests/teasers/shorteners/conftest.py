"""A server that stands for every service, and the call that asks it."""

from __future__ import annotations

import pytest
import requests

from outreach.teasers.shorteners import SHORTENERS, Memory, shorten
from tests.teasers.shorteners.answers import LONG
from tests.teasers.shorteners.server import TOKEN, running


@pytest.fixture
def server():
    """Run a server; a test fills in what it answers."""
    with running() as ours:
        yield ours


@pytest.fixture
def session():
    """Send past every proxy that this machine may have."""
    with requests.Session() as one:
        one.trust_env = False
        yield one


@pytest.fixture
def ask(server, session):
    """Shorten links at the server, without waiting; how long it would have waited is kept."""

    def call(name: str, *urls: str, cache=None, domain=""):
        variable = SHORTENERS[name].variable
        return shorten(
            urls or (LONG,),
            name,
            session=session,
            env={f"{variable}_TOKEN": TOKEN, f"{variable}_URL": server.base},
            cache=Memory() if cache is None else cache,
            domain=domain,
            sleep=call.waits.append,
        )

    call.waits = []
    return call


@pytest.fixture
def error_of(server, ask):
    """Give the error that follows from an answer."""

    def call(name: str, *answers) -> str:
        server.answers = list(answers)
        (short,) = ask(name).values()
        assert short.url == LONG
        return short.error

    return call
