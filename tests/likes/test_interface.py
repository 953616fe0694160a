"""Words of the networks' own pages."""

from __future__ import annotations

import pytest

from outreach.likes.tables.interface import WORDS, is_button, is_interface_word

BUTTONS = """
    Follow; Following; Followed; Unfollow; Subscribe; Subscribed; Join; Joined; Like; Liked; Message; Remove;
    Подписаться; Вы подписаны; Отписаться; Нравится; Вступить; Вы участник; Сообщение; Ви підписані; Підписатися;
    Ακολουθώ; Ακολουθείτε; Ακολούθησε; Μου αρέσει; Εγγραφή; Μήνυμα; Συμμετοχή;
    Sekot; Seko; Sekošana; Patīk; Abonēt; Pievienoties; Ziņa;
    Հետևել; Հետևում եք; Բաժանորդագրվել; Հավանել
"""
LABELS = """
    Follows you; Verified; See more; Public group; Private group; Page; Подписки; Открытая группа;
    Подтверждённый аккаунт; Ещё; Επαληθευμένο; Verificēts; Հաստատված
"""
NAMES = """
    Follow the Money; Like Magazine; Подписаться на жизнь; Join Riga; Ещё один канал; Page Six; t.me/follow_me;
    @following; Медуза; Ακολουθώντας την πόλη; Seko līdzi; 24; Messages from Riga; -
"""


def listed(words):
    return [word.strip() for word in words.split(";")]


@pytest.mark.parametrize("word", listed(BUTTONS))
def test_buttons_are_words_of_the_page(word):
    """In six languages."""
    assert is_button(word)
    assert is_interface_word(word)


@pytest.mark.parametrize("word", listed(LABELS))
def test_labels_are_no_buttons(word):
    """They do not end an entry."""
    assert is_interface_word(word)
    assert not is_button(word)


@pytest.mark.parametrize("name", listed(NAMES))
def test_a_name_that_holds_such_a_word_is_a_name(name):
    """Only the whole text counts."""
    assert not is_interface_word(name)


@pytest.mark.parametrize(
    "text", ["FOLLOWING", " Following ", "Вы\xa0подписаны", "вы подписаны ✓", "ΑΚΟΛΟΥΘΕΙΤΕ", "ՀԵՏԵՎԵԼ", "Еще", "Like!"]
)
def test_writing_does_not_matter(text):
    """Case, accents, punctuation, ticks and kinds of space."""
    assert is_interface_word(text)


def test_words_between_dots_count_where_all_are_such():
    """As in ``Verified · Follow``; a dot alone is one too."""
    assert is_interface_word("Verified · Follow")
    assert is_interface_word("·")
    assert not is_interface_word("Baltic SMM · Follow")


def test_blank_and_long_texts_are_no_words():
    """A blank cell is no button, and a book is not folded."""
    assert not is_interface_word("")
    assert not is_interface_word(" \n")
    assert not is_interface_word("follow " * 1000)


def test_every_word_is_recognised_as_written():
    """Folding a folded word changes nothing."""
    assert all(map(is_interface_word, WORDS))
    assert "" not in WORDS
