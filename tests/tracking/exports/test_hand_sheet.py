"""Results that somebody typed."""

import io
from datetime import date

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from outreach.campaign.ledger.placement import Placement
from outreach.errors import InputError
from outreach.reporting.results_sheet import save_results_sheet
from outreach.tracking.exports.hand_sheet import HandSheet

LINK = "https://acme.example/guide?utm_source=telegram&utm_campaign=spring&utm_content=smm-riga--a-f871v"
HEADER = "place,link,date,views,clicks,visits,conversions,revenue,currency,cost,note,campaign,variant,round,key\n"


def rows(report):
    return [(row.tags.resource, row.denominator, row.numerator) for row in report.rows]


def units(told):
    return {report.unit: rows(report) for report in told.reports}


def test_one_report_for_each_unit(read, export):
    """Views, clicks and visits are never in one report; conversions and money go with the visits."""
    file = export(
        "r.csv", HEADER + f"SMM Riga,{LINK},2026-05-12,5000,120,90,7,150,EUR,40,,spring,a,1,telegram:smm_riga\n"
    )
    told = read(file)
    assert units(told) == {
        "view": [("telegram:smm_riga", 5000, None)],
        "click": [("telegram:smm_riga", 120, None)],
        "visit": [("telegram:smm_riga", 90, 7)],
    }
    visit = told.reports[2]
    assert (visit.tool, visit.kind, visit.total) == ("sheet", "conversion", (90, 7))
    assert [report.kind for report in told.reports[:2]] == ["", ""]
    (row,) = visit.rows
    assert (row.revenue, row.cost, row.currency, row.day) == (150.0, 40.0, "EUR", None)
    assert (row.tags.content, row.tags.campaign) == ("smm-riga--a-f871v", "spring")


def test_empty_is_unknown_and_nought_is_nought(read, export):
    """A cell that nobody filled in is no count; rows without any are passed over."""
    file = export("r.csv", "place,visits,conversions\nA,10,\nB,0,0\nC,,3\nD,,\n")
    (report,) = read(file).reports
    assert rows(report) == [("A", 10, None), ("B", 0, 0), ("C", None, 3)]
    assert report.total == (10, 3)


def test_views_are_read_as_networks_show_them(read, export):
    """Below a post stands 6.4K and no more; visits of a tool are never shortened, and the column is named."""
    file = export("r.csv", "place,views,visits\nA,6.4K,10\nB,12 тыс.,20\n")
    assert units(read(file))["view"] == [("A", 6400, None), ("B", 12000, None)]
    with pytest.raises(InputError, match="line 2: a count that is not a number, in the column of visits"):
        read(export("s.csv", "place,views,visits\nA,6.4K,1K\n"))


def test_nothing_is_filled_in_yet(read, export):
    """A sheet as it was written gives no report, and a remark."""
    told = read(export("r.csv", HEADER + f"SMM Riga,{LINK},,,,,,,,,,spring,a,1,telegram:smm_riga\n"))
    assert not told.reports
    assert told.remarks[0].endswith("none of its rows is filled in yet")


TRANSLATED = [
    "Площадка;Ссылка;Просмотры;Клики;Визиты;Конверсии;Выручка;Валюта",
    "Μέρος;Σύνδεσμος;Προβολές;Κλικ;Επισκέψεις;Μετατροπές;Έσοδα;Νόμισμα",
    "Vieta;Saite;Skatījumi;Klikšķi;Apmeklējumi;Konversijas;Ieņēmumi;Valūta",
    "Տեղ;Հղում;Դիտումներ;Սեղմումներ;Այցեր;Կոնվերսիաներ;Եկամուտ;Արժույթ",
]


@pytest.mark.parametrize("header", TRANSLATED)
def test_translated_headers(read, export, header):
    """Semicolons, spaces between thousands, decimal commas, and headers in four more languages."""
    told = read(export("r.csv", f"{header}\nKlubs;;5 000;;1 200;12;1 500,50;EUR\n"))
    assert units(told) == {"view": [("Klubs", 5000, None)], "visit": [("Klubs", 1200, 12)]}
    assert told.reports[1].rows[0].revenue == 1500.5


def test_cp1251_and_moved_columns(read, export):
    """What Excel saves in Russian, with columns in another order and a title above."""
    text = "Результаты за май;;\r\nРегистрации;Визиты;Площадка\r\n3;40;Клуб контента\r\n"
    told = read(export("r.csv", text.encode("cp1251")))
    assert units(told) == {"visit": [("Клуб контента", 40, 3)]}


