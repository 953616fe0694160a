"""What comes back from hand work: any header, any of five languages, and nothing taken on trust."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import InputError
from outreach.keys import url_of
from outreach.likes.facts import apply_sheet
from outreach.ranking import Choice, rank
from outreach.sheet.facts import read_sheet
from outreach.sheet.grid import SHEET as FORM
from outreach.sheet.grid import map_sheet
from outreach.tables import SHEET

LIKES = """\
customer,platform,resource,name,subscribers,topic
Anna,telegram,smm_riga,SMM Riga,48200,smm
Boris,telegram,smm_riga,SMM Riga,48200,smm
Anna,vk,club7,Семь,,
"""


@pytest.fixture
def sheet(write):
    """Read a sheet from the text of a CSV file."""
    return lambda text, name="sheet.csv": read_sheet(write(name, text))


@pytest.fixture
def book(tmp_path):
    """Read a sheet from the rows of a workbook."""

    def make(*rows):
        path = tmp_path / "sheet.xlsx"
        made = openpyxl.Workbook()
        for row in rows:
            made.active.append(row)
        made.save(path)
        return read_sheet(path)

    return make


def reasons(sheet):
    """Return what a sheet says of its rows, without the file's name."""
    return [str(line).partition(", ")[2] for line in sheet.describe()]


@pytest.mark.parametrize(
    "header",
    [
        "address;subscribers;accepts_posts;topic;exclude",
        "Адрес;Подписчики;Берёт посты;Тема;Исключить",
        "Διεύθυνση;Συνδρομητές;Δέχεται αναρτήσεις;Θέμα;Εξαίρεση",
        "Adrese;Sekotāji;Pieņem rakstus;Tēma;Izslēgt",
        "Հասցե;Բաժանորդներ;Ընդունում է գրառումներ;Թեմա;Բացառել",
        "ССЫЛКА;число подписчиков;принимает посты;ТЕМАТИКА;не брать",
    ],
)
def test_columns_are_known_by_headers_in_five_languages(sheet, header):
    """The same facts come from the same row, whatever the language of its header."""
    (fact,) = sheet(f"{header}\nt.me/smm_riga;12,5K;yes;SMM;да\n").facts
    told = (fact.key, fact.subscribers, fact.accepts_posts, fact.topic, fact.excluded)
    assert told == ("telegram:smm_riga", 12_500, "yes", "SMM", True)


@given(st.permutations(SHEET.names))
def test_columns_may_stand_in_any_order(names):
    """Our own header is understood whole, however the columns were moved."""
    assert map_sheet(names) == {name: names.index(name) for name in SHEET.names}


def test_every_column_has_words():
    """No column of the sheet is forgotten by its reader."""
    assert FORM.roles == SHEET.names


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        ("yes", "yes Да ναι jā այո + ✓ берёт"),
        ("no", "no нет όχι nē ոչ - —"),
        ("paid", "paid Платно πληρωμένο maksas վճարովի"),
        ("ask", "ask спросить ρώτα jautāt հարցնել"),
        ("perhaps", "Perhaps"),
    ],
)
def test_accepts_posts_in_five_languages(sheet, meaning, words):
    """Known words have one meaning; others are kept as they are."""
    for word in words.split():
        (fact,) = sheet(f"address,accepts_posts\nt.me/smm_riga,{word}\n").facts
        assert fact.accepts_posts == meaning, word


def test_empty_is_unknown_and_a_dash_is_an_answer(sheet):
    """Both leave the size unknown; after a dash nobody need look again."""
    first, second = sheet("address,subscribers,topic\nt.me/first_one,,\nt.me/second_one,-,–\n").facts
    assert (first.subscribers, first.topic, first.nothing) == (None, None, frozenset())
    assert (second.subscribers, second.topic, second.nothing) == (None, None, {"subscribers", "topic"})


def test_a_title_may_stand_above_the_header(sheet):
    """Rows are numbered as the file numbers them."""
    (fact,) = sheet("My places\n\naddress,note\n\nt.me/smm_riga,good\n").facts
    assert (fact.row, fact.cells["note"]) == (5, "good")


