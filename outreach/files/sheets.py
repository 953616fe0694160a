"""The rows of a sheet that came back from hand work: which tab, which header line, which column is which.

People move columns, translate headers, put a title above and save as what their program offers; what a column means
is told by its header only.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError, UnknownFormatError
from outreach.files import HEAD_BYTES
from outreach.files.delimited import delimiter_of, records, text_of
from outreach.files.grid import HEADER_WITHIN
from outreach.files.streams import read_once
from outreach.words.columns import VOCABULARY, fold_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from outreach.files.grid import Row
    from outreach.files.workbook import Kind

__all__ = ["Grid", "grid_of", "map_sheet", "no_sheet"]


WORDS: Final[Mapping[str, str]] = {
    "place": "place; name; title; имя; название; наименование; место; площадка; μέρος; όνομα; ονομασία; τίτλος; "
    "vieta; nosaukums; անուն; անվանում; տեղ; վայր",
    "platform": "platform; платформа; соцсеть; πλατφόρμα; platforma; հարթակ",
    "address": "address; url; link; адрес; ссылка; διεύθυνση; σύνδεσμος; adrese; saite; հասցե; հղում",
    "customers": "customers; overlap; followed by; клиенты; клиентов; подписано клиентов; πελάτες; klienti; "
    "klientu skaits; հաճախորդներ; հաճախորդ",
    "subscribers": "subscribers; подписчики; συνδρομητές; sekotāji; բաժանորդներ",
    "subscribers_from": "subscribers from; source; источник; откуда; откуда подписчики; πηγή; avots; աղբյուր",
    "fetched_at": "fetched at; fetched; checked; checked at; checked on; date; дата; когда проверено; проверено; "
    "ημερομηνία; datums; pārbaudīts; ամսաթիվ",
    "accepts_posts": "accepts posts; берёт посты; берут посты; публикует; δημοσιεύει; δέχεται δημοσιεύσεις; "
    "publicē; pieņem; ընդունում է գրառումներ; ընդունում է հոդվածներ; հրապարակում է",
    "topic": "topic; тема; θέμα; tēma; թեմա",
    "exclude": "exclude; skip; leave out; исключить; не брать; убрать; εξαίρεση; αποκλεισμός; εξαιρείται; izslēgt; "
    "izlaist; բացառել; հանել",
    "rules": "rules; правила; требования; κανόνες; noteikumi; կանոններ; կանոն",
    "link_place": "link place; where the link goes; link goes to; место ссылки; куда ссылку; где ссылка; ссылка где; "
    "θέση συνδέσμου; πού ο σύνδεσμος; saites vieta; kur saite; հղման տեղը; հղման տեղ; որտեղ հղումը",
    "owner": "owner; admin; administrator; editor; author; владелец; хозяин; админ; администратор; редактор; автор; "
    "ιδιοκτήτης; διαχειριστής; īpašnieks; administrators; սեփականատեր; տերը; ադմին",
    "contact": "contact; contacts; how to reach; контакт; контакты; связь; επαφή; επικοινωνία; kontakts; kontakti; "
    "saziņa; կապ; կոնտակտ",
    "way_in": "way in; how to get in; how; как попасть; способ; вход; τρόπος; πώς; veids; kā iekļūt; եղանակ; ինչպես",
    "price": "price; cost; цена; стоимость; τιμή; κόστος; cena; maksa; գին; արժեք",
    "views": "views; reach; просмотры; охват; προβολές; απήχηση; skatījumi; դիտումներ",
    "note": "note; notes; comment; comments; remark; заметка; заметки; примечание; комментарий; σημείωση; "
    "σημειώσεις; σχόλιο; piezīme; piezīmes; komentārs; նշում; նշումներ; մեկնաբանություն",
    "key": "key; ключ; κλειδί; atslēga; բանալի",
}
"""What the columns of the sheet are called, our own name first."""

SHARED: Final = (("platform", "platform"), ("subscribers", "subscribers"), ("accepts_posts", "accepts_posts"))
MORE: Final = (*SHARED, ("topic", "topic"), ("address", "url"), ("address", "handle"), ("address", "resource"))
"""Columns that other tables have too, with the role whose words they share."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as it lies in its file.

    Args:
        label: What messages call it.
        tab: Its tab; None for a text.
        header: Row of the header, or line of a text, from 1.
        columns: Our name of a column to its position, from 0.
        rows: The rows below the header that are not empty.
        encoding: Of a text, as Python names it; ``utf-8-sig`` with a mark before it.
        delimiter: Between the cells of a text.
        links: Row and column, from 1, to the address behind a cell.
        formulas: Rows below the header with a formula whose result was not stored.

    """

    label: str
    tab: str | None
    header: int
    columns: Mapping[str, int]
    rows: tuple[Row, ...]
    encoding: str = ""
    delimiter: str = ""
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: frozenset[int] = frozenset()


def map_sheet(headers: Sequence[str]) -> dict[str, int]:
    """Return which column of a sheet is where, by its headers in any of five languages.

    Of two columns with one name the first counts.

    Example:
        >>> map_sheet(["Заметка", "Адрес", "Подписчики", "моё"])
        {'address': 1, 'subscribers': 2, 'note': 0}

    """
    texts = [fold_header(header) for header in headers]
    found: dict[str, int] = {}
    for column, words in WORDS.items():
        _claim(found, column, texts, [fold_header(words.partition(";")[0])])
    for column, words in WORDS.items():
        _claim(found, column, texts, [fold_header(word) for word in words.split(";")])
    for column, role in MORE:
        _claim(found, column, texts, VOCABULARY[role])
    if not {"address", "key"} & found.keys() and "place" in found:
        found["address"] = found.pop("place")  # a table of "channel, subscribers" calls the address so
    return {column: found[column] for column in WORDS if column in found}


def _claim(found: dict[str, int], column: str, texts: Sequence[str], words: Iterable[str]) -> None:
    wanted = set(words)
    taken = set(found.values())
    if column not in found:
        place = next((place for place, text in enumerate(texts) if text in wanted and place not in taken), None)
        if place is not None:
            found[column] = place


def grid_of(path: str | Path, encoding: str | None = None, label: str | None = None) -> Grid:
    """Read a sheet from a workbook or a delimited text, whatever its name ends in.

    Args:
        path: Where it lies.
        encoding: Of a text; None finds out.
        label: What messages call it; the path if there is none.

    Raises:
        UnknownFormatError: It holds no columns of ours.
        InputError: It cannot be read.

    """
    with read_once(path) as file:
        return _grid(str(path) if label is None else label, file, encoding)


def _grid(label: str, file: Path, encoding: str | None) -> Grid:
    from outreach.files.workbook import refused, workbook_kind

    try:
        with file.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except OSError as err:
        raise InputError(f"cannot be read ({err.strerror})", where=label, hint="check the path") from err
    if error := refused(label, file, head):
        raise error
    if kind := workbook_kind(file, head):
        return _workbook(label, file, kind)
    text, name = text_of(file, encoding, label)
    delimiter = delimiter_of(text.splitlines(), lambda cells: len(map_sheet(cells)))
    grid = _found(label, None, records(label, text, delimiter))
    if grid is None:
        raise no_sheet(label)
    return replace(grid, encoding=name, delimiter=delimiter)


def no_sheet(label: str) -> UnknownFormatError:
    return UnknownFormatError(
        "this is no resources sheet: no header line names a key or an address and one more of our columns",
        where=label,
        hint="outreach resources follows.xlsx -o sheet.xlsx makes one; give it a name of its own",
    )


def _found(label: str, tab: str | None, rows: Iterable[Row]) -> Grid | None:
    """Return the sheet in these rows, None where no header of it is among the first."""
    waiting = iter(rows)
    for seen, (number, cells) in enumerate(waiting):
        columns = map_sheet(cells)
        if len(columns) > 1 and {"address", "key"} & columns.keys():
            below = tuple((row, texts) for row, texts in waiting if any(text.strip() for text in texts))
            return Grid(label, tab, number, columns, below)
        if seen == HEADER_WITHIN:
            break
    return None


def _workbook(label: str, path: Path, kind: Kind) -> Grid:
    """Return the sheet on the first tab of a workbook that holds one."""
    from outreach.files.workbook import tabs

    for tab in tabs(label, path, kind, whole_rows=False):
        if grid := _found(label, tab.name, tab.rows()):
            below = frozenset(row for row in tab.formulas if row > grid.header)
            return replace(grid, links=tab.links, formulas=below)
    raise no_sheet(label)