def test_a_plain_table_that_no_template_made(read, export):
    """A place by its name, its key or its address is enough."""
    file = export(
        "r.csv", "place, visits, signups\nSMM Riga,10,1\ntelegram:smm_riga,20,2\nhttps://t.me/smm_riga,30,3\n"
    )
    (report,) = read(file).reports
    assert rows(report) == [("SMM Riga", 10, 1), ("telegram:smm_riga", 20, 2), ("https://t.me/smm_riga", 30, 3)]


def test_a_link_alone_names_the_place(read, export):
    """A tagged link needs no name; an untagged one is the name."""
    (report,) = read(export("r.csv", f"link,visits\n{LINK},10\nhttps://t.me/smm_riga,5\n")).reports
    assert [(row.tags.content, row.tags.resource) for row in report.rows] == [
        ("smm-riga--a-f871v", ""),
        ("", "https://t.me/smm_riga"),
    ]


def test_what_the_total_has_beyond_its_rows(read, export):
    """A row of totals is no place; what it counts more is a row of its own, so that the table adds up."""
    (report,) = read(export("r.csv", "place,visits,conversions\nA,10,1\nB,20,2\nTotal,35,3\n")).reports
    assert rows(report) == [("A", 10, 1), ("B", 20, 2), ("", 5, None)]
    assert report.rows[-1].tags.rest
    assert report.total == (35, 3)


def test_several_goals(read, export):
    """Sign-ups and orders are two goals: one is named, and none is guessed."""
    file = export("r.csv", "place,visits,signups,orders\nA,10,3,1\n")
    with pytest.raises(InputError, match="several goals: signups, orders"):
        read(file)
    report = read(file, goal="Orders").report
    assert (report.goal, rows(report)) == ("orders", [("A", 10, 1)])


def test_a_workbook_with_dates_and_numbers(read, tmp_path):
    """Excel's numbers are counts, whatever its cells look like; its dates do not matter."""
    book = openpyxl.Workbook()
    book.active.append(["place", "date", "visits", "conversions", "revenue"])
    book.active.append(["SMM Riga", date(2026, 5, 12), 1200.0, 12, 12.345])
    book.save(tmp_path / "r.xlsx")
    (row,) = read(tmp_path / "r.xlsx").report.rows
    assert (row.denominator, row.numerator, row.revenue) == (1200, 12, 12.345)


def test_an_open_document_sheet(read, export):
    """LibreOffice's own format is read like Excel's."""
    book, table = OpenDocumentSpreadsheet(), Table(name="results")
    for cells in (["place", "visits", "conversions"], ["SMM Riga", "10", "1"]):
        line = TableRow()
        for text in cells:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    stream = io.BytesIO()
    book.save(stream)
    assert units(read(export("r.ods", stream.getvalue()))) == {"visit": [("SMM Riga", 10, 1)]}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("A,10,11,,", "line 2: more conversions than visits"),
        ("A,-1,0,,", "line 2: a negative count"),
        ("A,1.5,0,,", "line 2: a count with a fraction"),
        ("A,1000000000000000,0,,", "line 2: a count larger than any real site has"),
        ("A,12.май,0,,", "line 2: a count that is not a number"),
        (",10,1,,", "line 2: numbers without a place"),
        ("A,10,1,5 €,5 $", "line 2: two currencies in one line"),
        ("A,10,1,,-5", "line 2: a negative cost"),
        ("A,10,1,much,", "line 2: not a sum of money"),
        ("A,10,1,,\nTotal,5,1,,", "line 3: the total of the visits is less than its rows"),
    ],
)
def test_nonsense_refuses_the_file(read, export, line, why):
    """A count that cannot be is an error with its line; nothing of the file is kept."""
    with pytest.raises(InputError, match=why):
        read(export("r.csv", f"place,visits,conversions,revenue,cost\n{line}\n"))


def test_a_workbook_with_a_fraction_of_three_digits(read, tmp_path):
    """12.345 visits in Excel are a fraction, not twelve thousand."""
    book = openpyxl.Workbook()
    book.active.append(["place", "visits"])
    book.active.append(["SMM Riga", 12.345])
    book.active.append(["SMM Liepaja", date(2026, 5, 12)])
    book.save(tmp_path / "r.xlsx")
    with pytest.raises(InputError, match="a count with a fraction"):
        read(tmp_path / "r.xlsx")


