"""Lists of sign-ups and orders, as forms, mail tools, shops and customer databases write them."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.errors import InputError
from outreach.files.source import Source
from outreach.messages import describe
from outreach.tracking.base import Period, Tags
from outreach.tracking.exports.hand_sheet import HandSheet
from outreach.tracking.exports.sign_ups import SignUps
from outreach.tracking.find import find_files
from tests.examples import examples

DATA = Path(__file__).parent / "data" / "sign-ups"
SAMPLES = Path(__file__).parents[3] / "sample_data"
A, B = "smm-riga--a-f871v", "content-club--a-2k9qm"

FILES = {  # name: kind, counted, rows, content to count, revenue
    "google_forms_en.csv": ("signup", {A: 2, "": 1}, 3, None),
    "google_forms_ru.csv": ("signup", {A: 1, B: 1}, 2, None),
    "google_forms_el.csv": ("signup", {A: 1, "": 1}, 2, None),
    "typeform.csv": ("signup", {A: 2, B: 0}, 3, None),
    "tally.csv": ("signup", {A: 1, B: 1}, 2, None),
    "mailchimp.csv": ("signup", {A: 1, "": 1}, 2, None),
    "mailerlite.csv": ("signup", {A: 2}, 2, None),
    "unisender.csv": ("signup", {A: 1, B: 1}, 2, None),
    "hubspot.csv": ("signup", {A: 1, "": 1}, 2, None),
    "bot.csv": ("signup", {"": 3}, 3, None),
    "shopify.csv": ("sale", {A: 1, "": 1}, 5, ("EUR", 64.98)),
    "stripe.csv": ("sale", {A: 1, B: 1, "": 0}, 5, ("EUR", 89.0)),
    "stripe_balance.csv": ("sale", {A: 1, "": 0}, 3, ("USD", 18.0)),
    "tilda.csv": ("sale", {A: 1, "": 1}, 2, ("", 2400.0)),
    "getcourse.csv": ("sale", {A: 1, B: 1}, 3, ("RUB", 6990.0)),
    "amocrm.csv": ("step", {A: 1, B: 2}, 3, ("RUB", 65000.0)),
    "bitrix24.csv": ("sale", {A: 1}, 2, ("RUB", 12000.0)),
    "orders_lv.csv": ("sale", {"": 1}, 2, ("EUR", 25.5)),
    "orders_hy.csv": ("sale", {"": 1}, 2, ("AMD", 12000.0)),
}
CANARIES = (
    "example.org", "Zane", "Ольга", "Ελένη", "3kx0c1", "PgYb01", "Dace", "192.0.2", "ann.lee", "5550001", "canary",
    "#1001", "900001", "Liga", "ch_1aaa", "900 000", "79000000003", "1500001", "700001", "Мария", "81001", "P-1", "H-1",
)  # fmt: skip


def counted(report):
    found = {}
    for row in report.rows:
        found[row.tags.content] = found.get(row.tags.content, 0) + row.numerator
    return found


def paid(report):
    found = {}
    for row in report.rows:
        if row.revenue:
            found[row.currency] = found.get(row.currency, 0) + row.revenue
    return {money: round(value, 2) for money, value in found.items()}


@pytest.mark.parametrize("name", FILES)
def test_every_tool_is_read_and_adds_up(read, name):
    """One row a person or an order; the counted ones add up to the file's total; refunds are subtracted."""
    kind, contents, rows, revenue = FILES[name]
    report = read(DATA / name).report
    assert (report.tool, report.kind, report.unit) == ("sign-ups", kind, "")
    assert len(report.rows) == rows
    wanted = {content: counts for content, counts in contents.items() if counts or content in counted(report)}
    assert counted(report) == wanted
    assert report.total == (None, sum(contents.values()))
    assert all(row.denominator is None and row.day for row in report.rows)
    if revenue:
        assert paid(report) == {revenue[0]: revenue[1]}


def test_every_fixture_is_tested():
    """No file lies there unread."""
    assert {path.name for path in DATA.iterdir()} == FILES.keys()


