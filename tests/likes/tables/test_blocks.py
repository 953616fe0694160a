"""A name, and below it what this customer follows; or only addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import InputError
from outreach.likes.tables import lines
from outreach.likes.tables.answers import NOT_A_LIST
from outreach.likes.tables.blocks import recognise_addresses, recognise_blocks
from outreach.likes.tables.contract import Head, Tally
from outreach.likes.tables.interface import is_interface_word


def rows_of(text):
    return [(line, [cell]) for line, cell in enumerate(text.split("\n"), 1)]


def read(text, *titles, recognise=recognise_blocks):
    rows = rows_of(text)
    shape = recognise(Head("list.txt", titles, rows))
    if shape is None:
        return None, None
    tally = Tally()
    return [tuple(values) for _, values in shape.records(rows, tally)], tally


TWO = [("Anna", None, "t.me/smm_lv"), ("Anna", None, "vk.com/smm"), ("Boris", None, "t.me/smm_lv")]


@pytest.mark.parametrize(
    "text",
    [
        "Anna\nt.me/smm_lv\nvk.com/smm\n\nBoris\nt.me/smm_lv",
        "\n\nAnna\n\nt.me/smm_lv\n\nvk.com/smm\n\nBoris\n\nt.me/smm_lv\n",
        "Anna:\nt.me/smm_lv\nvk.com/smm\nBoris:\nt.me/smm_lv",
        "Anna\nt.me/smm_lv\nvk.com/smm\nBoris\nt.me/smm_lv",
        "Anna: t.me/smm_lv, vk.com/smm\nBoris: t.me/smm_lv",
        "Anna - t.me/smm_lv vk.com/smm\nBoris - t.me/smm_lv",
        "1. Anna\n- t.me/smm_lv\n- vk.com/smm\n\n2. Boris\n- t.me/smm_lv",
        "## Anna\n* t.me/smm_lv; vk.com/smm\n\n## Boris\n* t.me/smm_lv",
        "Customer\nAnna\nt.me/smm_lv\nvk.com/smm\n\nBoris\nt.me/smm_lv",
        "Anna\nt.me/smm_lv\nFollowing\nvk.com/smm\nВы подписаны\n\nSubscribe\nBoris\nt.me/smm_lv",
        "Name: Anna\nE-mail: anna@example.com\nt.me/smm_lv\nvk.com/smm\nName: Boris\nt.me/smm_lv",
    ],
)
def test_one_meaning_however_it_is_written(text):
    """Blank lines, colons, bullets, numbers, headers and buttons make no difference."""
    assert read(text)[0] == TWO


@pytest.mark.parametrize(
    ("names", "platforms"),
    [
        (("Анна", "Борис"), ("Телеграм", "ВК")),
        (("Άννα", "Γιώργος"), ("Τέλεγκραμ", "Facebook")),
        (("Anna Bērziņa", "Jānis"), ("Telegram", "Feisbuks")),
        (("Անի", "Դավիթ"), ("Տելեգրամ", "Ֆեյսբուք")),
        (("anna@example.com", "+371 20000000"), ("TG", "FB")),
    ],
)
def test_platform_headings_set_the_platform_below(names, platforms):
    """Until the next heading or customer; the languages do not matter."""
    first, second = names
    text = f"{first}:\n{platforms[0]}:\n@smm_lv\n@smm_ru\n{platforms[1]}: smm_club\n{second}:\n{platforms[0]}: @smm_lv"
    records = read(text)[0]
    assert [(customer, resource) for customer, _, resource in records] == [
        (first, "@smm_lv"), (first, "@smm_ru"), (first, "smm_club"), (second, "@smm_lv"),
    ]  # fmt: skip
    assert [platform == "telegram" for _, platform, _ in records] == [True, True, False, True]
    assert None not in {platform for _, platform, _ in records}


@pytest.mark.parametrize("nothing", ["нет", "none", "-", "nav", "όχι", "չկա"])
def test_a_heading_with_nothing_is_an_empty_list(nothing):
    """In words, or with nothing at all below."""
    text = f"Anna:\nTelegram: @smm_lv\nVK:\n{nothing}\nFacebook:\nBoris: t.me/smm_lv"
    assert read(text)[0] == [
        ("Anna", "telegram", "@smm_lv"), ("Anna", "vk", None), ("Anna", "facebook", None),
        ("Boris", None, "t.me/smm_lv"),
    ]  # fmt: skip


def test_not_knowing_is_no_empty_list():
    """``?`` below a heading, or behind a name, says nothing."""
    records, tally = read("Anna:\nVK: ?\nTelegram: @smm_lv\nBoris: n/a\nClara: @smm_lv", "telegram")
    assert records == [("Anna", "telegram", "@smm_lv"), ("Clara", "telegram", "@smm_lv")]
    assert tally.nothing == 0


def test_customers_below_platforms():
    """A platform above the first customer holds for all customers below it."""
    text = "Telegram:\nAnna: @smm_lv\nBoris: нет\n\nVK:\nAnna: smm_club"
    assert read(text)[0] == [
        ("Anna", "telegram", "@smm_lv"), ("Boris", "telegram", None), ("Anna", "vk", "smm_club"),
    ]  # fmt: skip


def test_a_customer_with_nothing_below():
    """It is an empty list where a title tells the platform, and counted where none does."""
    text = "Anna\n@smm_lv\n\nBoris\n\nClara\n@smm_lv\n"
    assert read(text, "telegram")[0] == [
        ("Anna", "telegram", "@smm_lv"), ("Boris", "telegram", None), ("Clara", "telegram", "@smm_lv"),
    ]  # fmt: skip
    records, tally = read(text, "list")
    assert [customer for customer, _, _ in records] == ["Anna", "Clara"]
    assert tally.nothing == 1


def test_names_in_a_block_are_resources():
    """A line below the first that is no address, and no name with addresses below where there are blank lines."""
    assert read("Anna\nМедуза\nt.me/smm_lv\n\nBoris\nt.me/smm_lv\nДождь")[0] == [
        ("Anna", None, "Медуза"), ("Anna", None, "t.me/smm_lv"), ("Boris", None, "t.me/smm_lv"),
        ("Boris", None, "Дождь"),
    ]  # fmt: skip


def test_names_only_need_a_platform():
    """Blocks of names are a list where a title or headings tell the platform, otherwise they may be anything."""
    text = "Anna\nМедуза\nДождь\n\nBoris\nМедуза"
    assert read(text, "телеграм")[0] == [
        ("Anna", "telegram", "Медуза"), ("Anna", "telegram", "Дождь"), ("Boris", "telegram", "Медуза"),
    ]  # fmt: skip
    assert read(text, "notes")[0] is None


def test_a_name_before_an_address_below_a_customer_is_the_resource():
    """Where the name of a customer has a colon and nothing behind it, ``Медуза: address`` is his."""
    text = "Anna:\nМедуза: t.me/meduza\nДождь: t.me/tvrain\nBoris:\nМедуза: t.me/meduza"
    assert read(text)[0] == [
        ("Anna", None, "t.me/meduza"),
        ("Anna", None, "t.me/tvrain"),
        ("Boris", None, "t.me/meduza"),
    ]


def test_a_remark_between_lines_is_told():
    """A sentence is no resource and does not vanish."""
    lines = "\n".join(f"t.me/channel_{number}" for number in range(12))
    records, tally = read(f"Anna\n{lines}\nThese are all that I could find so far.\n\nBoris\nt.me/smm_lv")
    assert len(records) == 13
    assert [(bad.line, bad.reason) for bad in tally.bad] == [(14, NOT_A_LIST)]


@pytest.mark.parametrize(
    "text",
    [
        "Anna: t.me/smm_lv, vk.com/smm\n\nBoris\nt.me/smm_lv",
        "Anna\nt.me/smm_lv\nvk.com/smm\n\nBoris: t.me/smm_lv",
        "Anna:\nt.me/smm_lv\nvk.com/smm\n\nBoris\nt.me/smm_lv",
        "Anna: t.me/smm_lv, vk.com/smm\nBoris\nt.me/smm_lv",
    ],
)
def test_blocks_may_begin_in_either_way(text):
    """``Anna: addresses`` and ``Anna`` above addresses, in one text."""
    assert read(text)[0] == TWO


def test_a_name_before_an_address_inside_a_block_is_the_resource():
    """Only at the beginning of a block it is a customer; where blank lines stand everywhere there are no blocks."""
    wanted = [("Anna", "t.me/smm_lv"), ("Anna", "t.me/meduza"), ("Boris", "t.me/smm_lv")]
    for text in (
        "Anna\nt.me/smm_lv\nМедуза: t.me/meduza\n\nBoris\nt.me/smm_lv",
        "Anna\n\nt.me/smm_lv\n\nМедуза: t.me/meduza\n\nBoris\n\nt.me/smm_lv",
        "Anna\n\nSMM: t.me/smm_lv\nМедуза: t.me/meduza\n\nBoris\n\nSMM: t.me/smm_lv",
    ):
        assert [(customer, resource) for customer, _, resource in read(text)[0]] == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "Здравствуйте! Я читаю:", "Добрый день! Я в телеграме читаю:", "Вот что я читаю",
        "ничего больше не читаю", "В Фейсбуке ничего", "Мои каналы:",
        "Hello! I read:", "I only follow these", "My channels:", "Neko vairāk nelasu", "Sveiki! Es lasu:",
        "Γεια σας! Διαβάζω:", "Δεν διαβάζω άλλο", "Բարև ձեզ! Կարդում եմ:", "Ուրիշ ոչինչ չեմ կարդում",
    ],
)  # fmt: skip
def test_a_sentence_is_neither_customer_nor_place(sentence):
    """Below a name, between addresses, at the beginning of a block: a bad line, and the block stays the customer's."""
    for text in (
        f"Anna\n{sentence}\nt.me/smm_lv\nvk.com/smm\n\nBoris\nt.me/smm_lv",
        f"Anna\nt.me/smm_lv\n\n{sentence}\nvk.com/smm\n\nBoris\nt.me/smm_lv",
        f"Anna\nt.me/smm_lv\nvk.com/smm\n{sentence}\n\nBoris: t.me/smm_lv",
    ):
        records, tally = read(text)
        assert records == TWO
        assert [bad.reason for bad in tally.bad] == [NOT_A_LIST]


