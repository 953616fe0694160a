"""What somebody entered to try a form is no customer, and nobody whose name holds such a word is left out."""

import pytest

from outreach.errors import InputError
from outreach.messages import describe
from outreach.tracking.exports.trials import is_trial_address, is_trial_name
from outreach.words.vocabulary import words_of

HEADER = "{name},Email,Date,Total,utm_source,utm_campaign,utm_content\n"
GOOD = "Anna,anna@mail.example,2026-11-03,20,vk,spring,x\n"


@pytest.mark.parametrize(
    "name",
    ["Test", "TEST test", "test 1", "Test2", " тест ", "Тест Тест", "Тест Тестов", "ΔΟΚΙΜΗ", "Τεστ", "Tests",
     "pārbaude", "Թեստ", "Test User", "Testing!", "Тест."],
)  # fmt: skip
def test_names_of_trials(name):
    """In the five languages, whatever their case, accents and numbers."""
    assert is_trial_name(name)


@pytest.mark.parametrize(
    "name",
    ["", "Anna", "Testa", "Tests Bērziņš", "Тестов", "Тестова Анна", "Test Anna", "Protest", "Контест", "Attest", "1",
     "-", "Testo", "Ο Τέστης", "Թեստյան", "Anna Test", "Проверкин"],
)  # fmt: skip
def test_names_of_people(name):
    """A word inside a longer name says nothing."""
    assert not is_trial_name(name)


@pytest.mark.parametrize(
    "address", ["test@mail.example", "TEST@MAIL.EXAMPLE", "test+1@a.example", "test1@a.example", "тест@почта.рф",
                " mailto:test@a.example", "test.test@a.example", "δοκιμή@a.example", "tests@a.example"],
)  # fmt: skip
def test_addresses_of_trials(address):
    """By what stands before the @."""
    assert is_trial_address(address)


@pytest.mark.parametrize(
    "address", ["latest@a.example", "anna@test.example", "testa@a.example", "test.anna@a.example",
                "anna+test@a.example", "contest@a.example", "anna@example.org", "test", "", "@", "testov@a.example"],
)  # fmt: skip
def test_addresses_of_people(address):
    """Whatever their domain: made-up data has example.org."""
    assert not is_trial_address(address)


@pytest.mark.parametrize("header", ["Name", "Имя", "ФИО", "Όνομα", "Vārds", "Անուն", "Billing Name", "Клиент"])
@pytest.mark.parametrize("who", ["Test,me@mail.example", "Zane,test@mail.example", "Тест 2,"])
def test_a_trial_is_left_out_with_its_line(read, tmp_path, header, who):
    """A rejected row and a remark; everybody else counts, and nothing of the row is repeated."""
    path = tmp_path / "orders.csv"
    path.write_text(HEADER.format(name=header) + GOOD + f"{who},2026-11-04,100,vk,spring,x\n", "utf-8")
    found = read(path)
    assert [(row.line, describe(row.reason)) for row in found.rejected] == [(3, "a test entry, by its name or address")]
    assert [row.numerator for row in found.report.rows] == [1]
    assert any("1 row was left out as a test" in remark for remark in found.remarks)
    assert "me@mail" not in repr((found.rejected, found.remarks))


def test_first_and_last_name_are_one_name(read, tmp_path):
    """Somebody called Test by one of them is a person."""
    path = tmp_path / "orders.csv"
    path.write_text(
        "First name,Last name,Email,Date,utm_source\nTest,Bērziņa,b@m.example,2026-11-03,vk\n"
        "Test,Test,c@m.example,2026-11-03,vk\nTest,,d@m.example,2026-11-03,vk\n",
        "utf-8",
    )
    assert [row.line for row in read(path).rejected] == [3, 4]


def test_the_further_lines_of_a_trial_order(read, tmp_path):
    """Go with it: they name nobody; the next order counts."""
    path = tmp_path / "orders.csv"
    path.write_text(
        "Name,Email,Financial Status,Created at,Total,Lineitem name,Lineitem quantity,Discount Code\n"
        "#1,test@m.example,paid,2026-11-03,20,Tea,1,RIGA\n#1,,,,,Cup,1,\n#2,a@m.example,paid,2026-11-03,30,Tea,1,RIGA\n",
        "utf-8",
    )
    found = read(path)
    assert [row.line for row in found.rejected] == [2, 3]
    assert [row.numerator for row in found.report.rows] == [1]


def test_a_file_of_trials_alone(read, tmp_path):
    """Has nothing to count, and says why."""
    path = tmp_path / "orders.csv"
    path.write_text(HEADER.format(name="Name") + "Test,,2026-11-04,100,vk,spring,x\n", "utf-8")
    with pytest.raises(InputError, match="a test entry, by its name or address; none of the rows can be used"):
        read(path)


def test_the_rule_is_data():
    """Each language has words of its own."""
    assert {"test", "тест", "δοκιμη", "tests", "թեստ"} <= words_of("trials.word")
