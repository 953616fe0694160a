"""Values in a TOML file that a person wrote."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import OutputError
from outreach.files.toml_editing import with_values

FILE = '''# Head
a = "1"  # behind
many = [
  "x",  # of x
  # between
  """y
[no heading]""",
]  # last
# note = "n"

# [writer]
# name = ""
[other]  # of another
a = "not this"
# note = "not this"
'''


def test_comments_and_order_stay():
    """Those behind a value stay behind it, those inside of a list stand above its new one."""
    made = with_values(FILE, {"many": ["z"], "a": "2", "note": "N"})
    assert made == FILE.replace('a = "1"', 'a = "2"').replace('# note = "n"', 'note = "N"').replace(
        FILE[FILE.index("many") : FILE.index("]  # last")], '# of x\n# between\nmany = ["z"'
    )  # fmt: skip
    assert with_values(FILE, {"a": "1", "missing": None, "other.missing": None}) == FILE


def test_what_is_emptied_becomes_a_note_and_comes_back():
    """Its lines stand there with a # before each."""
    without = with_values(FILE, {"many": None, "a": None})
    assert tomllib.loads(without) == {"other": {"a": "not this"}}
    assert '# a = "1"  # behind' in without
    again = with_values(without, {"a": "1"})
    assert again.startswith('# Head\na = "1"\n')


def test_values_below_headings():
    """A heading that is there takes it, else that of a note, else a new one; what would change more is refused."""
    assert tomllib.loads(with_values(FILE, {"other.note": 3}))["other"] == {"a": "not this", "note": 3}
    assert '\n[writer]\nname = "Ann"\n[other]' in with_values(FILE, {"writer.name": "Ann"})
    hidden = '# [writer]\n# name = ""\nbelow = 1\n'
    made = with_values(hidden, {"writer.name": "Ann"})
    assert tomllib.loads(made) == {"below": 1, "writer": {"name": "Ann"}}
    assert made.startswith(hidden)
    for text in ('writer = "x"\n', 'writer = {name = "x"}\n', 'writer = "'):
        with pytest.raises(OutputError):
            with_values(text, {"writer.name": "Ann"})


NAMES = ["a", "many", "note", "new", "writer.name", "other.a"]
TEXTS = st.text(st.sampled_from("aя\"\\\n[]#= '\t"), max_size=12)


@given(st.dictionaries(st.sampled_from(NAMES), st.none() | st.integers(0, 99) | TEXTS | st.lists(TEXTS, max_size=3)))
def test_whatever_is_put_in_is_read_back(values):
    """And nothing else of the file changes."""
    found = tomllib.loads(with_values(FILE, values))
    for path, value in values.items():
        table, _, name = path.rpartition(".")
        assert (found.get(table, {}) if table else found).get(name) == value
    assert {"a", "many", "other"} <= found.keys() | {name for name, value in values.items() if value is None}