@pytest.mark.parametrize("sentence", ["В Фейсбуке ничего", "Спасибо!", "Δεν διαβάζω άλλο"])
def test_a_customer_may_stand_below_a_sentence(sentence):
    """Where a block begins with it, or the text does."""
    for text in (
        f"Anna\nt.me/smm_lv\nvk.com/smm\n\n{sentence}\nBoris\nt.me/smm_lv",
        f"{sentence}\nAnna\nt.me/smm_lv\nvk.com/smm\n\nBoris\nt.me/smm_lv",
        f"{sentence}\nAnna\nt.me/smm_lv\nvk.com/smm\nBoris\nt.me/smm_lv",
    ):
        records, tally = read(text)
        assert records == TWO
        assert [bad.reason for bad in tally.bad] == [NOT_A_LIST]


def test_a_sentence_behind_a_platform_is_no_place():
    """Nor does it say that the list is empty."""
    records, tally = read("Anna:\nVK: я там редко читаю\nTelegram: @smm_lv\nFacebook: ничего не читаю")
    assert records == [("Anna", "telegram", "@smm_lv"), ("Anna", "facebook", None)]
    assert [(bad.line, bad.reason) for bad in tally.bad] == [(2, NOT_A_LIST)]


def test_sizes_are_no_places():
    """As they stand below a name on a network's page: dropped and counted."""
    text = "Anna\nt.me/smm_lv\n31,4 тыс. подписчиков\nvk.com/smm\n12 345 подписчиков\n\nBoris\nt.me/smm_lv\n5K members"
    records, tally = read(text)
    assert records == TWO
    assert tally.dropped == 3


