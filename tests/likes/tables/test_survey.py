"""Exports of forms: a row a respondent, a column a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import InputError
from outreach.likes.tables.answers import NOT_A_LIST
from outreach.likes.tables.contract import Head, Tally
from outreach.likes.tables.questions import asks, tells_mail, tells_name, tells_time
from outreach.likes.tables.survey import ONLY_YES, recognise_survey
from outreach.likes.tables.unused import unused_columns

ASK = "Which Telegram channels do you read?"


def read(*table, **said):
    rows = [(line, list(cells)) for line, cells in enumerate(table, 1)]
    shape = recognise_survey(Head("answers.csv", ["answers"], rows, **said))
    if shape is None:
        return None, None
    tally = Tally()
    return [tuple(values) for _, values in shape.records(rows, tally)], tally


@pytest.mark.parametrize(
    ("question", "platform"),
    [
        ("Which Telegram channels do you read?", "telegram"),
        ("Facebook groups you follow", "facebook"),
        ("Which X (Twitter) accounts do you follow?", "x"),
        ("Какие группы ВКонтакте вы читаете?", "vk"),
        ("На каких авторов в Инстаграме вы подписаны?", "instagram"),
        ("Какие каналы вы смотрите на Ютубе?", "youtube"),
        ("В каких группах вк вы состоите?", "vk"),
        ("Які канали в Телеграмі ви читаєте?", "telegram"),
        ("Ποια κανάλια στο Telegram διαβάζετε;", "telegram"),
        ("Ποιες ομάδες στο Facebook παρακολουθείτε;", "facebook"),
        ("Kādus Telegram kanālus jūs lasāt?", "telegram"),
        ("Kuriem autoriem jūs sekojat Instagramā?", "instagram"),
        ("Ի՞նչ խմբերի եք հետևում Ֆեյսբուքում", "facebook"),
        ("Ո՞ր ալիքներն եք կարդում Տելեգրամում", "telegram"),
        ("Telegram", "telegram"),
        ("X", "x"),
        ("тг", "telegram"),
        ("Какие сайты и блоги вы читаете?", None),
        ("Which websites do you visit?", None),
        ("Ποια blogs διαβάζετε;", None),
        ("Telegram, VK or Facebook groups that you read", None),
        ("Other", None),
    ],
)
def test_questions_about_resources(question, platform):
    """Their platform, where they name exactly one."""
    assert asks(question) is not None
    assert asks(question).platform == platform


@pytest.mark.parametrize(
    "question", ["Which Medium blogs do you read?", "Do you follow any ok pages?", "Which web pages do you read?"]
)
def test_words_that_mean_other_things_are_no_platform_in_a_sentence(question):
    """``ok``, ``medium``, ``web``: only alone, or in brackets."""
    assert asks(question).platform is None


@pytest.mark.parametrize(
    "question",
    ["Age", "Город", "How satisfied are you?", "How many Telegram channels do you read?", "Your Telegram username",
     "Ваш ник в Телеграм", "Сколько каналов вы читаете?", "Πόσο χρονών είστε;", "Jūsu vecums", "Ձեր տարիքը", "",
     "page"],
)  # fmt: skip
def test_other_questions(question):
    """Facts about people, quantities and their own accounts."""
    assert asks(question) is None


@pytest.mark.parametrize(
    ("time", "mail"),
    [
        ("Timestamp", "E-mail"),
        ("Отметка времени", "Адрес электронной почты"),
        ("Χρονική σήμανση", "Διεύθυνση ηλεκτρονικού ταχυδρομείου"),
        ("Laika zīmogs", "E-pasta adrese"),
        ("Ժամանակի դրոշմ", "Էլ. փոստ"),
        ("Время создания", "Ваш e-mail"),
        ("#", "Email Address"),
    ],
)
def test_the_mail_is_the_label(time, mail):
    """The time is nobody's label, and a name stands back."""
    assert tells_time(time)
    assert tells_mail(mail)
    records, _ = read(
        [time, "Name", mail, ASK], ["1", "Anna", "anna@example.com", "t.me/smm_lv"], ["2", "Boris", "", "@smm_ru"]
    )
    assert records == [("anna@example.com", "telegram", "t.me/smm_lv"), ("Boris", "telegram", "@smm_ru")]


@pytest.mark.parametrize(
    "header", ["Name", "Ваше имя", "Ονοματεπώνυμο", "Vārds, uzvārds", "Անուն", "customer", "Клиент"]
)
def test_names_of_those_who_answer(header):
    """In the languages of our users, or as in other tables."""
    assert tells_name(header)


def test_without_a_label_the_row_tells_the_respondent():
    """And the remark says so."""
    rows = [(1, ["Timestamp", ASK]), (2, ["1/1", "@smm_lv"]), (3, ["1/2", "@smm_ru"])]
    shape = recognise_survey(Head("answers.csv", [], rows))
    assert [values[0] for _, values in shape.records(rows, Tally())] == ["respondent 2", "respondent 3"]
    assert shape.describe() == f"customer = respondent and the number of the row, telegram = {ASK}"


