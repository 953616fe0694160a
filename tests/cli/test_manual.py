"""``outreach manual``."""

import webbrowser

import pytest
from click.testing import CliRunner

import outreach.cli.manual as module
from outreach.cli import main


@pytest.fixture
def opened(monkeypatch):
    """Note what a browser would show."""
    addresses = []
    monkeypatch.setattr(webbrowser, "open", lambda address: addresses.append(address) or True)
    return addresses


@pytest.fixture
def pages(tmp_path, monkeypatch):
    """Give built pages, as the wheel of a release has them."""
    folder = tmp_path / "with a space" / "manual"
    (folder / "ru").mkdir(parents=True)
    for name in ("index.html", "ru/index.html"):
        (folder / name).write_text("<title>outreach</title>", "utf-8")
    monkeypatch.setattr(module, "PAGES", folder)
    return folder


def run(*words):
    return CliRunner().invoke(main, ["manual", *words])


def test_it_opens_the_pages(pages, opened):
    """The address is printed too, for whoever has another browser."""
    done = run()
    assert (done.exit_code, done.stderr) == (0, "")
    assert opened == [(pages / "index.html").as_uri()] == [done.stdout.strip()]


def test_it_opens_them_in_russian(pages, opened):
    """The first page of that language."""
    run("--lang", "ru")
    assert opened == [(pages / "ru" / "index.html").as_uri()]


def test_it_can_print_the_address_alone(pages, opened):
    """For scripts and machines without a browser."""
    assert run("--no-open").stdout.strip() == (pages / "index.html").as_uri()
    assert opened == []


def test_it_says_that_no_browser_opened(pages, monkeypatch):
    """The address stays there to copy."""
    monkeypatch.setattr(webbrowser, "open", lambda _address: False)
    done = run()
    assert done.stdout.strip() == (pages / "index.html").as_uri()
    assert done.stderr == "No browser opened: open this address yourself.\n"


def test_a_checkout_has_the_texts(opened, tmp_path, monkeypatch):
    """Without Sphinx the texts can be read all the same."""
    monkeypatch.setattr(module, "PAGES", tmp_path / "none")
    done = run("--lang", "ru")
    assert done.exit_code == 0
    assert done.stdout.strip() == str(module.sources() / "ru" / "index.md")
    assert opened == []


def test_an_installation_without_either_says_where_to_read(tmp_path, monkeypatch):
    """``pip install .`` builds no pages."""
    monkeypatch.setattr(module, "PAGES", tmp_path / "none")
    monkeypatch.setattr(module, "sources", lambda: None)
    done = run()
    assert done.exit_code == 3
    assert "this installation has no manual\nHint: read it in the folder docs of the source" in done.stderr


def test_the_package_may_say_where(monkeypatch):
    """An address that the project publishes goes before."""
    import importlib.metadata
    from email.message import Message

    named = Message()
    named["Project-URL"] = "Source, https://example.org/code"
    named["Project-URL"] = "Documentation, https://example.org/manual"
    monkeypatch.setattr(importlib.metadata, "metadata", lambda _name: named)
    assert module._elsewhere() == "at https://example.org/manual"