@pytest.mark.parametrize("name", FILES)
def test_nobody_is_named(read, name):
    """Neither rows nor remarks hold an address, a name, a number of an order or of a telephone."""
    told = read(DATA / name)
    assert not [text for text in CANARIES if text in repr((told.reports, told.rejected, told.remarks))]
    assert len({row.id for row in told.report.rows}) == len(told.report.rows)
    assert {len(row.id) for row in told.report.rows} == {32}


@pytest.mark.parametrize("name", FILES)
def test_the_same_file_again_is_the_same(read, name):
    """Ids do not change from one reading to the next."""
    assert read(DATA / name).report.rows == read(DATA / name).report.rows


def test_codes_and_start_payloads_are_tags(read):
    """A promotion code and what a bot was started with belong to a place like utm."""
    assert [row.tags.promo for row in read(DATA / "orders_lv.csv").report.rows] == ["RIGA10", ""]
    assert [row.tags.start for row in read(DATA / "bot.csv").report.rows] == ["14", "15", ""]
    shop = read(DATA / "shopify.csv").report.rows[0].tags
    assert (shop.promo, shop.source, shop.campaign) == ("SPRINGRIGA", "telegram", "spring")
    assert read(DATA / "tilda.csv").report.rows[0].tags.promo == "RIGA10"


def test_the_links_of_an_order_come_before_those_of_its_buyer(read):
    """GetCourse tells where the order and where the person came from: the order's own links count."""
    rows = read(DATA / "getcourse.csv").report.rows
    assert [row.tags.campaign for row in rows] == ["spring", "spring", "spring"]
    assert rows[0].tags.content == A


def test_what_is_not_counted_is_said(read):
    """Cancelled, unpaid, refunded and test orders are rows of 0, so that a later file corrects an earlier one."""
    shop = read(DATA / "shopify.csv")
    assert [row.numerator for row in shop.report.rows] == [1, 1, 0, 0, 0]
    assert [row.revenue for row in shop.report.rows] == [34.98, 30.0, 0.0, 0.0, 0.0]
    label = str(DATA / "shopify.csv")
    assert shop.remarks[1:] == [
        f"{label}: 1 row is of the same order as another row and joined with it",
        f"{label}: 1 not counted: cancelled or lost",
        f"{label}: 1 not counted: not paid",
        f"{label}: 1 not counted: refunded",
    ]


def test_a_refund_in_a_row_of_its_own(read):
    """Money that was paid back elsewhere is negative revenue; a payout to one's own bank is none."""
    rows = read(DATA / "stripe_balance.csv").report.rows
    assert [(row.numerator, row.revenue) for row in rows] == [(1, 30.0), (0, -12.0), (0, 0.0)]


def test_the_first_sign_up_of_a_person_counts(read, export):
    """Letter case and spaces do not make another person; the earlier row wins, wherever it stands."""
    file = export(
        "a.csv",
        "email,date,utm_content\nAnna@x.example,2026-05-14,late\nanna@X.example ,2026-05-12,early\n",
    )
    (row,) = read(file).report.rows
    assert (row.tags.content, row.day, row.numerator) == ("early", date(2026, 5, 12), 1)


def test_newest_first_within_a_day(read, export):
    """In a file with the newest on top the lower of two rows of one day is the first."""
    file = export(
        "a.csv",
        "email,date,utm_content\nc@x.example,2026-05-14,c\na@x.example,2026-05-12,late\na@x.example,2026-05-12,early\n",
    )
    assert [row.tags.content for row in read(file).report.rows] == ["c", "early"]


PEOPLE = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 28), st.sampled_from(["a", "b", ""])), min_size=1)


