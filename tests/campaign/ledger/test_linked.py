"""A ledger from links that somebody tagged by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.campaign.ledger.linked import read_links
from outreach.campaign.ledger.words import COLUMNS, map_links, status_named
from outreach.errors import InputError
from outreach.files.dates import UNCLEAR, day_first, moment
from outreach.files.money import money
from outreach.messages import message
from outreach.tables import STATUSES
from outreach.words.vocabulary import keys_of, texts_of, words_of

TODAY = date(2026, 5, 14)
LINK = "https://shop.example/a?id=7&utm_source=telegram&utm_medium=social&utm_campaign=spring&utm_content=smm"


@pytest.fixture
def read(tmp_path):
    """Read a table of links from its text."""

    def call(text: str, encoding: str = "utf-8", **more):
        path = tmp_path / "links.csv"
        path.write_bytes(text.encode(encoding))
        return read_links(path, today=TODAY, **more)

    return call


def test_a_row_becomes_a_placement(read):
    """Place, day and cost come from their columns, tags and campaign from the link."""
    found = read(f'place,link,date,cost\nt.me/smm_riga,{LINK},12.05.2026,"1 500,50 руб."\n')
    (one,) = found.placements
    assert (one.resource, one.campaign, one.variant, one.round) == ("telegram:smm_riga", "spring", "a", 1)
    assert (one.utm_source, one.utm_medium, one.utm_content) == ("telegram", "social", "smm")
    assert (one.final_url, one.url) == (LINK, "https://shop.example/a?id=7")
    assert (one.published_at, one.cost, one.currency, one.deal) == ("2026-05-12", 1500.5, "RUB", "paid")
    assert (one.status, found.bad) == ("published", ())
    assert found.notes == (message("rows-without-status", rows=1),)


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("Канал;Ссылка с UTM;Дата публикации;Стоимость;Статус", "вышел"),
        ("Κανάλι;Σύνδεσμος;Ημερομηνία;Κόστος;Κατάσταση", "δημοσιεύτηκε"),
        ("Kanāls;Saite;Datums;Izmaksas;Statuss", "publicēts"),
        ("Ալիք;Հղում;Ամսաթիվ;Արժեք;Կարգավիճակ", "հրապարակված"),
        ("Channel;Link;Date;Cost;Status", "Published"),
    ],
)
def test_headers_in_five_languages(read, header, status):
    """The same table says the same in every language."""
    (one,) = read(f"{header}\nt.me/smm_riga;{LINK};12.05.2026;20;{status}\n").placements
    assert (one.resource, one.published_at, one.cost, one.status) == (
        "telegram:smm_riga",
        "2026-05-12",
        20,
        "published",
    )


def test_an_old_encoding_is_recognised(read):
    """A CSV that a Russian Excel saved is read."""
    (one,) = read(f"Площадка;Ссылка;Название\nt.me/smm_riga;{LINK};Рига\n", "cp1251").placements
    assert one.name == "Рига"


def test_a_workbook_is_read(tmp_path):
    """Real dates and numbers of Excel, below a title."""
    from openpyxl import Workbook

    book = Workbook()
    for row in (["Our links"], [], ["Place", "Link", "Date", "Cost"], ["t.me/smm_riga", LINK, date(2026, 5, 12), 12.5]):
        book.active.append(row)
    book.save(tmp_path / "links.xlsx")
    (one,) = read_links(tmp_path / "links.xlsx", today=TODAY).placements
    assert (one.published_at, one.cost) == ("2026-05-12", 12.5)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("secret,,", "no link"),
        (
            "secret,ftp://shop.example,",
            "the link is not the address of a page: write http:// or https:// at its beginning",
        ),
        ("secret,http://[,", "the link is not an address"),
        ("secret,https://s.example/7,", "the link has no utm tags (a short link? give the long one too)"),
        (f"secret,{LINK}&utm_source=vk,", "utm_source is twice in the link"),
        (f"t.me/smm_riga,{LINK},05/06/2026", UNCLEAR),
        (f"t.me/smm_riga,{LINK},31.02.2026", UNCLEAR),
        (
            ",https://shop.example/?utm_campaign=spring,",
            "the place is unknown: no column names it, and utm_source in the link is not a platform",
        ),
        (
            "t.me/smm_riga,https://shop.example/?utm_source=telegram,",
            "no campaign, neither in a column nor in the link; --campaign sets one for all",
        ),
    ],
)
def test_a_row_that_cannot_be_used_is_told(read, row, reason):
    """It is counted by its line with a reason that does not hold its text; the next row counts."""
    found = read(f"place,link,date\n{row}\nt.me/other_place,{LINK},\n")
    assert [(row.line, str(row.reason)) for row in found.bad] == [(2, str(reason))]
    assert [one.resource for one in found.placements] == ["telegram:other_place"]
    assert "secret" not in str(found.bad)


def test_no_row_vanishes(read):
    """Every row below the header is a placement or a bad line; blank ones are neither."""
    found = read(f"place,link\nt.me/a_place,{LINK}\n\nt.me/a_place,{LINK}\n,\nt.me/b_place,nothing\n")
    assert [one.resource for one in found.placements] == ["telegram:a_place"]
    assert [(row.line, row.reason.code) for row in found.bad] == [(4, "placement-twice"), (6, "link-no-page")]


def test_another_link_for_a_place_is_another_round(read):
    """What was posted twice with two links is two placements."""
    found = read(f"place,link\nt.me/smm_riga,{LINK}\nt.me/smm_riga,{LINK}&b=2\n")
    assert [one.round for one in found.placements] == [1, 2]


def test_a_link_that_is_in_the_ledger_keeps_its_round(read):
    """Reading a table again, in another order, gives the same placements."""
    before = read(f"place,link\nt.me/smm_riga,{LINK}\nt.me/smm_riga,{LINK}&b=2\n").placements
    again = read(f"place,link\nt.me/smm_riga,{LINK}&b=2\nt.me/smm_riga,{LINK}\n", known=before).placements
    assert set(again) == set(before)


def test_the_place_can_be_in_the_tag(read):
    """Where no column names it, utm_content does, and that is said."""
    found = read(f"link\n{LINK}\n")
    assert [one.resource for one in found.placements] == ["telegram:name/smm"]
    assert found.notes[0] == message("places-from-utm-content", places=1)


def test_our_own_tag_tells_the_variant(read):
    """A link that this program made is recognised."""
    (one,) = read(f"place,link\nt.me/smm_riga,{LINK}-riga--b-k7x2m\n").placements
    assert (one.variant, one.utm_content) == ("b", "smm-riga--b-k7x2m")


def test_a_name_becomes_a_place_of_the_platform(read):
    """A page that is known by its name only."""
    (one,) = read("Площадка,Ссылка\nBaltic Marketers," + LINK.replace("=telegram", "=facebook")).placements
    assert (one.resource, one.name) == ("facebook:name/baltic%20marketers", "Baltic Marketers")


@pytest.mark.parametrize(
    ("content", "says"), [("", "the file is empty"), ("a,b\n1,2\n", "it has no header with a column of links")]
)
def test_a_table_without_links_is_refused(read, content, says):
    """One sentence tells what is missing."""
    with pytest.raises(InputError, match=says):
        read(content)


def test_a_file_that_is_not_there(tmp_path):
    """It is named, with the way out."""
    with pytest.raises(InputError, match="cannot be read"):
        read_links(tmp_path / "nowhere.csv", today=TODAY)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    """Nothing that a cell can hold ends in anything but a placement or a reason."""
    import csv

    path = tmp_path_factory.mktemp("any") / "links.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        rows = [["place", "link", "date", "cost", "status"], [text] * 5, ["t.me/smm_riga", LINK + text, "", "", ""]]
        csv.writer(file).writerows([*rows, ["t.me/other_place", LINK, "", "", ""]])
    found = read_links(path, today=TODAY)
    assert "telegram:other_place" in {one.resource for one in found.placements}
    assert len(found.placements) + len(found.bad) in (2, 3)  # two where the first row is blank


@given(st.dates(date(2000, 1, 1), date(2068, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"]))
def test_a_day_comes_back(day, form):
    """What is not ambiguous is read as it was meant."""
    assert moment(day.strftime(form), TODAY) == day.isoformat()


@given(st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31)), min_size=1), st.booleans())
def test_a_column_tells_what_comes_first(days, first):
    """Slashes are read one way in a whole column, and never the wrong one."""
    texts = [day.strftime("%d/%m/%Y" if first else "%m/%d/%Y") for day in days]
    assert day_first(texts) in (first, None)
    if any(day.day > 12 for day in days):
        assert [moment(text, TODAY, first=day_first(texts)) for text in texts] == [day.isoformat() for day in days]


@given(st.integers(0, 10**9), st.sampled_from(["{:,.2f}", "{:.2f}", "{:,}"]), st.sampled_from([" ", ",", "'"]))
def test_a_sum_comes_back(cents, form, group):
    """Groups of thousands and either decimal sign."""
    amount = cents / 100 if ".2f" in form else cents
    found = money(form.format(amount).replace(",", group) + " €")
    assert found is not None
    assert (found.amount, found.currency) == (amount, "EUR")


@pytest.mark.parametrize("text", ["", "-", "free", "12 posts", "1.2.3", "1,2,3", "€ 5 USD", "--5", "∞", "nan", "1e5"])
def test_what_is_no_sum_is_none(text):
    """Never a guess."""
    assert money(text) is None


def test_every_word_means_one_thing():
    """No header stands for two columns, no word for two statuses; every status has its words."""
    for table in ("headers.links", "statuses", "deals"):
        listed = [word for name in keys_of(table) for word in words_of(f"{table}.{name}")]
        assert len(listed) == len(set(listed))
    assert [status_named(status) for status in STATUSES] == list(STATUSES) == list(keys_of("statuses"))
    assert all(map_links([word, "final_url"]).keys() >= {column} for column in COLUMNS
               for word in texts_of(f"headers.links.{column}") if column != "final_url")  # fmt: skip
