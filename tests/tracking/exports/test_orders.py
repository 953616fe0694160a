"""Orders of several lines, stages that no list has, and one person behind an address or a number."""

import pytest

from outreach.tracking.steps import people_by_kind
from tests.tracking.exports.log_lines import A

HEAD = f"utm_source,utm_content\nvk,{A}".split("\n")


def orders(head, *rows):
    return f"{head},{HEAD[0]}\n" + "".join(f"{row},{HEAD[1]}\n" for row in rows)


def sums(report):
    return sorted((row.numerator, row.revenue) for row in report.rows)


@pytest.mark.parametrize(
    ("head", "amounts", "whole"),
    [
        ("Amount", ["10", "10", "20"], 40),
        ("Amount", ["10", "10"], 10),
        ("Line total", ["10", "10"], 20),
        ("Price", ["10", "10", "20"], 40),
        ("Цена", ["10", "10"], 20),
        ("Order total", ["40", "40", "40"], 40),
        ("Сумма заказа", ["40", "40"], 40),
        ("Kopsumma", ["40", "40"], 40),
    ],
)
def test_equal_lines_of_an_order(read, export, head, amounts, whole):
    """They add, unless the header says that the sum is the order's; where nothing tells, once."""
    rows = [f"1001,2026-05-02,a@x.lv,{amount}" for amount in amounts]
    told = read(export("a.csv", orders(f"Order ID,Date,Email,{head}", *rows)))
    assert sums(told.report) == [(1, whole)]
    assert any("--columns line_sum=" in remark for remark in told.remarks) == (head == "Amount" and len(amounts) == 2)


def test_the_user_says_what_a_sum_is_of(read, export):
    """Either answer, for a header that leaves it open."""
    text = orders("Order ID,Date,Email,Amount", *["1001,2026-05-02,a@x.lv,10"] * 2)
    assert sums(read(export("a.csv", text), columns={"line_sum": "Amount"}).report) == [(1, 20)]
    assert sums(read(export("a.csv", text), columns={"order_sum": "Amount"}).report) == [(1, 10)]


def test_an_unknown_stage_is_asked_for(read, export):
    """It counts as nothing and is named with its count, until the user says that it means paid."""
    rows = [
        "1,2026-05-02,a@x.lv,10,Оплата получена",
        "2,2026-05-03,b@x.lv,20,Оплата получена",
        "3,2026-05-03,c@x.lv,5,Won",
    ]
    text = orders("Order ID,Date,Email,Total,Stage", *rows)
    told = read(export("a.csv", text))
    assert sums(told.report) == [(0, 0), (0, 0), (1, 5)]
    assert any("2 rows have an unknown stage" in one and "Оплата получена (2)" in one for one in told.remarks)
    assert sums(read(export("a.csv", text), paid=("оплата получена",)).report) == [(1, 5), (1, 10), (1, 20)]


def test_a_type_is_no_status(read, export):
    """Unless one of its words is one."""
    text = orders("Order ID,Date,Email,Total,Type", "1,2026-05-02,a@x.lv,10,Online", "2,2026-05-02,b@x.lv,10,Shop")
    assert read(export("a.csv", text)).report.total == (None, 2)


def steps(report):
    """Return how many people count as each step."""
    return people_by_kind((row.person, row.stage.split()[0]) for row in report.rows)


BOOKINGS = [
    "2026-05-02 10:00,29000001,40,{came}",
    "2026-05-02 11:00,29000002,40,{missed}",
    "2026-05-03 10:00,29000003,50,{booked}",
    "2026-05-03 11:00,29000004,50,{cancelled}",
]


@pytest.mark.parametrize(
    "words",
    [
        ("Date", "Phone", "Price", "Status", "Came", "No-show", "Booked", "Cancelled"),
        ("Дата", "Телефон", "Сумма", "Статус", "Пришёл", "Не пришла", "Записан", "Отменён"),
        ("Datums", "Tālrunis", "Summa", "Statuss", "Ieradās", "Neieradās", "Rezervēts", "Atcelts"),
        ("Ημερομηνία", "Τηλέφωνο", "Ποσό", "Κατάσταση", "Ήρθε", "Δεν ήρθε", "Κράτηση", "Ακυρώθηκε"),
        ("Ամսաթիվ", "Հեռախոս", "Գումար", "Կարգավիճակ", "Եկավ", "Չեկավ", "Ամրագրված", "Չեղարկված"),
    ],
    ids=["en", "ru", "lv", "el", "hy"],
)
def test_a_table_of_bookings(read, export, words):
    """Each row is an enquiry; who came is no customer of a table without payments, and who did not never is."""
    stages = dict(zip(("came", "missed", "booked", "cancelled"), words[4:], strict=True))
    told = read(export("a.csv", orders(",".join(words[:4]), *(row.format(**stages) for row in BOOKINGS))))
    assert (told.report.kind, told.report.total) == ("step", (None, 4))
    assert steps(told.report) == {"enquiry": 4, "cancelled": 1, "booked": 3, "no-show": 1, "came": 1}
    assert sum(row.revenue for row in told.report.rows if row.stage.startswith("came")) == 40


