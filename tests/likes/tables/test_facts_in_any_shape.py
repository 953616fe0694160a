"""Facts written down in every shape that people use are read back, or refused with a hint that leads to them."""

from __future__ import annotations

import csv
import io
import itertools
import shlex

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.engine import Engine
from outreach.errors import InputError
from outreach.keys import identify
from outreach.likes import read
from outreach.likes.plan import ReadOptions
from outreach.likes.tables import recognise
from outreach.likes.tables.contract import Head, Tally
from outreach.words.columns import parse_columns
from tests.examples import examples
from tests.files.workbooks import excel

CUSTOMERS = ("Anna", "Борис", "Jānis", "Ελένη", "Անի")
PLACES = ("smm_riga", "kopuking", "vorblinka", "bez_bublixa", "letterwhiskle")
WRITTEN = {
    "addresses": {place: f"https://t.me/{place}" for place in PLACES},
    "handles": {place: f"@{place}" for place in PLACES},
    "names": dict(zip(PLACES, ("More", "Zero", "Поиск", "Die drei ???", "Baltic Ads"), strict=True)),
}
HEADERS = {
    "en": ("customer", "page", "subscribers", "Total", "name", "link"),
    "ru": ("Клиент", "Страница", "Подписчики", "Итого", "Название", "Ссылка"),
    "el": ("Πελάτης", "Σελίδα", "Συνδρομητές", "Σύνολο", "Όνομα", "Σύνδεσμος"),
    "lv": ("Klients", "Lapa", "Sekotāji", "Kopā", "Nosaukums", "Saite"),
    "hy": ("Հաճախորդ", "Էջ", "Բաժանորդներ", "Ընդամենը", "Անվանում", "Հղում"),
}
SIZES = dict(zip(PLACES, (12000, 700, 48000, 5100, 900), strict=True))
FACTS = st.dictionaries(
    st.sampled_from(CUSTOMERS), st.sets(st.sampled_from(PLACES), min_size=1, max_size=4), min_size=2, max_size=5
).filter(lambda facts: len(set().union(*facts.values())) > 1 and any(len(places) > 1 for places in facts.values()))


def long(facts, written, words, *, sizes):
    rows = [[c, written[p], *([str(SIZES[p])] if sizes else [])] for c in facts for p in sorted(facts[c])]
    return [[words[0], words[1], *([words[2]] if sizes else [])], *rows]


def filled_down(facts, written, words, *, sizes):
    rows = long(facts, written, words, sizes=sizes)
    return [rows[0], *([["", *row[1:]] if row[0] == above[0] else row for above, row in itertools.pairwise(rows)])]


def in_one_cell(facts, written, words, *, sizes):  # noqa: ARG001 - no column for them
    return [[words[0], words[1]], *([c, "; ".join(written[p] for p in sorted(facts[c]))] for c in facts)]


def rows_of(facts, written, words, *, sizes):  # noqa: ARG001
    longest = max(map(len, facts.values()))
    cells = {c: [written[p] for p in sorted(facts[c])] for c in facts}
    header = [words[0], *(f"{words[1]} {number}" for number in range(1, longest + 1))]
    return [header, *([c, *cells[c], *[""] * (longest - len(cells[c]))] for c in facts)]


def matrix(facts, written, words, *, sizes):  # noqa: ARG001
    places = sorted(set().union(*facts.values()))
    return [
        [words[0], *map(written.get, places)],
        *([c, *("x" if p in facts[c] else "" for p in places)] for c in facts),
    ]


def transposed(facts, written, words, *, sizes):
    places = sorted(set().union(*facts.values()))
    return [
        [words[1], *([words[2]] if sizes else []), *facts],
        *(
            [written[p], *([str(SIZES[p])] if sizes else []), *("x" if p in facts[c] else "" for c in facts)]
            for p in places
        ),
    ]


def columns(facts, written, words, *, sizes):  # noqa: ARG001
    lists = [[written[p] for p in sorted(facts[c])] for c in facts]
    return [list(facts), *(list(row) for row in itertools.zip_longest(*lists, fillvalue=""))]


SHAPES = {one.__name__: one for one in (long, filled_down, in_one_cell, rows_of, matrix, transposed, columns)}


def totals(rows, word, shape):
    """Return a row of sums as people write it below."""
    width = len(rows[0])
    if shape == "columns":
        return [str(sum(bool(row[at]) for row in rows[1:])) for at in range(width)]
    return [word, *([""] * (width - 2)), str(len(rows) - 1)]


def as_text(rows, delimiter):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def pairs_in(path, **how):
    with Engine() as engine:
        likes = read(engine, [path], ReadOptions(**how), assume_platform="telegram")
        return set(likes.engine.rows("select customer, resource from likes join resources using (resource_id)"))


def wanted(facts, written):
    return {(customer, identify(written[place], "telegram")[0]) for customer in facts for place in facts[customer]}


def following(hint):
    """Return what the options of a hint say, as they stand in it."""
    words = shlex.split(hint.replace(";", " ").replace(",", " , "), posix=True)
    options = dict(itertools.pairwise(words))
    how = {"customer_is": options.get("--customer-is"), "read_as": options.get("--read-as")}
    if "--columns" in options:
        how["columns"] = parse_columns(options["--columns"])
    return {name: value for name, value in how.items() if value}


