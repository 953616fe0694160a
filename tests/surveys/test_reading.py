"""Answers to surveys, as tools export them and as people type them."""

import random

import pytest

from outreach.errors import AmbiguousFormatError, InputError, OptionError, UnknownFormatError
from outreach.messages import describe
from outreach.surveys import SurveyOptions, survey
from outreach.surveys.scales import declared_scale

GOOGLE = (
    'Timestamp,Email Address,How likely are you to recommend us? (0-10),"Rate us, from 1 to 5 [Delivery]",'
    '"Rate us, from 1 to 5 [Price]",What should we improve?\n'
    "2026/03/02 9:14:07 AM GMT,anna@example.org,10,5,4,Nothing\n"
    "2026/03/02 10:01:20 AM GMT,boris@example.org,7,4,,\n"
)
TYPEFORM = (
    "#,Name,How likely are you to recommend us to a friend?,Delivery (1-5),Price (1-5),Start Date (UTC),"
    "Submit Date (UTC),Network ID\n"
    "a1b2,anna@example.org,10,5,4,2026-03-02 09:10:00,2026-03-02 09:14:07,ff0\n"
    "c3d4,boris@example.org,7,4,,2026-03-02 09:20:00,2026-03-02 10:01:20,ff1\n"
)
SURVEYMONKEY = (
    "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,"
    "How likely is it that you would recommend us?,Please rate (1-5),,Anything else?\n"
    ",,,,,,Response,Delivery,Price,Open-Ended Response\n"
    "118,1,03/02/2026 09:10:07 AM,03/02/2026 09:14:07 AM,,anna@example.org,10 - Extremely likely,5,4,Fine\n"
    "119,1,03/22/2026 09:14:07 AM,03/22/2026 10:01:20 AM,,boris@example.org,7,4,,\n"
)
YANDEX = (
    "ID;Время создания;Электронная почта;По шкале от 0 до 10, порекомендуете ли вы нас?;"
    "Delivery, от 1 до 5;Price, от 1 до 5\n"
    "1;02.03.2026 9:14:07;anna@example.org;10;5;4\n"
    "2;02.03.2026 10:01:20;boris@example.org;7;4;\n"
)


@pytest.fixture
def said(write):
    """Write a survey, and read it."""

    def read(text, **options):
        return survey(write("answers.csv", text), SurveyOptions(**options))

    return read


def members(found):
    return {one.customer: one.group for one in found.members}


def unused(found):
    return [(one.line, describe(one.reason)) for one in found.answers.unused]


@pytest.mark.parametrize(
    "text", [GOOGLE, TYPEFORM, SURVEYMONKEY, YANDEX], ids=["google", "typeform", "monkey", "yandex"]
)
def test_every_tool_says_the_same(said, text):
    """Who answered, the question on recommending and the factors are found; what is empty is named with its line."""
    found = said(text)
    assert members(found) == {"anna@example.org": "promoters", "boris@example.org": "passives"}
    assert [(one.name, one.scale, round(one.satisfaction.value, 3)) for one in found.factors] == [
        ("Delivery", "1-5", 0.875),
        ("Price", "1-5", 0.75),
    ]
    assert round(found.index.value, 4) == (0.875 + 0.75) / 2  # Boris rated one factor: it counts alone
    assert [reason for _, reason in unused(found)] == ["no answer to Price"]


@pytest.mark.parametrize(
    ("header", "touchpoints"),
    [
        ("Клиент,Порекомендуете нас? (0-10),Ожидание: доставка (1-5),Оценка: доставка (1-5)", ["доставка"]),
        ("Client,Recommend us (0-10),Delivery - expected (1-5),Delivery - received (1-5)", ["Delivery"]),
        ("Klients,Vai ieteiktu mūs? (0-10),Gaidīts: piegāde (1-5),Saņemts: piegāde (1-5)", ["piegāde"]),
        ("Πελάτης,Θα μας συστήνατε; (0-10),Αναμενόμενο: παράδοση (1-5),Πραγματικό: παράδοση (1-5)", ["παράδοση"]),
        ("Հաճախորդ,Խորհուրդ կտա՞ք (0-10),Ակնկալիք: առաքում (1-5),Ստացված: առաքում (1-5)", ["առաքում"]),
    ],
)
def test_five_languages(said, header, touchpoints):
    """Headers of customers, of recommending, of what was expected and received."""
    found = said(f"{header}\nA,9,5,3\nB,3,4,4\nC,10,5,2\n")
    assert members(found) == {"A": "promoters", "B": "detractors", "C": "promoters"}
    assert [one.touchpoint for one in found.gaps] == touchpoints
    assert all(round(one.gap.value, 3) == -1.667 for one in found.gaps)


