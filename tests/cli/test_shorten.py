"""``outreach shorten``: short links on standard output, everything else beside it."""

from __future__ import annotations

import os

import pytest
from click.testing import CliRunner

import outreach.cli
from outreach.cli import main
from outreach.remote.tokens import keep_token
from tests.teasers.shorteners.answers import LONG, MADE, SHORT
from tests.teasers.shorteners.server import TOKEN, running

TWO = LONG.replace("guide", "two")


@pytest.fixture
def server(monkeypatch):
    """Stand for Bitly, which the command finds by its environment."""
    with running() as ours:
        monkeypatch.setenv("OUTREACH_BITLY_URL", ours.base)
        monkeypatch.setenv("OUTREACH_BITLY_TOKEN", TOKEN)
        monkeypatch.setenv("NO_PROXY", "*")
        yield ours


@pytest.fixture
def shorten(monkeypatch):
    """Call the command, registered or not."""
    monkeypatch.setattr(outreach.cli, "COMMANDS", {"shorten": "Shorten tagged links."})

    def call(*args: str, stdin: bytes | None = None):
        return CliRunner().invoke(main, ["shorten", *args], input=stdin, catch_exceptions=False)

    return call


def test_short_link_is_all_of_standard_output(shorten, server):
    """So that it can be copied or piped."""
    server.answers = [MADE["bitly"]]
    result = shorten(LONG, "--with", "bitly")
    assert (result.exit_code, result.stdout) == (0, SHORT["bitly"] + "\n")
    assert result.stderr == "1 of 1 link shortened.\nExample: outreach draft brief.toml --shorten bitly\n"


def test_what_fails_stays_long_in_its_place(shorten, server):
    """Line by line as the links were given, repeated ones too."""
    server.answers = [MADE["bitly"], (400, b"{}")]
    result = shorten(LONG, TWO, LONG, "--with", "bitly")
    assert (result.exit_code, result.stdout) == (0, f"{SHORT['bitly']}\n{TWO}\n{SHORT['bitly']}\n")
    assert result.stderr == (
        f"{TWO} stays long: Bitly does not accept this link (400)\n"
        "1 of 2 links shortened.\n"
        "Example: outreach draft brief.toml --shorten bitly\n"
    )


def test_none_shortened_is_a_remote_error(shorten, server):
    """Exit 5, nothing on standard output, the token nowhere."""
    server.answers = [(401, {"message": TOKEN})]
    result = shorten(LONG, "--with", "bitly")
    assert (result.exit_code, result.stdout) == (5, "")
    assert result.stderr == (
        f"{LONG} stays long: Bitly does not accept the token (401)\n"
        "Error: No link was shortened\n"
        "Hint: the long links work; try again later, or use another service\n"
    )


def test_links_that_nobody_could_shorten_are_input(shorten, server):
    """The service was not asked and is not to blame."""
    result = shorten("https://example.com/", "--with", "bitly")
    assert (result.exit_code, result.stdout, server.asked) == (3, "", [])
    assert result.stderr == (
        "https://example.com/ stays long: has no utm parameters: tag it first (outreach link), then shorten it\n"
        "Error: None of these links can be shortened\n"
        "Hint: give tagged http(s) links: outreach link\n"
    )


def test_missing_token_names_the_variable(shorten, monkeypatch):
    """Before anything is sent."""
    monkeypatch.delenv("OUTREACH_VK_TOKEN", raising=False)
    result = shorten(LONG, "--with", "vk")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        "Error: VK needs a token, but the environment variable OUTREACH_VK_TOKEN is not set\n"
        "Hint: get one (id.vk.com, the service token of your own application) and set OUTREACH_VK_TOKEN, "
        "or save it in the app: Settings\n"
    )


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ((LONG, "--with", "goo.gl"), "Error: goo.gl: not a service that shortens links\n"),
        ((LONG, "--with", "clck.ru", "--domain", "a.example"), "does not let you choose a domain"),
        ((LONG,), "Missing option '--with'"),
        (("--with", "bitly"), "Missing argument"),
    ],
)
def test_wrong_usage(shorten, args, error):
    """Exit 2, as everywhere."""
    result = shorten(*args)
    assert result.exit_code == 2
    assert error in result.stderr


def test_links_from_a_pipe(shorten, server):
    """One a line, with a BOM and Windows line ends, empty lines left out."""
    server.answers = [MADE["bitly"]]
    result = shorten("-", "--with", "bitly", stdin=f"\ufeff{LONG}\r\n\r\n".encode())
    assert (result.exit_code, result.stdout) == (0, SHORT["bitly"] + "\n")


@pytest.mark.parametrize("stdin", [b"", b" \n\n", b"\xff\xfeh\x00"])
def test_pipe_without_links(shorten, stdin):
    """A sentence."""
    result = shorten("-", "--with", "bitly", stdin=stdin)
    assert result.exit_code == 3
    assert result.stderr.startswith("Error: Standard input ")


def test_control_characters_do_not_reach_the_terminal(shorten, server):
    """A link from somewhere else may hold some."""
    server.answers = [MADE["bitly"]]
    result = shorten(LONG, "https://example.com/\x1b[2J\u202e", "--with", "bitly")
    assert "\x1b" not in result.stderr
    assert "\u202e" not in result.stderr
    assert "has spaces or control characters" in result.stderr


def test_command_needs_no_heavy_import_for_its_help(shorten):
    """Help has an example to paste."""
    result = shorten("--help")
    assert result.exit_code == 0
    assert "outreach shorten" in result.stdout


def test_a_token_that_the_app_saved_is_used(shorten, server, monkeypatch, user_folder):
    """Where the environment sets none; a file that others can read is refused before anything is sent."""
    monkeypatch.delenv("OUTREACH_BITLY_TOKEN")
    keep_token("OUTREACH_BITLY_TOKEN", "saved-in-the-app", "Bitly", "2026-11-30")
    server.answers = [MADE["bitly"]]
    assert shorten(LONG, "--with", "bitly").exit_code == 0
    assert "saved-in-the-app" in str(server.asked)
    if os.name != "nt":
        (user_folder / "tokens.json").chmod(0o644)
        result = shorten(TWO, "--with", "bitly")
        assert (result.exit_code, len(server.asked)) == (3, 1)
        assert "other users of this computer can read this file" in result.stderr
