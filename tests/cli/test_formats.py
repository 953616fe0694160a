"""``outreach formats``: what is read, what it was built from, and how a customer asks for it."""

from __future__ import annotations

import os

import pytest

from outreach.cli import formats as formats_module
from outreach.likes.exports import READERS


def test_every_reader_is_told_with_its_evidence_and_how_to_ask(outreach):
    told = outreach("formats").stdout
    paragraphs = {part.partition(",")[0]: " ".join(part.split()) for part in told.split("\n\n")}
    assert len(paragraphs) == len(READERS.readers())
    for reader in READERS.readers():
        paragraph = paragraphs[f"{reader.platform} ({reader.name})"]
        assert ("built from real files" in paragraph) == (reader.evidence == "real file")
        assert f"reads {reader.reads}" in paragraph
        assert f"ask for it {reader.ask}" in paragraph


def test_one_platform(outreach):
    told = outreach("formats", "TikTok").stdout
    assert told.startswith("tiktok (tiktok), built from ")
    assert "\n\n" not in told


def test_one_of_a_platform_s_several(outreach):
    """By the name that stands in brackets."""
    told = outreach("formats", "vk-archive").stdout
    assert told.startswith("vk (vk-archive), ")
    assert "\n\n" not in told


def test_a_platform_without_exports(outreach):
    result = outreach("formats", "pinterest")
    assert result.exit_code == 2
    assert "pinterest: exports of this platform are not read" in result.stderr


@pytest.mark.parametrize(("columns", "widest"), [(60, 59), (300, 100)])
def test_lines_fit_the_terminal(outreach, monkeypatch, columns, widest):
    """Addresses stay whole, so that they can be copied."""
    monkeypatch.setattr(formats_module, "is_terminal", lambda: True)
    monkeypatch.setattr(formats_module.shutil, "get_terminal_size", lambda: os.terminal_size((columns, 20)))
    lines = outreach("formats").stdout.splitlines()
    assert [line for line in lines if len(line) > widest and " " in line[14:].strip()] == []
    assert max(map(len, lines)) > widest - 10


def test_readers_of_results_have_a_line_each(outreach):
    """With their names, as --read-as takes them."""
    from outreach.tracking.exports import READERS as RESULTS

    lines = outreach("formats", "results").stdout.splitlines()
    assert {line.split()[0]: " ".join(line.split()[1:]) for line in lines} == {
        one.name: one.reads for one in RESULTS.readers()
    }
