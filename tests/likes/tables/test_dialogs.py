"""Text copied from the pages of networks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.likes.tables.contract import Head, Tally
from outreach.likes.tables.pasted import CUT_OFF, recognise_dialog


def read(text, *titles):
    rows = [(line, [cell]) for line, cell in enumerate(text.split("\n"), 1)]
    shape = recognise_dialog(Head("list.txt", titles, rows))
    if shape is None:
        return None, None
    tally = Tally()
    return [tuple(values) for _, values in shape.records(rows, tally)], tally


def test_handle_name_button():
    """Instagram: the picture's alt text, the handle, the name, the button."""
    text = (
        "baltic.smm's profile picture\nbaltic.smm\nBaltic SMM\nFollowing\n"
        "riga_ads's profile picture\nriga_ads\nVerified\nFollowing\n"
    )
    records, tally = read(text, "instagram", "Anna")
    assert records == [
        ("Anna", "instagram", "baltic.smm", "Baltic SMM", None), ("Anna", "instagram", "riga_ads", None, None),
    ]  # fmt: skip
    assert tally.dropped == 5


def test_name_handle_button_description():
    """X: the description stands behind the button, may be long, may end with a colon, and is no resource."""
    text = (
        "Following\nBaltic SMM\n@baltic_smm\nFollows you\nFollowing\nAll about marketing. More here: example.com/blog\n"
        "My books:\nRiga Ads\nRiga Ads\n@riga_ads\nFollowing\nAds since 2009."
    )
    records, tally = read(text, "twitter", "Anna")
    assert records == [
        ("Anna", "x", "@baltic_smm", "Baltic SMM", None), ("Anna", "x", "@riga_ads", "Riga Ads", None),
    ]  # fmt: skip
    assert tally.dropped == 8
    assert tally.bad == []


