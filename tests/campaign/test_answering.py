"""An answer about one file of lists is kept in the campaign's file, and reading follows it."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.campaign.answering import keep_answer, with_answer
from outreach.campaign.settings import read_campaign
from outreach.engine import Engine
from outreach.errors import AmbiguousFormatError, OutputError
from outreach.likes import read
from outreach.likes.check import check
from outreach.likes.plan import ReadOptions

UNDECIDED = "Name;Link\nBrin Oltra;https://t.me/zelvorika\nMorka Telu;https://t.me/plumbariq\n"
names = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=12)


@given(names, st.sampled_from(["matrix", "long"]))
def test_an_answer_is_read_back_and_taken_back(name, shape):
    """Whatever a file is called, its answer stands there once, and the rest stays."""
    text = 'client = "Clinic"  # a note\n\n[utm]\nmedium = "social"\n'
    once = with_answer(text, name, {"read_as": shape})
    twice = with_answer(once, name, {"customer_is": "file"})
    assert once.startswith(text)
    assert tomllib.loads(twice)["reading"] == {name: {"customer_is": "file"}}
    assert with_answer(twice, name, {}) == text


def test_what_is_written_in_another_way_is_not_touched():
    """An answer that a person wrote inline is no line of ours: nothing is written over it."""
    with pytest.raises(OutputError, match=r"a\.csv has no place"):
        with_answer('reading = {"a.csv" = {read_as = "long"}}\n', "a.csv", {"read_as": "matrix"})


def test_reading_asks_and_follows_the_answer(tmp_path):
    """Of two readings each choice of the refusal lets the file be read; other files stay as they are."""
    (tmp_path / "outreach.toml").write_text('client = "Clinic"\n')
    path, other = tmp_path / "who.csv", tmp_path / "other.csv"
    path.write_text(UNDECIDED)
    other.write_text("customer,resource\nAnna,t.me/zelvorika\n")
    with Engine() as engine:
        (refused,) = [one for one in check(engine, [path]).skipped if one.choices]
    with Engine() as engine, pytest.raises(AmbiguousFormatError) as raised:
        read(engine, [path])
    assert raised.value.choices == refused.choices == (("customer_is", "column"), ("customer_is", "file"))
    customers = []
    for option, value in refused.choices:
        keep_answer(tmp_path / "outreach.toml", path.name, {option: value})
        answers = read_campaign(tmp_path / "outreach.toml").settings.reading
        with Engine() as engine:
            customers.append(read(engine, [path, other], ReadOptions(answers=answers)).customers)
    assert customers == [3, 2]


def test_what_nobody_can_read_unasked_offers_the_shapes_that_fit(tmp_path):
    """The choices of the refusal are those of its hint, and each of them lets the file be read."""
    path = tmp_path / "likes.csv"
    path.write_text("Oltra;Telu\nzelvorika;plumbariq\nkapstrunde;plumbariq\n")
    with Engine() as engine:
        (refused,) = check(engine, [path]).skipped
    assert refused.choices
    for option, value in refused.choices:
        assert f"--read-as {value} where" in refused.hint
        with Engine() as engine:
            assert read(engine, [path], ReadOptions(answers={"likes.csv": {option: value}})).customers
