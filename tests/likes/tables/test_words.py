"""What people write in lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.likes.tables.answers import is_address, is_nothing, is_prose, is_unknown, is_yes, parts, unmarked

ADDRESSES = st.sampled_from(
    ["t.me/smm_lv", "https://vk.com/club7", "@baltic_ads", "https://example.com/a?b=1,2;c", "r/latvia", "vk:club9"]
)


@given(st.lists(ADDRESSES, min_size=1, max_size=6), st.sampled_from([", ", "; ", " | ", "\n", "\n- ", "\n• ", ";\n"]))
def test_a_list_comes_apart_where_it_was_joined(addresses, separator):
    """Whatever stands between, and an address is never cut."""
    assert parts(separator.join(addresses)) == addresses


@given(st.lists(ADDRESSES, min_size=1, max_size=6))
def test_white_space_between_addresses_separates(addresses):
    """A pasted line of addresses is a list."""
    assert parts(" ".join(addresses)) == addresses


@given(st.lists(ADDRESSES, min_size=2, max_size=6))
def test_numbers_are_cut_off(addresses):
    """Also where the list was numbered on one line."""
    assert parts(" ".join(f"{number}. {text}" for number, text in enumerate(addresses, 1))) == addresses


@given(st.text())
def test_no_text_breaks_anything(text):
    """And no item is blank."""
    assert all(part.strip() for part in parts(text))
    assert not (is_nothing(text) and is_yes(text))


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Медуза, Дождь", ["Медуза", "Дождь"]),
        ("«Кофе, чай и пицца», Дождь", ["«Кофе, чай и пицца»", "Дождь"]),
        ("Рига и Таллин", ["Рига и Таллин"]),
        ("Health and Safety", ["Health and Safety"]),
        ("t.me/smm_lv и t.me/smm_ru", ["t.me/smm_lv", "t.me/smm_ru"]),
        ("t.me/smm_lv και t.me/smm_gr", ["t.me/smm_lv", "t.me/smm_gr"]),
        ("Читаю t.me/smm_lv", ["t.me/smm_lv"]),
        ("t.me/smm_lv,t.me/smm_ru", ["t.me/smm_lv", "t.me/smm_ru"]),
        ("t.me/smm_lv,Медуза", ["t.me/smm_lv", "Медуза"]),
        ("https://example.com/riga,latvia", ["https://example.com/riga,latvia"]),
        ("Baltic <https://t.me/baltic>, Riga", ["Baltic <https://t.me/baltic>", "Riga"]),
        (" , ;", []),
        ("", []),
    ],
)
def test_lists_with_names(text, items):
    """Commas separate names; "and" separates addresses only."""
    assert parts(text) == items


@pytest.mark.parametrize(
    "text", ["нет", "No.", "none", "-", "–", "не читаю", "nav", "neesmu", "Όχι", "καμία", "ոչ", "չկա"]
)
def test_words_of_an_empty_list(text):
    """In the languages of our users."""
    assert is_nothing(text)
    assert not is_unknown(text)


@pytest.mark.parametrize(
    "text", ["?", "??", "н/д", "n/a", "не знаю", "don't know", "don’t know", "nezinu", "δεν ξέρω", "չգիտեմ"]
)
def test_words_of_not_knowing(text):
    """They are no answer, and not an empty list."""
    assert is_unknown(text)
    assert not is_nothing(text)


@pytest.mark.parametrize(
    "text", ["t.me/durov", "@durov", "https://vk.com/feed", "vk.com/club7", "r/smm", "https://x.com/smm"]
)
def test_addresses(text):
    """Also those that lead to no resource: the reason comes later."""
    assert is_address(text)


@pytest.mark.parametrize(
    "text", ["Anna", "anna@example.com", "+371 20000000", "24/7", "п/п", "n/a", "", "@", "Маркетинг/SMM"]
)
def test_what_is_no_address(text):
    """Names, mail, telephones, numbers."""
    assert not is_address(text)


@pytest.mark.parametrize(
    ("line", "text"),
    [("- a", "a"), ("•a", "a"), ("1. a", "a"), ("12) a", "a"), ("— a", "a"), ("-", "-"), ("1.5 x", "1.5 x")],
)
def test_bullets_and_numbers_are_no_part_of_a_line(line, text):
    """A dash alone stays: it says that there is nothing."""
    assert unmarked(line) == text


def test_sentences_are_told_from_names():
    """A name may hold a full stop or end with a question mark."""
    assert is_prose("I hope that you are well.")
    assert is_prose("Я читаю много разных каналов. В основном о маркетинге")
    assert not is_prose("Anna K.")
    assert not is_prose("Что? Где? Когда?")