def test_where_some_paid_coming_is_not_enough(read, export):
    """The table tells who paid."""
    text = orders("Date,Phone,Price,Status", "2026-05-02,29000001,40,Came", "2026-05-02,29000002,40,Paid")
    assert steps(read(export("a.csv", text)).report) == {"enquiry": 2, "booked": 2, "came": 2, "paid": 1}


@pytest.mark.parametrize(
    ("stages", "counts"),
    [
        (("New lead", "Contacted", "Closed won"), {"enquiry": 3, "paid": 1}),
        (("Lead", "Closed lost", "Closed lost"), {"enquiry": 3, "cancelled": 2}),
        (("Booked", "Thinks it over", "Paid"), {"enquiry": 2, "booked": 2, "paid": 1}),
        (
            ("Did not show up", "Arrived", "Refunded"),
            {"enquiry": 3, "cancelled": 1, "booked": 2, "no-show": 1, "came": 1},
        ),
    ],
)
def test_how_far_people_came(read, export, stages, counts):
    """Who is at a step passed those before it; a stage that is not known counts as none."""
    rows = [f"2026-05-0{day},a{day}@x.lv,{stage}" for day, stage in enumerate(stages, start=1)]
    assert steps(read(export("a.csv", orders("Created,Email,Deal stage", *rows))).report) == counts


def test_one_person_with_several_bookings(read, export):
    """Counts once, as far as any of them came; each booking brings its sum."""
    rows = ["2026-05-02,29000001,40,No-show", "2026-05-09,29000001,40,Paid", "2026-05-16,29000001,60,Paid"]
    for some in (rows, rows[::-1]):
        report = read(export("a.csv", orders("Date,Phone,Price,Status", *some))).report
        assert steps(report) == {"enquiry": 1, "booked": 1, "no-show": 0, "came": 1, "paid": 1}
        assert sorted(row.revenue for row in report.rows if row.stage == "paid") == [40, 60]


def test_a_calendar_with_a_column_for_who_cancelled(read, export):
    """The others enquired."""
    text = orders("Email,Created,Canceled at", "a@x.lv,2026-05-02,", "b@x.lv,2026-05-02,2026-05-04")
    assert steps(read(export("a.csv", text)).report) == {"enquiry": 2, "cancelled": 1}


@pytest.mark.parametrize("text", ["₦1,500.00", "1 500 ₦", "ZMK1500", "1500 kwacha"[:9]])
def test_an_unknown_currency_leaves_the_sum_out(read, export, text):
    """The order counts."""
    told = read(export("a.csv", orders("Order ID,Date,Email,Total", f'1,2026-05-02,a@x.lv,"{text}"')))
    assert sums(told.report) in ([(1, None)], [(1, 1500.0)])


PERSONS = [
    (["+371 29 000 001", "29000001", "00371 29-000-001"], ""),
    (["29000001", "371 29000001".replace(" ", "")], "LV"),
    (["+7 999 111 22 33", "8 (999) 111-22-33", "9991112233"], ""),
    (["+30 691 234 5678", "691 2345678"], ""),
    (["+374 91 123456", "091 123456"], ""),
    (["091 123456", "91123456"], "AM"),
]


@pytest.mark.parametrize(("numbers", "market"), PERSONS)
def test_one_number_however_it_is_written(read, export, numbers, market):
    """Other numbers of the table tell the country, or the user does."""
    rows = [f"2026-05-0{day},{number}" for day, number in enumerate(numbers, start=1)]
    assert read(export("a.csv", orders("Date,Phone", *rows)), market=market).report.total == (None, 1)