def test_gaps_come_the_largest_shortfall_first(said):
    """As a part of their scales; what was expected is no satisfaction."""
    found = said(
        "customer,Expected: price (0-10),Received: price (0-10),Expected: support (1-5),Received: support (1-5)\n"
        "A,9,8,5,3\nB,8,8,5,4\n"
    )
    assert [(one.touchpoint, one.gap.value) for one in found.gaps] == [("support", -1.5), ("price", -0.5)]
    assert [one.name for one in found.factors] == ["price", "support"]


@pytest.mark.parametrize(
    ("grades", "scale"),
    [("54315", "1-5"), ("0 7 9 10 4", "0-10"), ("44344", None), ("7 9 10 4 6", None), ("02345", None)],
)
def test_scales_by_the_grades_alone(said, grades, scale):
    """One that fits is taken; where several do, the option decides, as the error says."""
    cells = grades.split() if " " in grades else list(grades)
    text = "customer,Delivery\n" + "".join(f"c{at},{cell}\n" for at, cell in enumerate(cells))
    if scale is not None:
        assert said(text).factors[0].scale == scale
        return
    with pytest.raises(InputError, match="not clear") as error:
        said(text)
    assert "--scale 1-10" in error.value.hint
    assert said(text, scale=("0-10",)).factors[0].scale == "0-10"
    assert said(text, scale=("delivery=1-10",)).factors[0].scale == "1-10"


def test_a_ten_beside_fives_is_asked_about(said):
    """Nobody knows whether the fives are the best grade of their question."""
    with pytest.raises(InputError, match="Price"):
        said("customer,Delivery,Price\nA,0,5\nB,9,4\n")


def test_the_question_on_recommending_has_ten_steps(said):
    """Grades up to five are asked about; what else it is called by the header, it is refused."""
    low = "customer,Would you recommend us?\nA,5\nB,4\n"
    with pytest.raises(InputError, match="more than 5"):
        said(low)
    assert said(low, scale=("recommend=0-10",)).detractors == 2
    assert said(low, scale=("recommend=1-5",)).factors[0].scale == "1-5"
    with pytest.raises(InputError, match="on a scale of 1-5"):
        said("customer,Would you recommend us? (1-5)\nA,5\nB,4\n")
    with pytest.raises(AmbiguousFormatError, match="2 questions") as error:
        said("customer,Recommend the shop,Recommend the app\nA,9,1\nB,4,10\n")
    assert error.value.hint.endswith("--columns recommend=2")
    two = "customer,Recommend the shop,Recommend the app\nA,9,1\nB,4,10\n"
    assert members(said(two, columns={"recommend": "2"}, scale=("0-10",))) == {"A": "promoters", "B": "detractors"}


def test_what_does_not_count_has_its_line(said):
    """Outside of the scale, empty, not known, no number."""
    found = said("customer,Recommend (0-10),Price (1-5)\nA,11,5\nB,,4\nC,не знаю,6\nD,8,dear\nE,nezinu,-\nF,-1,4\n")
    assert unused(found) == [
        (2, "the question on recommending: outside the scale"),
        (3, "no answer to the question on recommending"),
        (4, "Price: outside the scale"),
        (4, "the question on recommending: does not know"),
        (5, "Price: no number"),
        (6, "no answer to Price"),
        (6, "the question on recommending: does not know"),
        (7, "the question on recommending: outside the scale"),
    ]
    assert (found.score.n, members(found)) == (1, {"D": "passives"})


def test_whoever_answered_twice_counts_once_and_last(said):
    """By the time, in whatever order the rows stand; where no time tells, neither counts."""
    rows = ["02.03.2026 9:00:00,Anna,10", "03.03.2026 8:00:00,Anna,2", "02.03.2026 9:00:00,Boris,8"]
    for order in (rows, rows[::-1]):
        found = said("Отметка времени,Клиент,Порекомендуете? (0-10)\n" + "\n".join(order) + "\n")
        assert members(found) == {"Anna": "detractors", "Boris": "passives"}
        assert [reason for _, reason in unused(found)] == ["the same person answered again later"]
    found = said("customer,Recommend (0-10)\nAnna,10\nAnna,2\nBoris,8\nBoris,8\n")
    assert members(found) == {"Boris": "passives"}
    assert [line for line, _ in unused(found)] == [2, 3, 5]


def test_days_with_slashes_need_not_be_clear(said):
    """Where the last answer is the same whichever way they are read; an address in another case is the same person."""
    header = "Timestamp,Email,Recommend (0-10)\n"
    found = said(header + "3/2/2026 9:00:00,anna@example.org,10\n3/2/2026 11:00:00,Anna@example.org,2\n")
    assert members(found) == {"Anna@example.org": "detractors"}
    found = said(header + "3/2/2026 9:00:00,anna@example.org,10\n2/3/2026 11:00:00,anna@example.org,2\n")
    assert members(found) == {}
    assert [line for line, _ in unused(found)] == [2, 3]


