"""Sizes as tables hold them."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach.files.numbers import (
    A_DATE,
    A_FRACTION,
    AMBIGUOUS,
    AMBIGUOUS_FRACTION,
    APPROXIMATE,
    IN_THOUSANDS,
    LARGEST,
    NOT_A_NUMBER,
    ROUNDED,
    UNKNOWN_SIZES,
    Size,
    advice,
    sizes,
    whole,
)
from outreach.messages import message

SPACES = " \t\u00a0\u202f\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"


def alone(text: str) -> Size:
    return sizes([text])[text]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1), ("5000", 5000), (" 12 ", 12), ("007", 7), ("31000.0", 31_000), ("5000,00", 5000), ("5000.000", 5000),
        ("5'000", 5000), ("5’000", 5000), ("1,234,567", 1_234_567), ("1.234.567", 1_234_567), ("1,234.00", 1234),
        ("1 234,0", 1234), ("1'234.00", 1234), ("٣٠٠", 300), ("５０００", 5000), (str(LARGEST - 1), LARGEST - 1),
        ("12,5K", 12_500), ("12.5k", 12_500), ("12 k", 12_000), ("1.2M", 1_200_000), ("2B", 2 * 10**9),
        ("12,5К", 12_500), ("1,2М", 1_200_000), ("12т", 12_000), ("12 тыс.", 12_000), ("12 тыс", 12_000),
        ("1,2 млн", 1_200_000), ("1,2млн.", 1_200_000), ("2 млрд", 2 * 10**9), ("1.5 mln", 1_500_000),
        ("12 tūkst.", 12_000), ("1,2 milj.", 1_200_000), ("12 χιλ.", 12_000), ("1,2 εκ.", 1_200_000),
        ("12 ΧΙΛΙΆΔΕΣ", 12_000), ("12 հազ.", 12_000), ("1,2 մլն", 1_200_000), ("1 234,5 тыс.", 1_234_500),
        ("~5000", 5000), ("≈ 5000", 5000), ("около 5000", 5000), ("ca. 5000", 5000), ("примерно 12 тыс.", 12_000),
        ("περίπου 5000", 5000), ("apmēram 5000", 5000), ("մոտ 5000", 5000), ("5000+", 5000), ("10K+", 10_000),
        (">10K", 10_000), ("более 5000", 5000), ("over 5000", 5000), ("vairāk nekā 5000", 5000),
        ("12,5K followers", 12_500), ("12 345 подписчиков", 12_345), ("12 тыс.подписчиков", 12_000),
        ("5000 μέλη", 5000), ("5000 sekotāji", 5000), ("5000 բաժանորդ", 5000), ("5000 հետևորդներ", 5000),
        ("Подписчиков: 12 345", 12_345), ("1e6", 10**6), ("1,2E+06", 1_200_000), ("1.234E+06", 1_234_000),
        ("number 31000.0", 31_000), ("1.2345K", 1234),
    ],
)  # fmt: skip
def test_understood(text, number):
    """What people write in five languages is understood beyond doubt."""
    assert alone(text) == Size(number)


@pytest.mark.parametrize(
    "text",
    ["", " ", "?", "-", "–", "—", "n/a", "NA", "Н/Д", "нет данных", "Неизвестно", "unknown", "nav", "nav zināms",
     "άγνωστο", "Άγνωστο", "δ/υ", "անհայտ", "None", "null", "NaN", "#N/A", "#Н/Д", "hidden", "скрыто"],
)  # fmt: skip
def test_said_to_be_unknown(text):
    """A word for "unknown" is an answer, not a fault."""
    assert alone(text) == Size(None)


@pytest.mark.parametrize(
    "text",
    ["0", "0.0", "0K", "-5", "−5", "+5", "5 00", "1,234 567", "1,23,456", "1_000", "²", "5²", "½", "1 2 3", "Infinity",
     "five", "5000 рублей", "5 лет", "12%", "$5000", "#5000", "(5000)", "5K 6K", "1K2", "6000-5000", "-5-6", "1e-5",
     "1e6K", "5/12", "+7 495 123-45-67", str(LARGEST), "9" * 500, "9" * 5000, "number -5", "number nan", "e5", ".5"],
)  # fmt: skip
def test_not_a_number(text):
    """Zero is no size, and nothing is guessed."""
    assert alone(text) == Size(None, NOT_A_NUMBER)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("5-6K", Size(5000, APPROXIMATE)),
        ("500-1K", Size(500, APPROXIMATE)),
        ("5000–6000", Size(5000, APPROXIMATE)),
        ("от 5 000 до 6 000", Size(5000, APPROXIMATE)),
        ("5 - 10 тыс. подписчиков", Size(5000, APPROXIMATE)),
        ("<10K", Size(10_000, APPROXIMATE)),
        ("до 10 тыс.", Size(10_000, APPROXIMATE)),
        ("12,5", Size(None, A_FRACTION)),
        ("0,8", Size(None, A_FRACTION)),
        ("1,234.5", Size(None, A_FRACTION)),
        ("number 12.5", Size(None, A_FRACTION)),
        ("number 12.345", Size(None, A_FRACTION)),
        ("1.39073E+18", Size(None, ROUNDED)),
        ("1E+999", Size(None, ROUNDED)),
    ],
)
def test_doubtful(text, size):
    """A doubt has a name; ranges and limits give a number with it."""
    assert alone(text) == size


@pytest.mark.parametrize(
    "text",
    ["date 2026-05-12", "date 2026-05-12T00:00:00", "2026-05-12", "12.05.2026", "12.май", "12.мая", "12 мая", "12-May",
     "May-13", "май.26", "5-Dec", "12.maijs", "12-Μαΐ", "12-մայիս", "12 հուն", "5 сент."],
)  # fmt: skip
def test_dates(text):
    """What Excel made a date of is no size, however the date is shown."""
    assert alone(text) == Size(None, A_DATE)


@pytest.mark.parametrize(
    ("texts", "size"),
    [
        (["1,234"], Size(1234, AMBIGUOUS)),
        (["8.500"], Size(8500, AMBIGUOUS)),
        (["1,234", "8.500"], Size(1234, AMBIGUOUS)),
        (["1,234", "1,234,567"], Size(1234)),
        (["1,234", "12,345.0"], Size(1234)),
        (["1,234", "12.5K"], Size(1234)),
        (["1,234", "31000.0"], Size(1234)),
        (["1,234", "1.234.567"], Size(1234, AMBIGUOUS)),
        (["1,234", "12,5K"], Size(1234, AMBIGUOUS)),
        (["1,234", "12,5K", "1.5M"], Size(1234, AMBIGUOUS)),
        (["1,234", "1,234,567", "12,5K"], Size(1234, AMBIGUOUS)),
        (["1,234K"], Size(1234, AMBIGUOUS_FRACTION)),
        (["1,234K", "12,5K"], Size(1234)),
        (["1,234K", "1.234.567"], Size(1234)),
        (["1,234K", "12.5K"], Size(1_234_000)),
        (["1,234K", "1,234,567"], Size(1_234_000)),
        (["1.234M"], Size(1_234_000, AMBIGUOUS_FRACTION)),
    ],
)
def test_a_column_decides(texts, size):
    """Other cells prove what the sign before three digits means; without proof there is a doubt."""
    assert sizes(texts)[texts[0]] == sizes(texts[::-1])[texts[0]] == size


def test_a_column_in_thousands():
    """Bare numbers beside bare fractions are thousands that nobody said: none is taken."""
    column = sizes(["12,5", "0,8", "7", "1,234", "3K", "~9", "?"])
    assert [size.number for size in column.values()] == [None, None, None, None, 3000, None, None]
    assert {column[text].doubt for text in ("7", "1,234", "~9")} == {IN_THOUSANDS}


def test_one_odd_fraction():
    """A slip among sizes does not make the column one of thousands."""
    column = sizes(["12,5", "5000", "12K", "850"])
    assert [size.number for size in column.values()] == [None, 5000, 12_000, 850]


def test_stored_fractions_are_no_thousands():
    """Excel reads 12,345 as a fraction where the comma is decimal; its neighbours are whole."""
    assert sizes(["number 12.345", "number 8.5", "850", "1200"])["850"] == Size(850)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date 2026-05-12", "Excel turned 12.5 into 12 May: type 12500"),
        ("date 2026-10-12", "Excel turned 12.10 into 12 October: type 12100"),
        ("12.май", "Excel turned 12.5 into 12 May: type 12500"),
        ("5-Dec", "Excel turned 5.12 into 5 December: type 5120"),
        ("12.05.2026", "Excel turned 12.5 into 12 May: type 12500"),
        ("date 2013-05-01", "Excel turned 1.5 or 5.13 into a date: type 1500 or 5130"),
        ("May-12", "Excel turned 12.5 or 5.12 into a date: type 12500 or 5120"),
        ("май.77", "Excel turned 5.77 into a date: type 5770"),
        ("date 1934-03-22", "Excel shows the number 12500 as a date: type 12500"),
        ("date 2026-99-12", "a date where a size should be: type the number"),
        ("12 հուն", "a date where a size should be: type the number"),
        ("number 12.345", "12.345 is a fraction: if it is 12 345, type 12345"),
        ("number 12.5", "12.5 is a fraction: if it is 12 500, type 12500"),
        ("12,5", "12,5 is a fraction: if it is 12 500, type 12500"),
        ("1,234", "1,234 could be 1234 or a fraction: taken as 1234"),
        ("1,234K", "1,234K could be 1234 or a thousand times more: taken as 1234"),
        ("5-6K", "5-6K is not one number: taken as 5000"),
        ("Anna", "not a whole number above 0; taken as unknown: write 12500 or 12 500"),
        ("number 0.00001", "a fraction, but a size is a whole number; taken as unknown"),
    ],
)
def test_advice(text, said):
    """The remark says what happened and what to type; what was not understood is not repeated."""
    assert str(advice(text)) == said


def test_advice_for_a_column():
    """A doubt that only the column raises is said as such."""
    assert advice("7", IN_THOUSANDS) == message(IN_THOUSANDS)
    assert advice("5000") is None


@given(
    st.integers(1, LARGEST - 1),
    st.sampled_from(["{}", "{:,}", "{:,}.0", "{:,}.00", "{}.0", "~{:,}", "{:,}+", "{:,} подписчиков"]),
    st.sampled_from([*SPACES, "'", "’"]),
)
def test_grouped_numbers_are_read(number, style, sign):
    """Every way of setting thousands apart gives the number back."""
    assert alone(style.format(number).replace(",", sign)) == Size(number)


@given(st.integers(1, LARGEST - 1), st.sampled_from([",", "."]))
def test_groups_by_comma_or_dot(number, sign):
    """Two groups leave no doubt, one group a doubt, and the number is the same."""
    text = f"{number:,}".replace(",", sign)
    assert alone(text) == Size(number, AMBIGUOUS if text.count(sign) == 1 else "")


@given(
    st.integers(1, 10**10),
    st.sampled_from([(10**3, "K"), (10**3, " тыс."), (10**3, "к"), (10**6, "M"), (10**6, " млн"), (10**6, " μ")]),
    st.sampled_from([",", "."]),
    st.integers(1, 2),
)
def test_shortened_numbers_are_read(number, suffix, sign, places):
    """What is shortened to one or two places comes back within the rounding."""
    times, word = suffix
    text = f"{number / times:.{places}f}".replace(".", sign) + word
    assert abs((alone(text).number or 0) - number) <= times / 10**places


@given(st.text(max_size=30) | st.text("0123456789.,'  -–eE+KМtдmay~<>", max_size=30))
@example("0" * 100_000)
@example("1-" * 40)
@example("number ")
@example("date ")
@example("date 0000-00-00")
def test_nothing_raises(text):
    """Any text is a number above zero or none, and whatever is doubtful has an advice of one line."""
    size = alone(text)
    assert size.number is None or 0 < size.number < LARGEST
    assert bool(advice(text)) == bool(size.doubt)
    assert not re.search(r"[\n\r]", str(advice(text)))
    assert whole(text) == (None if size.doubt else size.number)


@given(st.lists(st.text("0123456789.,K", min_size=1, max_size=6), unique=True))
def test_order_does_not_matter(texts):
    """A column is understood the same from top and from bottom."""
    assert sizes(texts) == sizes(texts[::-1])
    assert list(sizes(texts)) == texts


def test_unknown_words_are_lower_case():
    """They are compared with folded texts."""
    assert {word.lower() for word in UNKNOWN_SIZES} == UNKNOWN_SIZES