@pytest.mark.parametrize("first", ["riga_news", "rigasmammas", "RigaNews", "baltic.smm"])
def test_a_first_line_that_may_be_a_handle_is_no_customer(first):
    """Of a known customer it is a place; of an unknown one nothing is guessed, and the sentence tells the way out."""
    text = f"{first}\nt.me/marketing_lv\n@bez_vody\nМаркетинг без воды"
    with pytest.raises(InputError, match="the first line may be a customer") as caught:
        read(text, "telegram")
    assert first not in caught.value.message
    assert read(text, "telegram", "Ilze") == (None, None)
    records = read(text, "telegram", "Ilze", recognise=recognise_addresses)[0]
    assert records[0] == ("Ilze", "telegram", first)
    assert {customer for customer, _, _ in records} == {"Ilze"}
    assert read(f"{first}:\nt.me/marketing_lv\n@bez_vody", "telegram")[0][0][0] == first


def test_a_list_that_begins_with_names_is_the_known_customers():
    """A handle above an address is no customer where another place stands above it."""
    text = "Baltic SMM\nrigasmammas\nfacebook.com/smm"
    assert read(text, "facebook", "Ilze") == (None, None)
    assert len(read(text, "facebook", "Ilze", recognise=recognise_addresses)[0]) == 3