@pytest.mark.parametrize("others", [["Age", "City"], ["Age", "City", "Где ещё?", "Colour", "Pets"]])
def test_other_questions_are_not_used(others):
    """They and the time are columns that hold something and are not read."""
    answers = ["31"] * len(others)
    rows = [(1, ["Timestamp", "E-mail", ASK, *others]), (2, ["1/1", "a@example.com", "@smm_lv", *answers])]
    head = Head("answers.csv", [], rows)
    assert [header for _, header in unused_columns(head, recognise_survey(head))] == ["Timestamp", *others]


@pytest.mark.parametrize(
    "question",
    [
        "Где ещё?", "Что-нибудь ещё", "Where else?", "Anything else", "Kur vēl?", "Πού αλλού;", "Ուրիշ որտեղ", "Де ще?",
        "Любимые площадки?", "Favourites?",
    ],
)  # fmt: skip
def test_where_else_is_asked_about_places(question):
    """Where most answers are addresses; "nothing" is no answer to count, and no platform is known."""
    rows = [
        (1, ["Timestamp", "Name", ASK, question]),
        (2, ["1/1", "Anna", "@smm_lv", "https://db.lv, vk.com/club7"]),
        (3, ["1/2", "Boris", "@smm_ru", "ничего"]),
        (4, ["1/3", "Vera", "-", ""]),
    ]
    records = [values for _, values in recognise_survey(Head("a.csv", [], rows)).records(rows, Tally())]
    assert records == [
        ("Anna", "telegram", "@smm_lv"), ("Anna", None, "https://db.lv"), ("Anna", None, "vk.com/club7"),
        ("Boris", "telegram", "@smm_ru"), ("Vera", "telegram", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Где ещё?", ["дома", "в кафе", "t.me/smm"]),
        ("Ссылка на ваш профиль?", ["vk.com/anna", "vk.com/boris", "vk.com/vera"]),
        ("Your own page?", ["vk.com/anna", "vk.com/boris", "vk.com/vera"]),
        ("Любимое", ["vk.com/anna", "vk.com/boris", "vk.com/vera"]),
    ],
)
def test_other_answers_are_no_places(question, answers):
    """Few addresses, respondents' own pages, and headers that ask nothing."""
    rows = [(1, ["Timestamp", "E-mail", ASK, question])]
    rows += [(line, ["1/1", f"{line}@example.com", "@smm_lv", answer]) for line, answer in enumerate(answers, 2)]
    head = Head("a.csv", [], rows)
    shape = recognise_survey(head)
    assert len(shape.asked) == 1
    assert (3, question) in unused_columns(head, shape)


@pytest.mark.parametrize("word", ["Kopā", "Итого:", "Total", "Σύνολο", "Ընդամենը"])
def test_a_row_of_sums_is_no_respondent(word):
    """It is passed over and counted, wherever its word stands; a name beside addresses stays."""
    rows = [
        (1, ["Timestamp", "Klients", "Facebook lapas", "Telegram"]),
        (2, ["1/1", "Ilze", "rigasmammas", "@riga_news"]),
        (3, ["1/2", "Total", "vk.com/club7", ""]),
        (4, ["", word, "2", "1"]),
        (5, [word, "", "2", "1"]),
    ]
    tally = Tally()
    records = list(recognise_survey(Head("a.csv", [], rows)).records(rows, tally))
    assert {values[0] for _, values in records} == {"Ilze", "Total"}
    assert (tally.totals, tally.bad, tally.nothing) == (2, [], 0)


@pytest.mark.parametrize(
    "answer",
    [
        "t.me/smm_lv, Baltic Ads, @riga",
        "t.me/smm_lv; Baltic Ads; @riga",
        "t.me/smm_lv | Baltic Ads | @riga",
        "t.me/smm_lv\nBaltic Ads\n@riga",
        "1. t.me/smm_lv\n2. Baltic Ads\n3. @riga",
        "1) t.me/smm_lv 2) Baltic Ads 3) @riga",
        "- t.me/smm_lv\n- Baltic Ads\n\n- @riga",
        "Telegram: t.me/smm_lv, Baltic Ads, @riga",
    ],
)
def test_answers_are_lists(answer):
    """However they are separated, numbered or marked."""
    assert read(["E-mail", ASK], ["a@example.com", answer])[0] == [
        ("a@example.com", "telegram", item) for item in ("t.me/smm_lv", "Baltic Ads", "@riga")
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "",
        " ",
        "нет",
        "None.",
        "no",
        "-",
        "–",
        "не читаю",
        "nav",
        "neesmu",
        "όχι",
        "Καμία",
        "ոչ",
        "չկա",
        "I don't use Telegram",
    ],
)
def test_nothing_is_an_answer(answer):
    """An empty list of that platform; without a platform there is nothing to say, and that is counted."""
    assert read(["E-mail", ASK], ["a@example.com", answer])[0] == [("a@example.com", "telegram", None)]
    records, tally = read(["E-mail", "Which blogs do you read?"], ["a@example.com", answer], ["b@example.com", "@smm"])
    assert records == [("b@example.com", None, "@smm")]
    assert tally.nothing == 1