def test_a_row_is_known_by_its_key_or_its_address_or_its_name(sheet):
    """The key counts first; a name needs its platform."""
    rows = "key,address,place,platform\nvk:club7,,,\n,t.me/smm_riga,,\n,,Baltic Marketers,facebook\n,,Nowhere,\n"
    read = sheet(rows)
    assert [fact.key for fact in read.facts] == ["vk:club7", "telegram:smm_riga", "facebook:name/baltic%20marketers"]
    assert reasons(read) == ["row 5: neither an address nor a key: the place is unknown"]


def test_an_address_that_names_no_place_is_said(sheet):
    """The row stays in the file, and the reason says where."""
    read = sheet("address,note\nhttps://www.instagram.com/p/Cx1/,x\n")
    assert not read.facts
    assert reasons(read)[0].startswith("row 2: not the address of a place: instagram.com/p is a post")


def test_a_name_with_an_address_by_hand_is_one_place(sheet):
    """Where an export held only a name, the marketer adds the address; the two do not disagree."""
    (fact,) = sheet("key,address\nfacebook:name/baltic%20marketers,https://facebook.com/balticm\n").facts
    assert fact.key == "facebook:name/baltic%20marketers"


def test_one_row_whose_address_and_key_disagree_is_out(sheet):
    """Nobody can tell which of the two the facts are about."""
    read = sheet("key,address\nvk:club7,t.me/smm_riga\nvk:club8,vk.com/club8\nvk:club9,vk.com/club9\n")
    assert [fact.key for fact in read.facts] == ["vk:club8", "vk:club9"]
    assert reasons(read) == [
        (
            "row 2: the address and the key belong to different places: one column was sorted alone, or a cell was "
            "changed; the row is not used"
        )
    ]


PLACES = ["telegram:zoo_riga", "telegram:name/smm", "vk:club7", "facebook:name/mammas", "telegram:app_riga", "web:b.lv"]


def addresses(keys):
    """Return the address that stands beside each key in a sheet of ours: none beside a name."""
    return [url_of(key) or "" for key in keys]


def a_sheet(keys, there):
    """Return a sheet with these keys and addresses."""
    return "address,key,note\n" + "".join(f"{url},{key},x\n" for url, key in zip(there, keys, strict=True))


@pytest.mark.parametrize(
    ("keys", "there"),
    [
        (PLACES, sorted(addresses(PLACES))),  # the blank ones above, as LibreOffice sorts
        (PLACES, sorted(addresses(PLACES), key=lambda url: (not url, url))),  # below, as Excel does
        (sorted(PLACES), addresses(PLACES)),
    ],
)
def test_a_sheet_with_a_column_sorted_alone_is_refused(sheet, keys, there):
    """The rows that have both tell; places that are known by name only hide nothing. The hint is a way out."""
    with pytest.raises(
        InputError, match=r"belong to different places in \d of the \d rows that have both: one column was"
    ) as caught:
        sheet(a_sheet(keys, there) + "".join(f",facebook:name/more{n},x\n" for n in range(9)))
    assert "delete the column that was sorted" in caught.value.hint
    for column in ("address", "key"):
        rows = csv.DictReader(io.StringIO(a_sheet(keys, there)))
        kept = "".join(f"{row['key' if column == 'address' else 'address']},x\n" for row in rows)
        assert sheet(f"{'key' if column == 'address' else 'address'},note\n{kept}").facts


@given(st.permutations(PLACES))
def test_rows_that_were_moved_whole_are_read_alike(tmp_path_factory, keys):
    """Sorting with all columns together is what we ask for."""
    path = tmp_path_factory.mktemp("sheet") / "sheet.csv"
    path.write_text(a_sheet(keys, addresses(keys)), encoding="utf-8")
    read = read_sheet(path)
    assert ([fact.key for fact in read.facts], read.describe()) == (keys, [])