def test_a_chat_may_hold_a_sentence():
    """Where most lines are addresses."""
    text = "Ольга\nПривет! Вот мои:\nt.me/smm_lv\nРаньше я читала ещё и Медузу.\nvk.com/smm"
    text += "\n\nПётр\nПривет, вот список\n@smm"
    records, tally = read(text)
    assert [values[::2] for values in records] == [
        ("Ольга", "t.me/smm_lv"), ("Ольга", "vk.com/smm"), ("Пётр", "@smm"),
    ]  # fmt: skip
    assert [bad.line for bad in tally.bad] == [2, 4, 8]


def test_a_first_name_above_the_list_of_a_known_customer_is_refused():
    """It may be a place whose address follows; without such a customer it is one."""
    with pytest.raises(InputError, match="the first line may be a customer"):
        read("Медуза\n@meduza\n@bez_vody", "telegram", "Ilze")
    assert read("Ilze\n@meduza\n@bez_vody", "telegram")[0][0][0] == "Ilze"


@pytest.mark.parametrize(
    "text",
    [
        "# Outreach\n\nA tool that finds communities.\n\n## Install\n\npip install outreach\n\nSee https://example.com/docs.",
        "Dear Anna,\n\nhere is the link that you asked for:\nhttps://t.me/durov\n\nBest regards,\nBoris",
        "Уважаемая Анна!\n\nПосмотрите, пожалуйста, наш канал.\nt.me/smm_lv\n\nС уважением,\nБорис",
        "Αγαπητή Άννα,\nσας στέλνω τον σύνδεσμο που ζητήσατε.\n\nΜε εκτίμηση,\nΓιώργος",
        "name: outreach\nversion: 1\nlicense: MIT",
        "Ingredients:\nsalt\npepper\nMethod:\nmix it",
        "import os\nimport sys\n\nx = 1",
        "",
        "\n \n",
    ],
)
def test_prose_and_settings_are_refused(text):
    """Neither blocks nor a list, even where the file could be called like a customer."""
    assert read(text, "Anna") == (None, None)
    assert read(text, "Anna", recognise=recognise_addresses) == (None, None)


def test_a_table_is_refused():
    """Cells side by side are somebody else's work; only lists stand side by side here."""
    table = [(1, ["customer", "resource"]), (2, ["Anna", "t.me/smm_lv"])]
    assert recognise_blocks(Head("a.csv", ["Anna"], table)) is None
    assert recognise_addresses(Head("a.csv", ["Anna"], table)) is None
    lists = [(1, ["Anna: t.me/smm_lv", " vk.com/smm"]), (2, ["Boris: t.me/smm_lv", ""])]
    assert [values for _, values in recognise_blocks(Head("a.txt", ["a"], lists)).records(lists, Tally())] == TWO


def test_named_columns_are_for_tables():
    """Who says which column is which does not give a text."""
    rows = rows_of("Anna\nt.me/smm_lv")
    assert recognise_blocks(Head("a.txt", [], rows, chosen={"resource": "1"})) is None
    assert recognise_addresses(Head("a.txt", ["Anna"], rows, chosen={"resource": "1"})) is None


@pytest.mark.parametrize("header", ["", "Channel\n", "Сообщество\n", "link\n", "Σελίδα\n", "Saite\n"])
def test_one_address_a_line(header):
    """A title tells the customer, another one the platform; a header is no resource."""
    records, tally = read(f"{header}- @smm_lv\n\n- vk.com/smm\nLike\n", "вк", "Анна К.", recognise=recognise_addresses)
    assert records == [("Анна К.", "vk", "@smm_lv"), ("Анна К.", "vk", "vk.com/smm")]
    assert tally.dropped - is_interface_word(header.strip()) == 1  # a header such as "Page" is one as well


@pytest.mark.parametrize(
    "greeting", ["Hi! My channels:", "Вот мои каналы:", "Привет!:", "Τα κανάλια μου:", "Mani kanāli:", "Իմ ալիքները:"]
)
def test_a_greeting_is_no_customer(greeting):
    """As in an answer to the question for ten channels, saved under the customer's name."""
    text = f"{greeting}\n@smm_lv\n@smm_ru"
    assert read(text, "Anna") == (None, None)
    records = read(text, "Anna", recognise=recognise_addresses)[0]
    assert records == [("Anna", None, "@smm_lv"), ("Anna", None, "@smm_ru")]