def test_one_person_by_address_or_number(read, export):
    """A row with either is the same person's, in whichever order and file."""
    rows = [
        "2026-05-02,a@x.lv,",
        "2026-05-03,,+371 29000001",
        "2026-05-04,A@x.lv,29000001",
        "2026-05-05,b@x.lv,29000002",
    ]
    for some in (rows, rows[::-1]):
        assert read(export("a.csv", orders("Date,Email,Phone", *some))).report.total == (None, 2)
    told = read(*(export(f"{n}.csv", orders("Date,Email,Phone", row, rows[3])) for n, row in enumerate(rows[:3])))
    assert len({row.id for report in told.reports for row in report.rows}) == 2


def test_a_number_of_many_is_nobodys(read, export):
    """A shop writes its own into each order."""
    rows = [f"2026-05-02,a{n}@x.lv,+371 29000001" for n in range(5)]
    assert read(export("a.csv", orders("Date,Email,Phone", *rows))).report.total == (None, 5)


@pytest.mark.parametrize(
    "link",
    [
        "?utm_source=vk&amp%3Butm_content={}",
        "?utm_source=vk%5Cu0026utm_content={}",
        "?utm_source=vk\\u0026utm_content={}",
        "?utm_source=vk;utm_content={}",
        "?utm_source=vk&utm_content={})",
        "?utm_source=vk&utm_content={}.",
        '?utm_source=vk&utm_content={}"',
        "?utm_source=vk&utm_content={}\u200b",
        "?utm_source=vk&utm_content={}%E2%80%8B",
    ],
)
def test_damaged_links_are_read(link):
    """Programs and people put signs into them; the visitor came by the link all the same."""
    from outreach.tracking.attribution import decode_tag
    from outreach.tracking.tags import is_mended, tags_in

    assert decode_tag(tags_in(link.format(A)).content) == A
    assert is_mended(link.format(A))
    assert not is_mended(f"/?utm_source=vk&utm_content={A}#top")


def test_tags_in_tildas_cookies(read, export):
    """Its forms keep them there, encoded once more."""
    cookie = f"_ym_uid=1; TILDAUTM=utm_source%3Dvk%7C%7C%7Cutm_content%3D{A}%7C%7C%7C; x=1"
    report = read(export("a.csv", f'Email;Date;COOKIES\na@x.lv;2026-05-02;"{cookie}"\n')).report
    assert [(row.tags.source, row.tags.content) for row in report.rows] == [("vk", A)]


@pytest.mark.parametrize(
    "head",
    ["Date,Caller,Number called,Seconds", "Дата звонка,Номер звонящего,Набранный номер,Секунд"],
    ids=["en", "ru"],
)
def test_a_log_of_calls(read, export, head):
    """A caller is an enquiry, however often he calls."""
    rows = "2026-05-02,+37129000001,67000000,60\n2026-05-03,29000001,67000000,5\n2026-05-03,29000002,67000000,90\n"
    report = read(export("a.csv", f"{head}\n{rows}")).report
    assert (report.kind, report.total) == ("step", (None, 2))


@pytest.mark.parametrize(
    ("header", "came", "missed"),
    [
        ("Дата визита;Телефон;Стоимость;Статус записи", "Клиент пришел", "Не пришел"),
        ("Date;Phone;Price;Appointment status", "Attended", "No show"),
        ("Datums;Tālrunis;Cena;Vizītes statuss", "Came", "No show"),
        ("Ημερομηνία;Τηλέφωνο;Τιμή;Κατάσταση ραντεβού", "Came", "No show"),
        ("Ամսաթիվ;Հեռախոս;Գին;Այցի կարգավիճակ", "Came", "No show"),
    ],
)
def test_who_did_not_come_is_no_customer(read, export, header, came, missed):
    """Whatever a booking system calls the column of it."""
    text = f"{header}\n2026-05-12;+37129000001;40;{came}\n2026-05-13;+37129000002;40;{missed}\n"
    report = read(export("a.csv", text)).report
    assert (report.kind, sorted(row.stage.split()[0] for row in report.rows)) == ("step", ["came", "no_show"])


def test_default_stages_of_a_customer_database(read, export):
    """An appointment is booked; other stages before it are enquiries."""
    text = (
        "Record ID,Deal Name,Deal Stage,Amount,Create Date,utm_content\n"
        "1,A,Closed won,40,2026-05-12,a--a-1\n2,B,Appointment scheduled,20,2026-05-13,a--a-1\n"
        "3,C,Qualified to buy,20,2026-05-13,\n4,D,Closed lost,20,2026-05-13,\n"
    )
    report = read(export("deals.csv", text)).report
    assert [row.stage.split()[0] for row in report.rows] == ["paid", "booked", "enquiry", "cancelled"]