@pytest.mark.parametrize(("apart", "together"), [(2, 0), (2, 1), (3, 3)])
def test_a_few_rows_that_disagree_are_single_rows(sheet, apart, together):
    """Fewer than three, or not more than half of those that have both: the others count."""
    rows = [f"telegram:wrong_{n},t.me/place_{n}\n" for n in range(apart)]
    rows += [f"telegram:right_{n},t.me/right_{n}\n" for n in range(together)]
    read = sheet("key,address\n" + "".join(rows))
    assert (len(read.facts), len(read.bad)) == (together, apart)


@pytest.mark.parametrize("word", ["возможно", "maybe", "ίσως", "varbūt", "հնարավոր է"])
def test_an_unknown_word_about_posts_is_said_and_kept(sheet, word):
    """The marketer meant something; a ranking for those that accept would leave the place out."""
    read = sheet(f"address,accepts_posts\nt.me/smm_riga,{word}\nt.me/other_one,да\n")
    assert [fact.accepts_posts for fact in read.facts] == [word, "yes"]
    assert reasons(read) == [
        (
            "row 2: accepts_posts: not a known word (yes, no, paid, ask, or the same in Russian, Greek, Latvian, "
            "Armenian); kept as written"
        )
    ]


@pytest.mark.parametrize(
    ("key", "place", "name"),
    [
        ("telegram:smm_riga", "smm_riga", None),
        ("telegram:smm_riga", "SMM Riga", "SMM Riga"),
        ("facebook:groups/riga", "groups/riga", None),
        ("youtube:@biznes", "'@biznes", None),
        ("other:name/ūdens%20rozes", "ūdens rozes", None),
        ("facebook:name/baltic%20marketers", "Baltic Marketers", "Baltic Marketers"),
        ("facebook:100012345678901", "100012345678901", None),
        ("facebook:100012345678901", "1,00012E+14", None),
        ("telegram:smm_riga", "1,00012E+14", "1,00012E+14"),
    ],
)
def test_what_only_repeats_the_key_is_no_name(sheet, key, place, name):
    """Also after Excel has rounded an id; a name is what a person changed it to."""
    (fact,) = sheet(f'key;place\n{key};"{place}"\n').facts
    assert fact.name == name


def test_words_of_a_key_are_no_name_without_a_key_column(sheet):
    """The address tells the key."""
    (fact,) = sheet("address,place\nhttps://www.youtube.com/@biznes,'@biznes\n").facts
    assert fact.name is None


def test_two_rows_of_one_place_are_joined_where_they_agree(sheet):
    """Each may say what the other does not."""
    (fact,) = sheet("address,subscribers,topic\nt.me/smm_riga,500,\n@smm_riga,,x\nt.me/s/smm_riga,,SMM\n").facts[:1]
    assert (fact.row, fact.subscribers, fact.topic) == (2, 500, "SMM")


def test_two_rows_of_one_place_that_contradict_each_other_are_said(sheet):
    """The first counts."""
    read = sheet("address,subscribers\nt.me/smm_riga,500\nt.me/s/smm_riga,600\n")
    assert [fact.subscribers for fact in read.facts] == [500]
    assert reasons(read) == ["row 3: this place is in row 2 too, with different subscribers"]


def test_dates_and_fractions_that_excel_made_are_no_sizes(book):
    """12.5 became 12 May, 12,345 became twelve and a bit: said with the row, not used."""
    read = book(
        ["address", "subscribers"],
        ["t.me/first_one", datetime(2026, 5, 12)],  # noqa: DTZ001 - a sheet has no time zones
        ["t.me/second_one", 12.345],
        ["t.me/third_one", 12500],
    )
    assert [fact.subscribers for fact in read.facts] == [None, None, 12_500]
    first, second = reasons(read)
    assert "row 2: subscribers: " in first
    assert "12 May" in first
    assert "row 3: subscribers: " in second
    assert "fraction" in second


def test_exclude_takes_yes_and_no_only(sheet):
    """Anything else leaves the place in, and that is said."""
    read = sheet("address,exclude\nt.me/first_one,x\nt.me/second_one,нет\nt.me/third_one,later\n")
    assert [fact.excluded for fact in read.facts] == [True, False, False]
    assert reasons(read) == ["row 4: exclude: neither yes nor no; the place stays in"]