@pytest.mark.parametrize(
    ("line", "size"),
    [
        ("12K followers", "12K"),
        ("Page · 1.2M followers", "1.2M"),
        ("Public group · 3.4K members", "3.4K"),
        ("1,234 subscribers", "1,234"),
        ("12,5 тыс. подписчиков", "12,5 тыс."),
        ("1 234 участника", "1 234"),
        ("Открытая группа · 1,2 млн участников", "1,2 млн"),
        ("12,5 тис. підписників", "12,5 тис."),
        ("3,4 χιλ. ακόλουθοι", "3,4 χιλ."),
        ("12\xa0345 μέλη", "12\xa0345"),
        ("2,1 tūkst. sekotāju", "2,1 tūkst."),
        ("5 հզր հետևորդ", "5 հզր"),
        ("Подписчики: 12K", "12K"),
    ],
)
def test_a_count_is_the_size_of_the_entry(line, size):
    """In the languages of our users; the number keeps its suffix."""
    text = f"Baltic SMM\n{line}\nFollowing\nRiga Ads\nCommunity\nFollowing"
    assert read(text, "fb", "Anna")[0] == [
        ("Anna", "facebook", None, "Baltic SMM", size), ("Anna", "facebook", None, "Riga Ads", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("button", "picture"),
    [
        ("Вы подписаны", "Фото профиля Дизайн"),
        ("Підписатися", "Фото профілю Дизайн"),
        ("Ακολουθείτε", "Φωτογραφία προφίλ Дизайн"),
        ("Sekošana", "Дизайн profila attēls"),
        ("Հետևել", "Дизайн պրոֆիլի նկար"),
        ("Liked", "Дизайн's profile picture"),
    ],
)
def test_buttons_and_pictures_are_never_resources(button, picture):
    """They are dropped and counted."""
    records, tally = read(f"Маркетинг\n{button}\n{picture}\nДизайн\n{button}\n", "вк", "Анна")
    assert records == [("Анна", "vk", None, "Маркетинг", None), ("Анна", "vk", None, "Дизайн", None)]
    assert tally.dropped == 3


def test_counts_end_entries_where_there_are_no_buttons():
    """A name and its count, repeated."""
    assert read("Baltic SMM\n12K followers\nRiga Ads\n3K followers", "fb", "Anna")[0] == [
        ("Anna", "facebook", None, "Baltic SMM", "12K"), ("Anna", "facebook", None, "Riga Ads", "3K"),
    ]  # fmt: skip


def test_handle_and_count_on_one_line():
    """YouTube: both between dots; what the channel is about stands below."""
    text = (
        "Baltic SMM\n@baltic•12.3K subscribers\nWe make videos\nSubscribed\nRiga Ads\n@riga•3K subscribers\nSubscribed"
    )
    assert read(text, "youtube", "Anna")[0] == [
        ("Anna", "youtube", "@baltic", "Baltic SMM", "12.3K"), ("Anna", "youtube", "@riga", "Riga Ads", "3K"),
    ]  # fmt: skip


LABELLED = [
    ("Anna", "instagram", "baltic", "Baltic SMM", None),
    ("Anna", "instagram", "riga", "Riga Ads", None),
    ("Boris", "instagram", "baltic", "Baltic SMM", None),
]


@pytest.mark.parametrize(
    "text",
    [
        "Anna:\nbaltic\nBaltic SMM\nFollowing\nriga\nRiga Ads\nFollowing\nBoris:\nbaltic\nBaltic SMM\nFollowing",
        "Anna\n\nbaltic\nBaltic SMM\nFollowing\nriga\nRiga Ads\nFollowing\n\nBoris\n\nbaltic\nBaltic SMM\nFollowing",
    ],
)
def test_customers_in_the_text(text):
    """A line with a colon, or a line of its own between blank lines."""
    assert read(text, "instagram")[0] == LABELLED


def test_a_customer_who_follows_nothing():
    """An empty list where the platform is known, counted where it is not."""
    text = "Anna:\nМаркетинг\nВы подписаны\nДизайн\nВы подписаны\n\nBoris:\n"
    assert read(text, "вк")[0][-1] == ("Boris", "vk", None, None, None)
    records, tally = read(text, "list")
    assert [values[0] for values in records] == ["Anna", "Anna"]
    assert tally.nothing == 1


def test_platform_headings():
    """A platform's name with a colon holds for what follows."""
    text = "Telegram:\nМаркетинг\n12 подписчиков\nПодписаться\nVK:\nДизайн\nВы подписаны"
    assert [(platform, name) for _, platform, _, name, _ in read(text, "Анна")[0]] == [
        ("telegram", "Маркетинг"), ("vk", "Дизайн"),
    ]  # fmt: skip


def test_blank_lines_between_all_lines_change_nothing():
    """As browsers paste it; no line is then somebody's name."""
    text = "Baltic SMM\n\n12K followers\n\nFollowing\n\nRiga Ads\n\n3K followers\n\nFollowing"
    assert [name for _, _, _, name, _ in read(text, "fb", "Anna")[0]] == ["Baltic SMM", "Riga Ads"]


def test_what_has_no_button_is_told():
    """The foot of the page, or a list that was cut off: a bad line, no resource."""
    records, tally = read("Baltic SMM\nFollowing\nRiga Ads\nFollowing\nTerms of service", "fb", "Anna")
    assert len(records) == 2
    assert [(bad.line, bad.reason) for bad in tally.bad] == [(5, CUT_OFF)]


@pytest.mark.parametrize(
    "text",
    [
        "t.me/smm_lv\nFollowing\nt.me/smm_ru\nFollowing",
        "Anna\nt.me/smm_lv\n\nBoris\nt.me/smm_ru",
        "Dear Anna,\n\nI like it.\n\nFollow\nme",
        "Following\nFollowing\nFollowing",
        "one\ntwo\nthree",
        "",
    ],
)
def test_other_texts_are_refused(text):
    """Addresses are a list of addresses, and one button makes no page."""
    assert read(text, "fb", "Anna") == (None, None)


def test_a_page_of_nobody_is_refused():
    """Without a customer in a title or in the text."""
    assert read("Baltic SMM\nFollowing\nRiga Ads\nFollowing", "facebook", "export") == (None, None)


def test_tables_are_refused():
    """Cells side by side are no page."""
    rows = [(1, ["Baltic SMM", "Following"]), (2, ["Riga Ads", "Following"])]
    assert recognise_dialog(Head("a.csv", ["Anna"], rows)) is None
    assert recognise_dialog(Head("a.csv", ["Anna"], [(1, ["A"]), (2, ["Like"])], chosen={"name": "1"})) is None


NAMES = st.lists(st.sampled_from(["Baltic SMM", "Маркетинг", "Ρίγα", "Reklāma Rīgā", "Գովազդ", "Page Six"]), min_size=2)


@given(NAMES, st.sampled_from(["Following", "Вы подписаны", "Ακολουθείτε", "Sekošana", "Հետևում եք"]))
def test_names_survive_among_buttons(names, button):
    """Each once, in their order, and every button is counted."""
    records, tally = read("\n".join(f"{name}\n{button}" for name in names), "facebook", "Anna")
    assert [name for _, _, _, name, _ in records] == names
    assert tally == Tally(dropped=len(names))