def test_sums_below_the_answers_and_numbered_questions(said):
    """As people keep surveys in Excel."""
    found = said("Клиент;1. Порекомендуете нас?;2. Доставка, по пятибалльной шкале\nА;10;4\nБ;8;5\nСреднее;9;4,5\n")
    assert members(found) == {"А": "promoters", "Б": "passives"}
    assert unused(found) == [(4, "a row of sums or means, no answer")]
    assert [(one.name, one.scale) for one in found.factors] == [("Доставка, по пятибалльной шкале", "1-5")]


def test_one_question_alone(said):
    """It is that on recommending where its header says 0-10; else the error names the option."""
    assert members(said("Клиент;Оценка (0-10)\nА;9\nБ;3\n")) == {"А": "promoters", "Б": "detractors"}
    text = "Клиент;Оценка\nА;9\nБ;3\n"
    with pytest.raises(InputError, match="not clear") as error:
        said(text)
    assert error.value.hint.endswith("--columns recommend=2")
    assert members(said(text, columns={"recommend": "2"})) == {"А": "promoters", "Б": "detractors"}


def test_order_labels_and_repeats_change_nothing(said):
    """The estimates are those of the people, not of the rows."""
    header, *rows = GOOGLE.splitlines()
    rows += [
        f"2026/03/0{day} 9:14:07 AM GMT,p{day}@example.org,{day},{day % 5 + 1},{(day * 3) % 5 + 1},"
        for day in range(3, 9)
    ]
    first = said("\n".join([header, *rows]) + "\n")
    random.Random(1).shuffle(rows)  # noqa: S311 - no secret
    other = said("\n".join([header, *rows, *rows]).replace("example.org", "example.com") + "\n")
    assert (first.score, first.index, first.factors) == (other.score, other.index, other.factors)


def test_weights(said):
    """The index is the mean over customers of the weighted mean of what each rated."""
    text = "customer,Delivery (1-5),Price (1-5)\nA,5,1\nB,3,\n"
    assert said(text).index.value == pytest.approx((0.5 + 0.5) / 2)
    assert said(text, weight={"delivery": 3}).index.value == pytest.approx((0.75 + 0.5) / 2)
    assert said(text, weight={"Price": 0}).index.value == pytest.approx((1 + 0.5) / 2)
    with pytest.raises(OptionError, match="no such factor") as error:
        said(text, weight={"Speed": 2})
    assert error.value.hint == "factors: Delivery, Price"
    for weight in (-1, float("nan")):
        with pytest.raises(OptionError):
            said(text, weight={"Price": weight})


def test_numbers_that_are_no_grades_are_left_alone(said):
    """Ages, counts, numbers of rows."""
    found = said("ID,customer,Recommend (0-10),Age,How many orders?,Price (1-5)\n1,A,9,31,3,5\n2,B,8,44,2,4\n")
    assert [one.name for one in found.factors] == ["Price"]


def test_files_without_answers_are_refused(said, write):
    """With the way out, and without a word of what stands in them."""
    with pytest.raises(UnknownFormatError, match="no column holds grades"):
        said("customer,city\nAnna,Riga\n")
    with pytest.raises(UnknownFormatError, match="a list of what customers follow") as error:
        said("customer,resource\nAnna,t.me/smm_riga\n")
    assert "Anna" not in str(error.value)
    with pytest.raises(UnknownFormatError, match="no table of answers"):
        said("Anna\n")
    with pytest.raises(InputError):
        survey(write("empty.csv", ""))


def test_workbooks_and_json(write, tmp_path):
    """The same answers in the other forms of a table; a tab of notes beside them does not matter."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Notes", "of Anna"])
    book.active.append(["none", "at all"])
    answers = book.create_sheet("Answers")
    for row in (["Customer", "Recommend (0-10)", "Price (1-5)"], ["A", 9, 4], ["B", 3, 5]):
        answers.append(row)
    book.save(tmp_path / "answers.xlsx")
    json = write("answers.json", '[{"customer": "A", "Recommend (0-10)": 9, "Price (1-5)": 4}, '
                                 '{"customer": "B", "Recommend (0-10)": 3, "Price (1-5)": 5}]')  # fmt: skip
    for file in (tmp_path / "answers.xlsx", json):
        found = survey(file)
        assert (members(found), found.index.value) == ({"A": "promoters", "B": "detractors"}, 0.875)


@pytest.mark.parametrize(
    ("header", "scale"),
    [
        ("Rate 1-5", "1-5"), ("от 0 до 10", "0-10"), ("no 1 līdz 10", "1-10"), ("από 1 έως 5", "1-5"),
        ("0-ից մինչեւ 10", "0-10"), ("1 = bad, 5 = great", "1-5"), ("0 (нет) — 10 (да)", "0-10"), ("1…7", "1-7"),
        ("по 10-балльной шкале", "1-10"), ("out of 5", "1-5"),
        ("2026-01-05", None), ("2-3 days", None), ("1. Delivery in 5 days", None), ("from 10 to 20", None),
    ],
)  # fmt: skip
def test_scales_in_headers(header, scale):
    """As people write them, in five languages."""
    found = declared_scale(header)
    assert (None if found is None else str(found)) == scale