@given(PEOPLE, st.randoms(use_true_random=False))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(40))
def test_the_order_of_rows_does_not_matter(read, export, people, random):
    """A plain group-by counts the same people; shuffled rows give the same ids, days and total."""
    lines = [f"p{who}@x.example,2026-05-{day:02d},{tag}\n" for who, day, tag in people]
    head = "email,date,utm_content\n"
    one = read(export("a.csv", head + "".join(lines))).report
    random.shuffle(lines)
    other = read(export("a.csv", head + "".join(lines))).report
    first = {who: min(day for person, day, _ in people if person == who) for who, _, _ in people}
    assert one.total == other.total == (None, len(first))
    assert {row.id: row.day for row in one.rows} == {row.id: row.day for row in other.rows}
    assert sorted(row.day.day for row in one.rows) == sorted(first.values())


def test_rows_without_a_name_are_kept_apart(read, export):
    """Two equal rows that name nobody are two sign-ups, and the same two when the file comes again."""
    text = "timestamp,utm_content\n2026-05-12 10:00:00,a\n2026-05-12 10:00:00,a\n"
    one, other = read(export("a.csv", text)).report, read(export("b.csv", text)).report
    assert one.total == (None, 2)
    assert [row.id for row in one.rows] == [row.id for row in other.rows]


def test_ids_are_of_one_row_each(read, export):
    """What a hash does not tell apart is one here too; the short tokens of forms differ by letter case."""
    orders = "order id,date,total,promo\nA1,2026-05-12,5,X\na1,2026-05-12,5,X\n"
    assert read(export("a.csv", orders)).report.total == (None, 1)
    tokens = "Submission ID,Submitted at,utm_content\nPgYb,2026-05-12 10:00,x\npgyB,2026-05-12 10:00,x\n"
    rows = read(export("b.csv", tokens)).report.rows
    assert len({row.id for row in rows}) == len(rows) == 2
    nameless = "timestamp,utm_content\n2026-05-12 10:00:00,A\n2026-05-12 10:00:00,a\n"
    rows = read(export("c.csv", nameless)).report.rows
    assert len({row.id for row in rows}) == len(rows) == 2


def test_purchases_without_numbers_are_told_apart_by_day_and_sum(read, export):
    """A person may buy twice where orders have no numbers."""
    file = export(
        "a.csv",
        "email,date,amount,utm_content\na@x.example,2026-05-12,10,a\na@x.example,2026-05-13,10,a\na@x.example,2026-05-13,10,a\n",
    )
    assert read(file).report.total == (None, 2)


def test_a_failed_payment_before_a_paid_one(read, export):
    """One paid row is enough for an order."""
    file = export("a.csv", "order id,date,status,total,promo\n7,2026-05-12,failed,10,X\n7,2026-05-12,paid,10,X\n")
    (row,) = read(file).report.rows
    assert (row.numerator, row.revenue) == (1, 10.0)


def test_line_items_count_once(read, export):
    """A sum that stands in each row of an order is one sum; different ones are its parts, and that is said."""
    file = export(
        "a.csv",
        "order id,date,total,promo\n1,2026-05-12,30,X\n1,2026-05-12,30,X\n2,2026-05-12,30,X\n2,2026-05-12,12,X\n",
    )
    told = read(file)
    assert [row.revenue for row in told.report.rows] == [30.0, 42.0]
    assert told.remarks[-1].endswith("orders with different sums in their rows, which were added: 1")


def test_a_later_file_corrects_an_earlier_one(read, export):
    """A refunded order has the same id as when it was paid, and counts 0."""
    text = "order id,date,status,total,refunded amount,promo\n7,2026-05-12,{},10,{},X\n"
    (first,) = read(export("a.csv", text.format("paid", ""))).report.rows
    (later,) = read(export("b.csv", text.format("paid", "10.00"))).report.rows
    assert (first.id, first.numerator, first.revenue) == (later.id, 1, 10.0)
    assert (later.numerator, later.revenue) == (0, 0.0)


def test_a_list_of_refunds_alone_is_read(read, export):
    """It says what goes off orders that another file told."""
    (row,) = read(export("a.csv", "order id,date,refunded amount,currency\n7,2026-06-12,4.00,EUR\n")).report.rows
    assert (row.numerator, row.revenue, row.currency) == (0, -4.0, "EUR")


