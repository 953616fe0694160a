"""Yandex Metrica: exported reports."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from outreach.errors import InputError
from outreach.tracking.base import Period, Tags
from outreach.tracking.exports.metrica_report import MetricaReport
from tests.tracking.described import described

DATA = Path(__file__).parent / "data" / "metrica_report"
MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
REACHES = "counts how often the goal was reached, not visits: one visit may count many times"


def test_visits_with_the_goal_never_reaches(read):
    """The file has both; line 2 is its total; the period is in its name."""
    report = read(DATA / "Отчет_UTM_2026-05-01_2026-05-31.csv").report
    assert (report.unit, report.kind, report.goal, report.total) == ("visit", "conversion", "Заявка", (1000, 50))
    assert [(row.tags.content, row.denominator, row.numerator) for row in report.rows] == [
        ("smm-riga--a-f871v", 600, 40),
        ("", 150, 4),
        ("", 250, 6),
    ]
    assert (report.rows[-1].tags, report.period, described(report.flags)) == (Tags(), MAY, ())


def test_a_resaved_copy_with_two_goals(read):
    """cp1251, semicolons, spaces as thousands, decimal commas."""
    report = read(DATA / "goals_resaved_ru.csv", goal="покупка", period=MAY, currency="RUB").report
    assert (report.goal, report.total, report.period) == ("Покупка", (1300, 9), MAY)
    assert (report.rows[0].revenue, report.rows[0].currency) == (-150.5, "RUB")
    with pytest.raises(InputError, match="it has several goals") as told:
        read(DATA / "goals_resaved_ru.csv")
    assert told.value.hint.endswith("the file has Заявка, Покупка")


def test_english_headers_days_and_the_rest(read):
    """What the total has beyond the rows is one line."""
    report = read(DATA / "utm_en.csv").report
    assert [row.day for row in report.rows] == [date(2026, 5, 1), date(2026, 5, 2), None]
    assert (report.rows[-1].tags.rest, report.rows[-1].denominator, report.total) == (True, 8, (50, None))
    assert sum(row.denominator for row in report.rows) == 50


def test_reaches_alone_are_events_and_flagged(export, read):
    """They may exceed the visits."""
    text = "UTM Content,Визиты,Достижения цели (Заявка)\nИтого и средние,5,9\na-1,5,9\n"
    report = read(export("x.csv", text)).report
    assert (report.kind, report.total, described(report.flags)) == ("event", (5, 9), (REACHES,))


def test_a_workbook_with_titles(tmp_path, read):
    """Lines above the table tell counter, period, attribution and sampling."""
    path = tmp_path / "отчет.xlsx"
    titles = ["Отчёт: Метки UTM, счётчик 44147844", "с 01.05.2026 по 31.05.2026", "Точность: 10 %"]
    rows = [
        ["UTM Source", "UTM Campaign", "Визиты", "Отказы", "Целевые визиты (Заявка (шаг 2))"],
        ["Итого и средние", "", 30, 0.1, 3],
        ["vk", "весна", 20, 0.1, 3],
        ["Не определено", "", 10, 0.2, 0],
    ]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, title in enumerate([*titles, "Атрибуция: последний значимый источник"]):
            sheet.write_string(at, 0, title)
        for at, cells in enumerate(rows, 5):
            sheet.write_row(at, 0, cells)
    report = read(path).report
    assert (report.source_name, report.period, report.total) == ("44147844", MAY, (30, 3))
    assert (report.goal, report.attribution) == ("Заявка (шаг 2)", "последний значимый источник")
    assert described(report.flags) == ("sampled at 10 %",)


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("a 2026-05-01_2026-05-31.csv", MAY),
        ("a 01.05.2026-31.05.2026.csv", MAY),
        ("a_20260501-20260531.csv", MAY),
        ("a 2026-05-01.csv", None),
    ],
)
def test_the_period_in_the_name(export, read, name, period):
    """Two days side by side are a period, one is not."""
    assert read(export(name, "UTM Content,Визиты,Отказы\na-1,5,0.1\n")).report.period == period


def test_minus_of_typesetters(export, read):
    """U+2212 before a count is refused, before a sum it is a repayment."""
    with pytest.raises(InputError, match="line 2: a negative count"):
        read(export("x.csv", "UTM Content;Визиты;Отказы\na-1;−5;0,1\n"))
    text = "UTM Content;Визиты;Отказы;Доход\na-1;5;0,1;−1 500,50 ₽\n"
    assert read(export("y.csv", text)).report.rows[0].revenue == -1500.5


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("UTM Content,Визиты,Отказы\na-1,1.5,0.1\n", "line 2: a count with a fraction"),
        ("UTM Content,Визиты,Отказы\na-1,1000000000000000,0.1\n", "line 2: a count larger"),
        ("UTM Content,Отказы,Визиты\na-1,0.1\n", "line 2: the row is cut off"),
        ("UTM Content,Визиты,Целевые визиты (A)\na-1,5,6\n", "line 2: more visits with the goal than visits"),
        ("UTM Content,Визиты,Отказы\nИтого и средние,9,0.1\na-1,9,0.1\nb-2,9,0.1\n", "add up to 18 visits"),
        ("Источник трафика,Визиты,Отказы\nПрямые заходы,9,0.1\n", "table of visits by links"),
    ],
)
def test_nonsense_is_refused_with_its_line(export, read, text, problem):
    """A row left out would make the totals false."""
    with pytest.raises(InputError, match=problem):
        read(export("x.csv", text))


def test_a_period_reversed_in_the_name(export, read):
    """A file of May that ends in April."""
    with pytest.raises(InputError, match="ends before it begins"):
        read(export("a_2026-05-31_2026-05-01.csv", "UTM Content,Визиты,Отказы\na-1,5,0.1\n"))


@pytest.mark.parametrize(
    "text", ["Площадка;Ссылка;Визиты;Конверсии\nvk;x;5;1\n", "utm_source,visitors,bounces\nvk,5,1\n", "a\n\n\nb\n"]
)
def test_other_files_are_not_claimed(export, text):
    """Visits alone are nobody's own."""
    assert not MetricaReport().identify(export("x.csv", text))