@pytest.mark.parametrize(
    "content",
    [
        "name,visitors,bounce_rate,visit_duration\nvk,3,50,10\n",
        "name,unique_conversions,total_conversions\nSignup,3,4\n",
        "place,platform,customers,subscribers,accepts_posts,views,key\nA,telegram,3 of 9,5000,,900,telegram:a\n",
        "customer,resource,subscribers\nA,t.me/a,5\n",
        "Short URL,Long URL,Clicks\nhttps://s.example/a,https://acme.example,5\n",
        "link,clicks\nhttps://s.example/a,5\n",
        "UTM Source,Визиты,Посетители\nvk,3,2\n",
        "place,link,date,cost\nA,https://acme.example,2026-05-12,5\n",
        "label,nb_visits\nspring,3\n",
        "Landing page + query string,Sessions\n/guide,5\n",
        "email,date,utm_content\na@x.example,2026-05-12,a\n",
    ],
)
def test_other_files_are_left_alone(export, content):
    """Reports of tools, lists of links and the sheet of resources are no sheets of results."""
    assert not HandSheet().identify(export("x.csv", content))


def test_a_file_that_is_no_sheet(export, asked):
    """Forced to read another table, the reader says what it looks for."""
    with pytest.raises(InputError, match="no line has a place and a count"):
        list(HandSheet().read([export("x.csv", "a,b\n1,2\n")], asked()))


def test_our_own_sheet_comes_back(read, tmp_path):
    """What was written, filled in and saved in Excel is read with the ties of its rows."""
    one = Placement(campaign="spring", resource="telegram:smm_riga", final_url=LINK, name="=SMM Riga")
    two = Placement(campaign="spring", resource="vk:club", final_url="https://acme.example/")
    save_results_sheet([one, two], tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    book.active["F2"], book.active["G2"] = 90, 7
    book.save(tmp_path / "r.xlsx")
    assert units(read(tmp_path / "r.xlsx")) == {"visit": [("telegram:smm_riga", 90, 7)]}


def test_numbers_that_people_are_not_sure_of(read, export):
    """About is a number, a question mark is none; what is not used is named."""
    told = read(export("a.csv", "place,visits,conversions,mood\nvk:one,~150,?\nvk:two,?,≈3\n"))
    (report,) = told.reports
    assert [(row.denominator, row.numerator) for row in report.rows] == [(150, None), (None, 3)]
    assert any(remark.endswith("columns not used: mood") for remark in told.remarks)


def test_all_bad_cells_at_once(read, export):
    """Nobody corrects them one by one, with a run for each."""
    with pytest.raises(InputError) as told:
        read(export("a.csv", "place,visits,conversions\nvk:one,many,1\nvk:two,9,some\nvk:three,1,2\n"))
    for where in ("line 2: ", "in the column of visits", "line 3: ", "in the column of conversions", "line 4: "):
        assert where in str(told.value)


def test_orders_of_an_exchange(read, export):
    """Channel, post, price, views: views and costs of places."""
    told = read(export("a.csv", "Channel,Post,Price,Views,Status\n@one,https://t.me/one/5,25 EUR,1.2K,published\n"))
    views, costs = told.reports
    assert (views.unit, views.total[0], costs.rows[0].cost, costs.rows[0].currency) == ("view", 1200, 25.0, "EUR")


def test_an_order_that_fell_through_costs_nothing(read, export):
    """The exchange paid it back."""
    rows = "@one,25 EUR,1000,Опубликовано\n@two,30 EUR,,Отменён\n"
    told = read(export("a.csv", f"Канал,Цена,Просмотры,Статус\n{rows}"))
    assert [row.cost for report in told.reports for row in report.rows if row.cost] == [25.0]
    assert any("left out" in remark for remark in told.remarks)


@pytest.mark.parametrize(
    "head",
    ["Permalink,Reach,Link clicks", "Ссылка на запись,Охват,Переходы", "Post URL,Views,Clicks"],
    ids=["Facebook", "VK", "Telegram"],
)
def test_statistics_of_posts(read, export, head):
    """A post stands for its place."""
    told = read(export("a.csv", f"{head}\nhttps://t.me/rigalife/77,1500,30\n"))
    assert {one.unit: one.total[0] for one in told.reports} == {"view": 1500, "click": 30}
    assert {row.tags.resource for one in told.reports for row in one.rows} == {"https://t.me/rigalife/77"}
