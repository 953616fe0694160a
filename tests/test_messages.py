"""A message is a code with values until it is shown."""

import string

import pytest

from outreach.messages import describe, en, message


@pytest.mark.parametrize("code", sorted(en.SENTENCES))
def test_sentences_are_templates(code):
    """Every sentence names its values plainly, and ends without a full stop."""
    fields = [name for _, name, _, _ in string.Formatter().parse(en.SENTENCES[code]) if name is not None]
    assert all(name.isidentifier() for name in fields)
    assert not en.SENTENCES[code].endswith(".")


def test_counted_nouns_several_values_and_messages_in_messages(monkeypatch):
    """A number chooses the form of its noun; several values stand with commas; a message may stand in another."""
    monkeypatch.setitem(en.SENTENCES, "rows", "{rows:# row|# rows}")
    monkeypatch.setitem(en.SENTENCES, "files", "{files}: {why}")
    assert [describe(message("rows", rows=rows)) for rows in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
    assert describe(message("files", files=("a", "b"), why=message("rows", rows=1))) == "a, b: 1 row"


def test_values_are_never_templates(monkeypatch):
    """What stands in a file cannot ask for a value."""
    monkeypatch.setitem(en.SENTENCES, "name", "{name}")
    assert describe(message("name", name="{name} {0.__class__}")) == "{name} {0.__class__}"


def test_messages_are_values():
    """Two of one code and values are one, however they were written."""
    assert message("a", x=1, y=2) == message("a", y=2, x=1)
    assert len({message("a", x=1), message("a", x=1), message("a", x=2)}) == 2