REFUSED: list[str] = []
ASKED: list[str] = []


def told(rows, **how):
    """Return who follows what by the rows of a table, and the sizes."""
    numbered = list(enumerate(rows, 1))
    shape = recognise(Head("list.csv", ["list"], numbered, **how))
    pairs, sizes = set(), {}
    for _, values in shape.records(numbered, Tally()):
        of = dict(zip(shape.roles, values, strict=True))
        place = next((of[role] for role in ("url", "handle", "resource", "name") if of.get(role)), None)
        if place is not None:
            pairs.add((of["customer"], place))
            if of.get("subscribers"):
                sizes[place] = int(of["subscribers"])
    return pairs, sizes


def kept(kind, read_them):
    """Return what is read, after the hint where it is refused."""
    ASKED.append(kind)
    try:
        return read_them()
    except InputError as err:
        REFUSED.append(kind)
        return read_them(**following(err.hint))


@pytest.mark.parametrize("shape", SHAPES)
@given(facts=FACTS, by=st.sampled_from(sorted(WRITTEN)), data=st.data())
@settings(max_examples=examples(400), deadline=None)
def test_one_table(shape, facts, by, data):
    """Whatever the delimiter, the language, titles, totals and sizes."""
    words = HEADERS[data.draw(st.sampled_from(sorted(HEADERS)))]
    sizes = data.draw(st.booleans()) and shape in {"long", "filled_down", "transposed"}
    if shape == "columns" and by == "names":  # without one in common nothing tells names of places
        facts = {customer: places | {PLACES[0]} for customer, places in facts.items()}
    rows = SHAPES[shape](facts, WRITTEN[by], words, sizes=sizes)
    if data.draw(st.booleans()) and shape in {"long", "in_one_cell", "columns", "rows_of"}:
        rows = [*rows, totals(rows, words[3], shape)]
    if data.draw(st.booleans()):
        rows = [["What our customers read"], *rows]
    got, found = kept(f"{shape} of {by}", lambda **how: told(rows, **how))
    written = WRITTEN[by]
    assert got == {(customer, written[place]) for customer in facts for place in facts[customer]}
    if sizes:
        assert found == {written[place]: SIZES[place] for customer in facts for place in facts[customer]}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@given(facts=FACTS, shape=st.sampled_from(sorted(SHAPES)), by=st.sampled_from(sorted(WRITTEN)))
@settings(max_examples=examples(20), deadline=None)
def test_any_delimiter(delimiter, facts, shape, by, tmp_path_factory):
    """From the bytes to the likes."""
    if shape == "columns" and by == "names":
        facts = {customer: places | {PLACES[0]} for customer, places in facts.items()}
    rows = SHAPES[shape](facts, WRITTEN[by], HEADERS["en"], sizes=False)
    path = tmp_path_factory.mktemp("facts") / "list.csv"
    path.write_text(as_text(rows, delimiter), encoding="utf-8")
    assert kept(f"{shape} with {delimiter!r}", lambda **how: pairs_in(path, **how)) == wanted(facts, WRITTEN[by])


@pytest.mark.parametrize(
    "layout", ["lines", "numbered", "bullets", "names and links", "names: links", "names, links above"]
)
@given(facts=FACTS, where=st.sampled_from(["file", "folder", "tab"]), data=st.data())
@settings(max_examples=examples(40), deadline=None)
def test_one_list_a_customer(layout, where, facts, data, tmp_path_factory):
    """The file, the folder or the tab is the customer."""
    by = "addresses" if "links" in layout else data.draw(st.sampled_from(["addresses", "handles"]))
    written = WRITTEN[by]
    words = HEADERS[data.draw(st.sampled_from(sorted(HEADERS)))]
    folder = tmp_path_factory.mktemp("facts")
    book = {}
    for customer, places in facts.items():
        rows = {
            "lines": lambda places=places: [[written[p]] for p in sorted(places)],
            "numbered": lambda places=places: [[f"{n}. {written[p]}"] for n, p in enumerate(sorted(places), 1)],
            "bullets": lambda places=places: [[f"- {written[p]}"] for p in sorted(places)],
            "names and links": lambda places=places: [
                [words[4], words[5]],
                *([p.replace("_", " ").title(), written[p]] for p in sorted(places)),
            ],
            "names: links": lambda places=places: [[f"{p.title()}: {written[p]}"] for p in sorted(places)],
            "names, links above": lambda places=places: [
                [text] for p in sorted(places) for text in (p.replace("_", " ").title(), written[p])
            ],
        }[layout]()
        text = "".join(f"{','.join(row)}\n" for row in rows)
        if where == "tab":
            book[customer] = rows
            continue
        path = folder / f"{customer}.txt" if where == "file" else folder / customer / "list.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if where == "tab":
        (folder / "lists.xlsx").write_bytes(excel(**book))
    assert kept(f"{layout} in each {where}", lambda **how: pairs_in(folder, **how)) == wanted(facts, written)


def test_hardly_anything_is_refused():
    """Of what the properties above wrote, less than one in fifty."""
    assert len(REFUSED) <= 0.02 * len(ASKED), sorted(set(REFUSED))
