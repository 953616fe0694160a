"""A name and an address that spells it are pointed out, and a bare name joins them."""

import pytest

from outreach.engine import Engine
from outreach.likes import read
from outreach.messages import describe
from outreach.ranking import Choice, rank

LISTS = """customer,Facebook
Anna,"Purvciems Online, facebook.com/other1"
Boris,"facebook.com/purvciemsonline, facebook.com/other1"
Vera,facebook.com/purvciemsonline
Dina,"Purvciems Online, Old Town"
"""


@pytest.mark.parametrize(
    "pair", ["Purvciems Online,facebook.com/purvciemsonline", "facebook:purvciemsonline,Purvciems Online"]
)
def test_a_name_and_its_spelling(write, pair):
    """They stay apart until the user says that they are one; then nothing is left to point out."""
    lists, same = write("likes.csv", LISTS), write("same.csv", f"resource,same_as\n{pair}\n")
    with Engine() as engine:
        likes = read(engine, [lists])
        assert [describe(one) for one in likes.remarks if "Perhaps one place" in describe(one)] == [
            "Perhaps one place: 1 (purvciems online = facebook:purvciemsonline); kept apart; --same-as joins them"
        ]
    with Engine() as engine:
        likes = read(engine, [lists], same_as=same)
        assert not any("Perhaps" in describe(one) for one in likes.remarks)
        assert [(row["name"], row["overlap"]) for row in rank(likes, Choice(min_subscribers=0)).table.head(1)] == [
            ("Purvciems Online", 4)
        ]


def test_short_words_and_numbers_prove_nothing(write):
    """``riga`` is many places."""
    lists = write(
        "likes.csv", 'customer,Facebook\nAnna,"Riga, New Kitchen"\nBoris,"facebook.com/riga, facebook.com/kitchennew"\n'
    )
    with Engine() as engine:
        assert not any("Perhaps" in describe(one) for one in read(engine, [lists]).remarks)