def test_a_price_is_one_sum(sheet):
    """Of two sums none counts, and that is said at the cell."""
    read = sheet("address,price\nt.me/first_one,от 30 до 50 €\nt.me/second_one,25€\nt.me/third_one,ask Anna\n")
    assert {at: str(doubt.why) for at, doubt in read.odd.items()} == {
        (2, "price"): "price: not one sum, so none counts; write one, like 40 EUR"
    }


def test_letters_that_an_encoding_lost_are_not_a_name(sheet):
    """A Greek name saved in a Cyrillic encoding is question marks, which must not replace the real one."""
    read = sheet("address,place\nt.me/smm_riga,????? ????\n")
    assert read.facts[0].name is None
    assert reasons(read)[0].startswith("row 2: question marks instead of letters")


def test_the_apostrophe_before_a_formula_is_ours(sheet):
    """One is taken away, and only in a file with our columns and before a sign that needs it."""
    text = "key,address,place,contact,note\ntelegram:smm_riga,t.me/smm_riga,'=SMM,'@me,'t Hooft\n"
    (fact,) = sheet(text).facts
    assert (fact.name, fact.cells["contact"], fact.cells["note"]) == ("=SMM", "@me", "'t Hooft")
    (other,) = sheet("address,place\nt.me/smm_riga,'=SMM\n").facts
    assert other.name == "'=SMM"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_texts_of_every_make_say_the_same(write, encoding, delimiter):
    """What Excel offers to save as is read alike, with the line sep= too."""
    rows = [["Адрес", "Подписчики", "Тема"], ["t.me/smm_riga", "12 500", "Маркетинг; и «связи», разное"]]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    announced = f"sep={delimiter}\r\n" if encoding == "cp1251" else ""
    read = read_sheet(write("sheet.csv", (announced + text.getvalue()).encode(encoding)))
    (fact,) = read.facts
    assert (fact.subscribers, fact.topic) == (12_500, "Маркетинг; и «связи», разное")
    assert read.grid.delimiter == delimiter


def test_the_sheet_may_be_on_any_tab(tmp_path):
    """The first tab with our columns counts; its name and its rows are remembered."""
    path = tmp_path / "sheet.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("Notes").write("A1", "to do")
        places = made.add_worksheet("Места")
        places.write_row("A1", ["Адрес", "Тема"])
        places.write_row("A3", ["t.me/smm_riga", "SMM"])
    read = read_sheet(path)
    assert (read.grid.tab, read.facts[0].row, read.facts[0].topic) == ("Места", 3, "SMM")


def test_a_formula_without_a_stored_value_is_said(book):
    """The cell looks empty to every program but Excel; its row says so."""
    read = book(["address", "subscribers"], ["t.me/smm_riga", "=5000*2"], ["t.me/other_one", 7])
    assert [fact.subscribers for fact in read.facts] == [None, 7]
    assert reasons(read) == [
        "row 2: a formula without a stored value: open the file in Excel and save it; the other cells of the row count"
    ]


def test_a_row_that_only_a_formula_names_is_not_said_to_count(book):
    """Nothing of it can be used."""
    read = book(["address", "subscribers"], ['="t.me/"&"smm_riga"', 5], ["t.me/other_one", 7])
    assert [fact.key for fact in read.facts] == ["telegram:other_one"]
    assert reasons(read) == [
        "row 2: a formula without a stored value: open the file in Excel and save it",
        "row 2: neither an address nor a key: the place is unknown",
    ]