def test_refunds_are_events_of_their_own(read, export):
    """Two lists that overlap tell one refund under one id, whatever else stands in them."""
    head = "order id,date,refunded amount,currency\n"
    may = read(export("a.csv", f"{head}7,2026-05-30,4.00,EUR\n8,2026-05-31,4.00,EUR\n")).report.rows
    june = read(export("b.csv", f"{head}8,2026-05-31,4.00,EUR\n8,2026-06-01,4.00,EUR\n8,2026-06-01,4.00,EUR\n")).report
    told = [*may, *june.rows]
    assert [(row.revenue, row.day.day) for row in told] == [(-4.0, 30), (-4.0, 31), (-4.0, 31), (-4.0, 1)]
    assert len({row.id for row in told}) == 3
    assert len({row.refund_of for row in told}) == 2


def test_a_refund_beside_its_order_is_that_of_a_list_of_refunds(read, export):
    """A payment service's whole year and its last month tell one event; the order keeps its own sum."""
    order, back = "7,2026-05-12,30.00,EUR,X\n", "7,2026-06-12,-4.00,EUR,\n"
    head = "order id,date,total,currency,promo\n"
    year = read(export("a.csv", head + order + back)).report.rows
    (month,) = read(export("b.csv", head + back)).report.rows
    assert [(row.numerator, row.revenue) for row in year] == [(1, 30.0), (0, -4.0)]
    assert (month.id, month.refund_of, month.revenue) == (year[1].id, year[0].id, -4.0)


def test_what_an_order_says_of_itself_is_no_event(read, export):
    """Its column of refunds is its state; a status that takes it away leaves nothing to pay back."""
    head = "order id,date,status,total,refunded amount,currency\n"
    rows = "7,2026-05-12,paid,30,4,EUR\n8,2026-05-12,cancelled,30,,EUR\n8,2026-05-13,cancelled,-30,,EUR\n"
    told = read(export("a.csv", head + rows)).report.rows
    assert [(row.numerator, row.revenue, row.refund_of) for row in told] == [(1, 26.0, ""), (0, 0.0, "")]


def test_questions_of_a_form_in_one_s_own_words(read, export):
    """A form's headers are sentences: the address and the link are told by what was answered."""
    file = export(
        "a.csv",
        'Отметка времени,Ваш e-mail для связи,Откуда вы о нас узнали?,"Ссылка, по которой пришли"\n'
        f"12.05.2026 13:01:02,a@x.example,канал,https://x.example/?utm_source=telegram&utm_content={A}\n"
        "13.05.2026 13:01:02,b@x.example,канал,\n",
    )
    told = read(file)
    assert counted(told.report) == {A: 1, "": 1}
    assert told.remarks[0].endswith("date = Отметка времени, heard_from = column 3, url = column 4")


def test_currencies_are_kept_apart(read, export):
    """Each row has its own currency."""
    file = export("a.csv", "order id;date;total;promo\n1;2026-05-12;1 500,50 €;X\n2;2026-05-12;900 руб.;X\n")
    assert [(row.revenue, row.currency) for row in read(file).report.rows] == [(1500.5, "EUR"), (900.0, "RUB")]


def test_the_kind_can_be_said(read, export):
    """A list of orders may be asked for as sign-ups: one a person."""
    text = "order id,email,date,total,promo\n1,a@x.example,2026-05-12,5,X\n2,a@x.example,2026-05-13,5,X\n"
    assert read(export("a.csv", text)).report.total == (None, 2)
    assert read(export("a.csv", text), kind="signup").report.total == (None, 1)


def test_untagged_sign_ups_are_told_what_to_add(read, export):
    """A list without any link is a list of untagged sign-ups, and the remark says what the form lacks."""
    told = read(export("a.csv", "email,date\na@x.example,2026-05-12\n"))
    assert [row.tags for row in told.report.rows] == [Tags()]
    assert "utm_source, utm_campaign and utm_content as hidden fields" in told.remarks[-1]


