"""The page of settings writes what commands read, and keeps tokens where nobody sees them."""

from __future__ import annotations

import html
import json
import os
import re
import tomllib

import pytest

from outreach.remote.tokens import Tokens

OURS = """# Ours: keep this line
client = "Clinic"  # the big one
own = [
  "t.me/zelvorika",  # since May
  "facebook:vorblinka",
]
min_subscribers = 5000

# Country
# market = "LV"

[reading."old.csv"]
read_as = "matrix"
"""


@pytest.fixture
def campaign(app):
    path = app.sample()
    desk = app.campaigns.desk(path.removeprefix("/c/"))
    file = desk.folder / "outreach.toml"
    file.write_text(OURS, encoding="utf-8")
    return f"{path}/settings", file


def form_of(text):
    """Return the fields of the form as the page sends them back untouched."""
    form = text[text.index('<form id="settings"') : text.index("</form>", text.index('<form id="settings"'))]
    fields = []
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        fields.append((name, html.unescape(value)))
    for name, value in re.findall(r'<input id="s-[^"]*" name="([^"]+)" value="([^"]*)"', form):
        fields.append((name, html.unescape(value)))
    for name, value in re.findall(r'<textarea id="[^"]*" name="([^"]+)"[^>]*>([^<]*)</textarea>', form):
        fields.append((name, html.unescape(value)))
    return dict(fields)


def test_only_what_was_changed_is_written(window, campaign):
    """Notes, order and other lines stay; a note gives its place to the answer, what is emptied becomes a note."""
    path, file = campaign
    fields = form_of(window.get(path).text)
    assert (fields["client"], fields["min_subscribers"]) == ("Clinic", "5000")
    assert window.post(path, fields).status == 303
    assert file.read_text("utf-8") == OURS
    changed = {
        "client": "Clinic “Zobi”", "own": "t.me/zelvorika\r\nhttps://vk.com/plumbariq", "min_subscribers": "12 500",
        "market": "Ελλάδα", "writer.name": "Ann", "writer.proof": "Ten years, many smiles\nA book",
    }  # fmt: skip
    window.post(path, fields | changed)
    text = file.read_text("utf-8")
    said = tomllib.loads(text)
    assert said["own"] == ["t.me/zelvorika", "https://vk.com/plumbariq"]
    assert (said["min_subscribers"], said["market"], said["writer"]["name"]) == (12500, "GR", "Ann")
    assert said["writer"]["proof"] == ["Ten years, many smiles", "A book"]
    assert 'client = "Clinic “Zobi”"  # the big one' in text
    assert "# since May" in text
    assert "# Ours: keep this line" in text
    assert said["reading"] == {"old.csv": {"read_as": "matrix"}}
    assert "Saved in outreach.toml" in window.get(path).text
    fields = form_of(window.get(path).text)
    window.post(path, fields | {"min_subscribers": "", "platforms": "vk"})
    assert "# min_subscribers = 12500" in file.read_text("utf-8")
    assert tomllib.loads(file.read_text("utf-8"))["platforms"] == "vk"


def test_what_cannot_be_used_is_said_beside_its_field(window, campaign):
    """All of it at once, with what was typed; nothing is written."""
    path, file = campaign
    fields = form_of(window.get(path).text)
    wrong = {
        "min_subscribers": "many", "currency": "shells", "exclude_ip": "here", "own": "/etc/passwd", "exclude": "https://vk.com/search?q=x",
        "budget": "a lot",
    }  # fmt: skip
    answer = window.post(path, fields | wrong)
    assert answer.status == 422
    assert file.read_text("utf-8") == OURS
    for name, typed in wrong.items():
        assert f'id="f-{name}"' in answer.text, name
        assert f">{typed}</textarea>" in answer.text or f'value="{typed}"' in answer.text, name
    assert answer.text.count('aria-invalid="true"') == len(wrong)


def test_the_file_goes_first(window, campaign):
    """What was changed by hand since the page was made stays, and is named; the rest is saved."""
    path, file = campaign
    fields = form_of(window.get(path).text)
    file.write_text(OURS.replace('"Clinic"', '"By hand"'), encoding="utf-8")
    window.post(path, fields | {"client": "By page", "min_subscribers": "100"})
    said = tomllib.loads(file.read_text("utf-8"))
    assert (said["client"], said["min_subscribers"]) == ("By hand", 100)
    text = window.get(path).text
    assert "changed elsewhere meanwhile, and its answer stays: The client" in text
    assert 'value="By hand"' in text