def test_the_address_behind_a_name_counts(tmp_path):
    """A clickable name is an address; a text that is an address itself is stronger than an old link."""
    path = tmp_path / "sheet.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row("A1", ["note", "address"])
        sheet.write_url("B2", "https://t.me/smm_riga", string="SMM Riga")
        sheet.write_url("B3", "https://t.me/before_it", string="https://t.me/after_it")
    assert [fact.key for fact in read_sheet(path).facts] == ["telegram:smm_riga", "telegram:after_it"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "this is not a sheet of places"),
        ("customer,resource\nAnna,t.me/smm_riga\n", "this is not a sheet of places"),
        ('address,note\nt.me/smm_riga,"open\n', "line 2: a quotation mark that is never closed"),
        (b"PK\x03\x04 and no more", "sheet.csv"),
        ("address,note\nt.me/smm_riga," + "x" * 200_000 + "\n", "line 2: .* an endless cell"),
        ("address,note," + "x" * 200_000 + "\n", "line 1: .* an endless cell"),
    ],
)
def test_what_is_no_sheet_is_refused(sheet, content, said):
    """One sentence that names the file."""
    with pytest.raises(InputError, match=said):
        sheet(content)


def test_a_missing_sheet_is_told(tmp_path):
    """As with every file."""
    with pytest.raises(InputError, match="cannot be read"):
        read_sheet(tmp_path / "none.xlsx")


def test_the_sheet_fills_and_overrides_the_export(reading, sheet, ranked):
    """What the marketer wrote counts; what he left empty does not."""
    likes = reading(LIKES)
    text = (
        "address,place,subscribers,accepts_posts,topic\nt.me/smm_riga,,50 000,paid,-\nvk.com/club7,Клуб,700,yes,жизнь\n"
    )
    applied = apply_sheet(likes, sheet(text))
    assert (applied.places, applied.absent, applied.excluded, applied.doubts) == (2, 0, (), ())
    assert ranked(likes, "name", "subscribers", "accepts_posts") == [("SMM Riga", 50_000, "paid"), ("Клуб", 700, "yes")]
    topics = likes.engine.rows(f"select topic from {likes.resources.relation} order by resource")
    assert topics == [(None,), ("жизнь",)]


def test_a_dash_does_not_take_a_size_away(reading, sheet, ranked):
    """It says that the marketer found none, and the export did."""
    likes = reading(LIKES)
    apply_sheet(likes, sheet("address,subscribers\nt.me/smm_riga,-\n"))
    assert ranked(likes, "subscribers") == [(48_200,), (None,)]


def test_paid_and_ask_are_not_a_yes_and_not_a_no(reading, sheet):
    """So they pass --accepts-posts not-no, and not --accepts-posts yes."""
    likes = reading(LIKES)
    apply_sheet(likes, sheet("address,accepts_posts\nt.me/smm_riga,платно\nvk.com/club7,спросить\n"))
    assert rank(likes, Choice(min_subscribers=0, accepts_posts="yes")).places == 0
    assert rank(likes, Choice(min_subscribers=0, accepts_posts="not-no")).places == 2


def test_excluded_places_are_given_back(reading, sheet, ranked):
    """The ranking leaves them out by name; a place that nobody follows stays in the sheet."""
    likes = reading(LIKES)
    applied = apply_sheet(likes, sheet("address,exclude\nt.me/smm_riga,да\nt.me/by_hand_added,да\nt.me/other_one,\n"))
    assert (applied.places, applied.absent) == (1, 2)
    assert applied.excluded == ("telegram:smm_riga",)
    assert [row["name"] for row in rank(likes, Choice(0, exclude=applied.excluded)).table.head()] == ["Семь"]
    assert len(ranked(likes, "name")) == 2


def test_aliases_lead_a_row_to_its_place(reading, sheet, write, ranked):
    """The sheet may know a place by another of its addresses; two such rows that differ are said."""
    same = write("same.csv", "resource,same_as\nt.me/smm_riga,vk.com/smm_riga\n")
    likes = reading(LIKES, same_as=same)
    applied = apply_sheet(likes, sheet("address,subscribers\nvk.com/smm_riga,9\nt.me/smm_riga,8\n", "name.csv"))
    assert ranked(likes, "subscribers")[0] == (9,)
    (doubt,) = applied.doubts
    assert str(doubt).endswith("rows 2 and 3 are the same place with different subscribers; row 2 counts")