def test_american_dates(read, export):
    """A column of dates is read in one order: one day above 12 settles it for all."""
    file = export(
        "a.csv", "timestamp,email,utm_content\n5/6/2026 9:00:00,a@x.example,a\n5/13/2026 9:00:00,b@x.example,a\n"
    )
    assert [row.day for row in read(file).report.rows] == [date(2026, 5, 6), date(2026, 5, 13)]


def test_nobody_signs_up_in_the_future(read, export):
    """Where one reading lies after today, the other is meant."""
    file = export("a.csv", "timestamp,email,utm_content\n5/12/2026 9:00:00,a@x.example,a\n")
    assert read(file).report.rows[0].day == date(2026, 5, 12)


def test_dates_that_nobody_can_read(read, export):
    """Two possible readings are refused, with what to write; the user may say it."""
    file = export("a.csv", "timestamp,email,utm_content\n5/4/2026 9:00:00,a@x.example,a\n")
    with pytest.raises(InputError, match="two ways") as refused:
        read(file)
    assert "date_order=day" in refused.value.hint
    told = read(file, columns={"date_order": "month"})
    assert told.report.period == Period(date(2026, 5, 4), date(2026, 5, 4))


def test_columns_can_be_named(export, asked):
    """Headers of a language that nobody thought of are named by the user, by text or by number."""
    file = export("a.csv", "Päivä,Posti,Mistä\n2026-05-12,a@x.example,smm\n")
    told = list(SignUps().read([file], asked(columns={"date": "Päivä", "email": "2", "content": "mistä"})))
    (report,) = [part for part in told if hasattr(part, "rows")]
    assert (report.rows[0].tags.content, report.rows[0].day) == ("smm", date(2026, 5, 12))
    with pytest.raises(InputError, match="a date column that the table does not have"):
        list(SignUps().read([file], asked(columns={"email": "2", "date": "9"})))


def test_a_table_without_headers_by_numbers(export, asked):
    """With numbers alone the first row is a row, and nothing of it is repeated."""
    file = export("a.csv", "2026-05-12,a@x.example,smm\n2026-05-13,b@x.example,smm\n")
    told = list(SignUps().read([file], asked(columns={"date": "1", "email": "2", "content": "3"})))
    assert "x.example" not in repr(told)
    (report,) = [part for part in told if hasattr(part, "rows")]
    assert report.total == (None, 2)


def test_excel_dates_and_numbers(read, tmp_path):
    """A workbook's dates, numbers and fractions of three digits are what they are."""
    book = openpyxl.Workbook()
    book.active.append(["Order ID", "Date", "Total", "Promo code"])
    book.active.append([1001, date(2026, 5, 12), 12.345, "RIGA10"])
    book.save(tmp_path / "orders.xlsx")
    (row,) = read(tmp_path / "orders.xlsx").report.rows
    assert (row.day, row.revenue, row.tags.promo) == (date(2026, 5, 12), 12.345, "RIGA10")


def test_unusable_rows_are_rejected_and_named(read, export):
    """A date or a sum that cannot be read leaves its row out, by line; empty rows below are no people."""
    file = export(
        "a.csv",
        "order id,email,date,total,promo\n1,a@x.example,soon,5,X\n2,b@x.example,2026-05-12,a lot,X\n"
        "3,c@x.example,2026-05-12,5,X\n,,,,Y\nTotal,,,5,\n",
    )
    told = read(file)
    assert [(one.line, describe(one.reason).split(":")[0]) for one in told.rejected] == [
        (2, "not a date, or one that can be read in two ways"),
        (3, "not a sum of money"),
        (5, "no person, number or date in it"),
    ]
    assert told.report.total == (None, 1)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("email,date,utm_content\n", "it has a header and no rows"),
        ("email,date,utm_content\na@x.example,2026-13-45,a\n", "none of the rows can be used"),
        ("a,b\n1,2\n", "it has no header with columns of sign-ups"),
        (b"email,date,utm_content\nca\x81\x8d\x8f,\x00\x01\x02\x03\x04\n", "not text"),
        ('email,date,utm_content\na@x.example,2026-05-12,"never closed\n', "a quotation mark that is never closed"),
    ],
)
def test_bad_files_get_one_sentence(export, asked, content, why):
    """Whatever is wrong is said, without the text of a row."""
    with pytest.raises(InputError, match=why) as refused:
        list(SignUps().read([export("bad.csv", content)], asked()))
    assert "x.example" not in str(refused.value)


