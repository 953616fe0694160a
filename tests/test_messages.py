"""A message is a code with values until it is shown."""

import string
import tomllib
from importlib.resources import files

import pytest

from outreach.messages import LANGUAGES, describe, en, message
from outreach.messages.plurals import FORM


@pytest.mark.parametrize("code", sorted(en.SENTENCES))
def test_sentences_are_templates(code):
    """Every sentence names its values plainly, and ends without a full stop."""
    fields = [name for _, name, _, _ in string.Formatter().parse(en.SENTENCES[code]) if name is not None]
    assert all(name.isidentifier() for name in fields)
    assert not en.SENTENCES[code].endswith(".")


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_languages_have_the_same_sentences(language):
    """The same codes in all of them, values that English has too, as many forms of a noun as its numbers take."""
    catalogues = {
        code: tomllib.loads(files("outreach.messages").joinpath(f"{code}.toml").read_text("utf-8"))["sentences"]
        for code in {language, "ru"}
    }
    found = catalogues[language]
    assert found.keys() == catalogues["ru"].keys()
    forms = max(FORM[language](number) for number in range(200)) + 1
    for code, text in found.items():
        values = [(name, spec) for _, name, spec, _ in string.Formatter().parse(text) if name]
        wanted = {name for _, name, _, _ in string.Formatter().parse(en.SENTENCES[code]) if name}
        assert {name for name, _ in values} <= wanted or code.startswith("book-"), code  # its cases differ
        assert all(spec == "#" or len(spec.split("|")) >= forms for _, spec in values if spec and "#" in spec), code
        assert not text.endswith((".", "։")), code


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