def test_addresses_of_nobody_are_refused():
    """Without a customer there is no list, and blocks without names are none."""
    assert read("t.me/smm_lv\nvk.com/smm", "telegram", recognise=recognise_addresses) == (None, None)
    assert read("t.me/smm_lv\n\nvk.com/smm", "Anna") == (None, None)


def test_short_names_are_a_list_of_a_known_customer():
    """Without any address, where a title names the customer."""
    assert read("Медуза\nДождь", "Анна", recognise=recognise_addresses)[0] == [
        ("Анна", None, "Медуза"), ("Анна", None, "Дождь"),
    ]  # fmt: skip


def test_platform_headings_in_the_list_of_one_customer():
    """The file is the customer's, its headings tell the platforms."""
    assert read("Telegram\n@smm_lv\n\nVK\nsmm_club\n\nFB:\n", "Анна", recognise=recognise_addresses)[0] == [
        ("Анна", "telegram", "@smm_lv"), ("Анна", "vk", "smm_club"), ("Анна", "facebook", None),
    ]  # fmt: skip


def test_a_cell_can_hold_a_block():
    """With line breaks inside, as Excel keeps what was pasted into one cell."""
    rows = [(1, ["Anna\nt.me/smm_lv\nvk.com/smm"]), (2, ["Boris\nt.me/smm_lv"])]
    shape = recognise_blocks(Head("a.xlsx", [], rows))
    assert [values for _, values in shape.records(rows, Tally())] == TWO


def test_lines_are_told():
    """Each record knows where it stands."""
    rows = rows_of("Anna:\n\nt.me/smm_lv\nBoris: t.me/smm_lv")
    shape = recognise_blocks(Head("a.txt", [], rows))
    assert [line for line, _ in shape.records(rows, Tally())] == [3, 4]


CUSTOMERS = st.sampled_from(["Anna", "Борис К.", "Γιώργος", "Jānis Bērziņš", "Անի", "c@example.com", "Customer 7"])
ADDRESSES = st.sampled_from(["t.me/smm_lv", "https://vk.com/club7", "@baltic_ads", "example.com/blog", "r/latvia"])
FACTS = st.dictionaries(CUSTOMERS, st.lists(ADDRESSES, min_size=1, max_size=4, unique=True), min_size=1, max_size=5)
WAYS = {
    "gaps": lambda facts: "\n\n".join("\n".join([name, *items]) for name, items in facts.items()),
    "colons": lambda facts: "\n".join("\n".join([f"{name}:", *items]) for name, items in facts.items()),
    "turns": lambda facts: "\n".join("\n".join([name, *items]) for name, items in facts.items()),
    "lists": lambda facts: "\n".join(f"{name}: {', '.join(items)}" for name, items in facts.items()),
}


@given(FACTS, st.sampled_from(sorted(WAYS)))
def test_facts_survive_being_written_as_blocks(facts, way):
    """Whatever the layout, the same customers follow the same addresses."""
    records, tally = read(WAYS[way](facts))
    assert {(customer, resource) for customer, _, resource in records} == {
        (name, item) for name, items in facts.items() for item in items
    }
    assert tally == Tally()


@given(st.text(alphabet="Ab1 .:,;-@/\n\t#", max_size=80))
def test_no_text_breaks_anything(text):
    """Each text is refused or read, and a customer is never blank."""
    for recognise in (recognise_blocks, recognise_addresses):
        records, _ = read(text, "Anna", recognise=recognise)
        assert all(customer is None or customer.strip() for customer, *_ in records or [])


def test_a_list_longer_than_anybody_writes_is_refused(monkeypatch, reading):
    """Each of its lines needs a closer look, and a small archive may hold millions; plain addresses need none."""
    monkeypatch.setattr(lines, "MOST_LINES", 1_000)
    text = "Anna\n{0}\nBoris\n{0}"
    assert reading(text.format("t.me/smm_riga\n" * 1_000)).rejected_count == 0
    with pytest.raises(InputError, match=r"text0.csv, line 1001: a list of more than 1,000 lines that are not plain"):
        reading(text.format("- t.me/smm_riga\n" * 1_000))