NOT_OURS = [
    "customer,resource\nanna@x.example,t.me/smm_riga\n",
    "email,resource,date\na@x.example,t.me/smm_riga,2026-05-12\n",
    "email,url,date\na@x.example,https://t.me/smm_riga,2026-05-12\n",
    "Timestamp,Email Address,Which Telegram channels do you read?\n2026-05-12 10:00:00,a@x.example,t.me/smm\n",
    "date,utm_source,utm_content,visitors\n2026-05-12,vk,a,3\n",
    '"date","source","referrer","utm_source","utm_campaign","utm_content","pageviews","visitors","visits"\n',
    "name,visitors,bounce_rate,visit_duration\nvk,3,50,10\n",
    "Session source / medium,Session campaign,Sessions,Key events\nvk / social,spring,10,1\n",
    "Transaction ID,Session source / medium,Sessions\nT1,vk / social,1\n",
    "UTM Source,UTM Content,Визиты,Посетители\nvk,a,3,2\n",
    "ym:s:visitID\tym:s:dateTime\tym:s:startURL\tym:s:lastsignUTMSource\n1\t2026-05-12 10:00:00\thttps://x.example\tvk\n",
    "label,nb_visits,nb_uniq_visitors\nspring,3,2\n",
    "2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Date\n/,x,false,ua,b,s,1,0,,2026-05-12 10:00:00\n",
    "added_iso,path,utm_source,session_id,is_robot\n2026-05-12T10:00:00Z,/,vk,1,false\n",
    "place,link,date,cost\nSMM Riga,https://acme.example/?utm_content=a,2026-05-12,20\n",
    "id,campaign,resource,variant,final_url,utm_source,utm_content,created_at\n1,spring,telegram:a,a,https://x,vk,a,2026-05-12\n",
    "place,visits,signups\nSMM Riga,10,1\n",
    '{"rows": []}',
]  # fmt: skip


@pytest.mark.parametrize("content", NOT_OURS)
def test_other_files_are_left_alone(export, content):
    """Neither reports of analytics tools nor lists of what customers follow are sign-ups."""
    assert not SignUps().identify(export("x.csv", content))


def claims(engine, files):
    opened = [one for one in find_files(sorted(map(str, files)), engine.folder) if isinstance(one, Source)]
    assert len(opened) > 5
    return [one.name for one in opened if SignUps().identify(one) or HandSheet().identify(one)]


def test_samples_of_the_likes_side_are_left_alone(engine):
    """Neither reader claims a list of what customers follow."""
    assert not claims(engine, (path for path in SAMPLES.iterdir() if path.suffix in {".csv", ".xlsx", ".txt"}))


def test_real_reports_are_left_alone(engine, shared):
    """Neither reader claims a real export of an analytics tool."""
    assert not claims(engine, (path for path in shared.rglob("*") if path.is_file()))


def test_equal_refunds_of_two_days_are_two(read, export):
    """A row that comes twice is one payment; the same sum paid back on another day is another refund."""
    rows = ("2026-05-12,30", "2026-05-12,30", "2026-05-13,-10", "2026-05-13,-10", "2026-05-14,-10")
    text = "order id,currency,promo,date,total\n" + "".join(f"7,EUR,X,{row}\n" for row in rows)
    report = read(export("a.csv", text)).report
    assert paid(report) == {"EUR": 10.0}


def test_currencies_of_an_order_are_never_added(read, export):
    """Of an order with sums in two currencies the first counts, and that is said."""
    text = "order id,date,total,currency,promo\n7,2026-05-12,30,EUR,X\n7,2026-05-12,20,USD,X\n"
    found = read(export("a.csv", text))
    assert paid(found.report) == {"EUR": 30.0}
    assert any("several currencies, of which only the first was counted: 1" in text for text in found.remarks)
