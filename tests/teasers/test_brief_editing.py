"""Answers in a brief that is there already."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import OutputError
from outreach.teasers.brief_editing import answered_brief, with_answers

BRIEF = '''# Ours.
url = "https://a.example"

# Two of them:
problem = [
  """
Late?
[not a heading]""",
  "Lost?",
]
solution = "Plan."  # stays
# author = ""

[short]
author = "of a table"
problem = "Short?"
'''


def test_only_what_changed_is_written_anew():
    """Notes, tables and answers that are as before stay letter by letter."""
    same = {"url": ["https://a.example"], "problem": ["Late?\n[not a heading]", "Lost?"], "solution": ["Plan. "]}
    assert with_answers(BRIEF, same) == BRIEF
    made = with_answers(BRIEF, {"author": ["Ann"], "solution": ["Plan.", "Map."], "bonus": [], "language": ["ru"]})
    assert made.endswith(BRIEF[BRIEF.index("[short]") :])
    assert made.startswith(BRIEF[: BRIEF.index("solution")])
    told = tomllib.loads(made)
    assert (told["author"], told["solution"], told["language"]) == ("Ann", ["Plan.", "Map."], "ru")
    assert "bonus" not in told


def test_a_new_brief_has_its_notes(tmp_path):
    """What was answered stands there; the rest is a note."""
    text = answered_brief(tmp_path / "brief.toml", {"url": ["https://a.example"], "problem": ["A", "B"]}, "ru")
    told = tomllib.loads(text)
    assert (told["url"], told["problem"], told["solution"]) == ("https://a.example", ["A", "B"], "")
    assert "# bonus = " in text


def test_a_brief_that_cannot_be_read_stays():
    """Nothing is written into what is no TOML."""
    with pytest.raises(OutputError):
        with_answers('url = "', {"url": ["https://a.example"]})


TEXTS = st.text(st.sampled_from("aя\"\\\n[]#= '\t"), max_size=12)


@given(st.dictionaries(st.sampled_from(["url", "problem", "author", "bonus"]), st.lists(TEXTS, max_size=3)))
def test_whatever_is_typed_is_read_back(answers):
    """Quotes, brackets and lines come back as they were typed."""
    told = tomllib.loads(with_answers(BRIEF, answers))
    for name, texts in answers.items():
        filled = [one.strip() for one in texts if one.strip()]
        assert told.get(name, "") == (filled if len(filled) > 1 else filled[0] if filled else "")
