"""Small files that the user wrote: which labels are one person, which addresses one place."""

import unicodedata

import pytest

import outreach
from outreach.engine import Engine
from outreach.errors import InputError
from outreach.keys.aliases import Alias
from outreach.likes import read
from outreach.likes.by_hand import hand_aliases, people_in
from outreach.likes.plan import ReadOptions
from outreach.messages import describe


@pytest.fixture
def file(tmp_path):
    def write(text: str, name: str = "by hand.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


@pytest.mark.parametrize(
    "header",
    ["customer,alias", "Клиент;Псевдоним", "Πελάτης\tΨευδώνυμο", "klients,cits vārds", "հաճախորդ,այլ անուն"],
)
def test_headers_in_five_languages(file, header):
    sign = next(sign for sign in ",;\t" if sign in header)
    assert people_in(file(f"{header}\nanna{sign}Anna P.\n")) == {"Anna P.": "anna"}


def test_addresses_have_headers_in_five_languages_too(file):
    assert hand_aliases(file("Адрес;То же, что\nt.me/smm_riga;vk.com/club7\n")) == [
        Alias("telegram:smm_riga", "vk:club7", "by hand")
    ]


def test_an_alias_of_an_alias_is_the_same_person(file):
    """In any order, and however long the chain is."""
    people = people_in(file("customer,alias\nC,D\nA,B\nB,C\nA,A\n"))
    assert people == {"D": "A", "B": "A", "C": "A"}


@pytest.mark.parametrize(
    ("rows", "line", "why"),
    [
        ("anna,\n", 2, "both a customer and an alias are needed"),
        (",\nanna,A\n,A\n", 4, "both a customer and an alias are needed"),
        ("anna,A\nboris,A\n", 3, "this alias belongs to another customer too"),
        ("anna,A\nA,anna\n", 3, "each of these is an alias of the other"),
        ("A,B\nB,C\nC,A\n", 4, "each of these is an alias of the other"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(file, rows, line, why):
    with pytest.raises(InputError) as error:
        people_in(file(f"customer,alias\n{rows}"))
    assert error.value.message.endswith(f"line {line}: {why}")
    assert "anna" not in error.value.message, "a customer's label is nobody else's business"


def test_a_label_is_the_same_in_both_ways_to_write_an_accent(file):
    """macOS takes letters apart in the names of folders."""
    decomposed = unicodedata.normalize("NFD", "Ελένη Π.")
    people = file(f"customer,alias\nΕλένη,{decomposed}\n")
    likes = file("customer,resource\nΕλένη Π.,t.me/smm_riga\nΕλένη,t.me/smm_athens\n", "likes.csv")
    assert set(outreach.read_likes(likes, customers=people)["customer"]) == {"Ελένη"}


def test_aliases_that_nobody_bears_are_counted(file):
    """By their lines and without the label; those that stand in one of the lists are none of them."""
    one = file("customer,resource\nAnna P.,t.me/smm_riga\n", "one.csv")
    other = file("customer,resource\n  Boris   K. ,t.me/smm_riga\n", "other.csv")
    path = file("customer,alias\nanna,Anna P.\nanna,Anna\nboris,Boris K.\nboris,B. K.\n")
    with Engine() as engine:
        likes = read(engine, [one, other], ReadOptions(people=people_in(path)))
        told = [describe(remark) for remark in likes.remarks if remark.code.startswith("aliases")]
        assert likes.customers == 2
    assert told == [f"Aliases of customers that are in no list: 2 ({path}, line 3, 5); write them as in the lists"]