@pytest.mark.parametrize("answer", ["?", "н/д", "n/a", "не знаю", "don't know", "δεν ξέρω", "nezinu"])
def test_not_knowing_is_no_answer(answer):
    """No record at all."""
    records, tally = read(["E-mail", ASK], ["a@example.com", answer], ["b@example.com", "@smm"])
    assert records == [("b@example.com", "telegram", "@smm")]
    assert tally == Tally(unsaid=[2])


def test_answers_that_name_nothing_are_told():
    """A yes, or whole sentences; no empty list is made of them."""
    records, tally = read(
        ["E-mail", ASK],
        ["a@example.com", "да"],
        ["b@example.com", "Mostly I read whatever my friends send to me."],
        ["c@example.com", "@smm"],
    )
    assert records == [("c@example.com", "telegram", "@smm")]
    assert [(bad.line, bad.reason) for bad in tally.bad] == [(2, ONLY_YES), (3, NOT_A_LIST)]


def test_a_question_with_yes_or_numbers_for_answers_is_not_used():
    """It asks whether or how much, not which."""
    table = [
        ["E-mail", ASK, "Do you follow pages on Facebook?"],
        ["a@example.com", "@smm", "yes"],
        ["b@example.com", "-", "3"],
    ]
    assert read(*table)[0] == [("a@example.com", "telegram", "@smm"), ("b@example.com", "telegram", None)]


@pytest.mark.parametrize(
    ("header", "platforms"),
    [
        (["customer", "telegram", "vk"], ["telegram", "vk"]),
        (["Клиент", "ТГ", "ВК"], ["telegram", "vk"]),
        (["Πελάτης", "Facebook", "X"], ["facebook", "x"]),
        (["Klients", "Facebook", "site"], ["facebook", "web"]),
        (["Հաճախորդ", "Տելեգրամ", "Ֆեյսբուք"], ["telegram", "facebook"]),
    ],
)
def test_bare_platforms_beside_a_label(header, platforms):
    """A column a platform."""
    records, _ = read(header, ["Anna", "a_b_c, d_e_f", ""])
    assert records == [
        ("Anna", platforms[0], "a_b_c"), ("Anna", platforms[0], "d_e_f"), ("Anna", platforms[1], None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "header",
    [
        ["customer", "resource"],
        ["customer", "resource", "telegram"],
        ["Name", "Phone", "E-mail", "Telegram"],
        ["Name", "E-mail", "Website"],
        ["Telegram", "VK"],
        ["Which Telegram channels do you read?"],
        ["anna", "t.me/smm_lv"],
        ["a", "b"],
    ],
)
def test_other_tables_are_refused(header):
    """Likes, contacts, the columns of one customer, one column, no header."""
    assert read(header, ["Anna", "t.me/smm_lv", "x", "y"][: len(header)]) == (None, None)


def test_title_rows_blank_rows_and_headers_again():
    """None of them is a respondent."""
    head = ["Timestamp", "E-mail", ASK]
    table = [["Survey, May", "", ""], ["", "", ""], head, ["1/1", "a@example.com", "@smm"], ["", "", ""], head]
    assert read(*table)[0] == [("a@example.com", "telegram", "@smm")]


def test_the_user_can_say_which_column_is_the_label():
    """A column that is not there is told; with named resources it is no survey."""
    table = (["Timestamp", "Code", ASK], ["1/1", "A7", "@smm"])
    assert read(*table, chosen={"customer": "Code"})[0] == [("A7", "telegram", "@smm")]
    assert read(*table, chosen={"customer": "Code", "resource": ASK}) == (None, None)
    with pytest.raises(InputError):
        read(*table, chosen={"customer": "Nobody"})


CUSTOMERS = st.sampled_from(["anna@example.com", "boris@example.com", "jānis@example.com", "Customer 7"])
ADDRESSES = st.sampled_from(["t.me/smm_lv", "https://t.me/smm_ru", "@baltic_ads", "https://example.com/a?b=1,2"])
FACTS = st.dictionaries(CUSTOMERS, st.lists(ADDRESSES, max_size=4, unique=True), min_size=1)


@given(FACTS, st.sampled_from([", ", "; ", "\n", " | ", " "]))
def test_facts_survive_being_written_as_a_survey(facts, separator):
    """The same customers follow the same addresses, and who follows none is there with an empty list."""
    rows = [["Timestamp", "E-mail", ASK], *(["1/1", name, separator.join(items)] for name, items in facts.items())]
    records, tally = read(*rows)
    assert {(customer, resource) for customer, _, resource in records} == {
        (name, item) for name, items in facts.items() for item in items or [None]
    }
    assert tally == Tally()


@given(st.text(max_size=60))
def test_no_answer_breaks_anything(answer):
    """Each answer leads to resources, an empty list, a bad line, or nothing known."""
    records, tally = read(["Time", "E-mail", ASK], ["1", "a@example.com", "@smm"], ["2", "b@example.com", answer])
    assert records[0] == ("a@example.com", "telegram", "@smm")
    assert all(resource is None or resource.strip() for _, _, resource in records)
    assert tally.nothing == 0
