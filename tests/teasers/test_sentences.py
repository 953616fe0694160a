"""Splitting a text into sentences: never inside one, in five languages."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.teasers.sentences import sentences

PIECES = st.lists(
    st.sampled_from(
        [
            "Да", "нет", "Πού", "Որտե՞ղ", "Kur", "iPhone", "т.", "е.", "e.g.", "Dr.", "г.", "3.5", "2024", "1.", ".",
            "!", "?", "…", "...", "։", ":", ";", " ", "  ", "\n", "\n\n", "\r\n", "—", "«", "»", ")", "😀", "。",
            "https://riga.lv",
        ]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    "parts",
    [
        ["One. ", "Two! ", "Three? ", "Four"],
        ["Wait... ", "What?! ", "Yes!!!"],
        ["We asked Dr. Ozola, Mr. Kalns, etc. and others. ", "They said no. ", "We went on."],
        ["See e.g. Riga, i.e. here, p. 5, No. 7. ", "Is it? ", "No. ", "Good."],
        ["Мы спросили А. С. Петрова, т. е. всех, и т. д. ", "Потом ждали."],
        ["Живём в г. Рига, на ул. Садовой, 5 тыс. человек. ", "Было в 2024 г. ", "Это я. ", "Потом ушёл."],
        ["«Кто это?» — спросил он. ", "«Я!» ", "Тишина…"],
        ["Πού χάνονται; ", "Ρωτήσαμε τον κ. Παπά, π.χ. χθες. ", "Καλά· και εσύ;"],
        ["Kur zūd? ", "Piem., Rīgā, Nr. 5, u.c. vietās 2024. gadā. ", "Tāpat prof. Kalns."],
        ["Որտե՞ղ են։ ", "Այստեղ, օր. Երևան։ ", "Շտապե՛ք։"],
        ["Որտե՞ղ են: ", "Այստեղ: ", "Այո"],
        ["1. Сначала. ", "2. Потом. "],
        ["Read more. ", "https://riga.lv/a.b и дальше. ", "iPhone тут."],
        ["Заголовок\n\n", "Текст с переносом\nстроки. ", "Конец.\n"],
        ["Три шага:\n- первый\n- второй\n\n", "Вот."],
        ["(Целое в скобках.) ", "Дальше."],
        ["全部。", "真的？", "好"],
        ["Цена 3.5 €. ", "Ок"],
        ["Готово. ", "😀 Ура! ", "😀"],
    ],
)  # fmt: skip
def test_sentences_by_hand(parts):
    """Sentences end where a reader ends them; abbreviations, initials and numbers end none."""
    assert sentences("".join(parts)) == parts


def test_nothing_has_no_sentence():
    """An empty text has no sentence; white space alone is kept."""
    assert sentences("") == []
    assert sentences(" \n\n ") == [" \n\n "]


@given(PIECES | st.text())
def test_sentences_join_back(text):
    """Nothing is lost, and no sentence is empty."""
    found = sentences(text)
    assert "".join(found) == text
    assert all(found)
    assert all(sentence.strip() for sentence in found[:-1])


@given(PIECES)
def test_dropping_sentences_leaves_the_others(text):
    """What is left after dropping sentences from the end splits as before."""
    found = sentences(text)
    for count in range(len(found)):
        assert sentences("".join(found[:count])) == found[:count]


@given(PIECES)
def test_no_sentence_begins_small(text):
    """A sentence never begins with a small letter, unless with a link or a name, or after an empty line."""
    found = sentences(text)
    for before, sentence in pairwise(found):
        begins = sentence.lstrip("—– -")
        if before.count("\n") < 2 and not before.rstrip().endswith("。") and begins:
            assert not begins[0].islower() or begins.startswith(("http", "iPhone"))


@pytest.mark.parametrize("piece", [". ", "a.", "Dr. ", "А. ", "\n", " ", "...", "?»", "г. ", "т. "])
def test_hostile_text_is_split_quickly(piece):
    """No text makes the splitting run away."""
    started = time.monotonic()
    assert "".join(sentences(piece * 10_000)) == piece * 10_000
    assert time.monotonic() - started < 2