def test_answers_about_files(window, campaign):
    """They can be changed, and taken back; a file that is not there gets none."""
    path, file = campaign
    given = {"file": "old.csv", "was": "read_as=matrix", "read_as": "rows", "customer_is": "file"}
    window.post(f"{path}/reading", given)
    assert tomllib.loads(file.read_text("utf-8"))["reading"] == {"old.csv": {"read_as": "rows", "customer_is": "file"}}
    window.post(f"{path}/reading", given)
    assert "its answer stays: old.csv" in window.get(path).text
    window.post(f"{path}/reading", {"file": "old.csv", "was": "customer_is=file;read_as=rows"})
    window.post(f"{path}/reading", {"file": "../x.csv", "was": "", "read_as": "rows"})
    assert "reading" not in tomllib.loads(file.read_text("utf-8"))
    window.post(f"{path}/reading", {"file": "likes.csv", "was": "", "customer_is": "column"})
    assert tomllib.loads(file.read_text("utf-8"))["reading"] == {"likes.csv": {"customer_is": "column"}}


def test_tokens_are_written_and_never_shown(window, campaign, user_folder, monkeypatch):
    """They lie in one private file; the environment goes first; who removes one has it removed."""
    for name in list(os.environ):
        if name.startswith("OUTREACH_") and name.endswith(("_TOKEN", "_CLIENT_ID", "_URL")):
            monkeypatch.delenv(name)
    path, file = campaign
    window.post(f"{path}/token", {"variable": "OUTREACH_VK_TOKEN", "token": " s3cr3t-vk "})
    window.post(f"{path}/token", {"variable": "OUTREACH_SHLINK_URL", "token": "https://go.example.com/"})
    stored = user_folder / "tokens.json"
    assert json.loads(stored.read_text("utf-8"))["OUTREACH_VK_TOKEN"]["token"] == "s3cr3t-vk"  # noqa: S105
    assert os.name == "nt" or stored.stat().st_mode & 0o777 == 0o600
    assert (Tokens()["OUTREACH_VK_TOKEN"], Tokens()["OUTREACH_SHLINK_URL"]) == ("s3cr3t-vk", "https://go.example.com")
    text = window.get(path).text
    assert "VK: saved on this computer" in text
    assert text.count('name="remove"') == 2
    assert "saved on" in text
    assert "s3cr3t" not in text
    assert "s3cr3t" not in file.read_text("utf-8")
    monkeypatch.setenv("OUTREACH_VK_TOKEN", "of-the-environment")
    assert Tokens()["OUTREACH_VK_TOKEN"] == "of-the-environment"  # noqa: S105
    assert "taken from the environment (OUTREACH_VK_TOKEN)" in window.get(path).text
    window.post(f"{path}/token", {"variable": "OUTREACH_VK_TOKEN", "token": "x", "remove": "1"})
    assert "OUTREACH_VK_TOKEN" not in json.loads(stored.read_text("utf-8"))
    for wrong in ({"variable": "PATH", "token": "x"}, {"variable": "OUTREACH_DB", "token": "x"}):
        assert window.post(f"{path}/token", wrong).status == 400
    window.post(f"{path}/token", {"variable": "OUTREACH_BITLY_TOKEN", "token": "two\nlines"})
    assert "Bitly: this cannot be used. Copy it again, on one line." in window.get(path).text


@pytest.mark.skipif(os.name == "nt", reason="needs permissions as on Linux and macOS")
def test_tokens_that_others_can_read_are_refused(window, campaign, user_folder):
    """The page says so, and nothing is added to such a file."""
    path, _ = campaign
    window.post(f"{path}/token", {"variable": "OUTREACH_VK_TOKEN", "token": "s3cr3t"})
    (user_folder / "tokens.json").chmod(0o640)
    window.post(f"{path}/token", {"variable": "OUTREACH_BITLY_TOKEN", "token": "another"})
    text = window.get(path).text
    assert "other users of this computer can read this file" in text
    assert "another" not in (user_folder / "tokens.json").read_text("utf-8")
