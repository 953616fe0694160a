"""``outreach collect``: the sheet to fill in, the message to send."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from outreach.cli.shared import shell_quoted
from outreach.reporting.collect_words import LANGUAGES, words_in


def test_sheet_is_written_and_said(outreach):
    """What it holds and what to do next, on standard error; standard output is empty."""
    result = outreach("collect", "--customers", "3", "--lang", "ru", "-o", "follows.xlsx")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == (
        "Written to follows.xlsx: room for 3 customers on 6 tabs "
        "(Telegram, VK, YouTube, Instagram, Facebook, Другое).\n"
        "Customers are numbered, so that a lost file names nobody: keep who is who elsewhere; --names asks for names.\n"
        "Fill it in, save it and close it.\n"
        "Next: outreach check follows.xlsx\n"
    )
    book = load_workbook("follows.xlsx")
    assert list(book["VK"].values) == [("Клиент 1", "Клиент 2", "Клиент 3")]


def test_ten_customers_in_english_by_default(outreach):
    """As many as show a pattern."""
    outreach("collect", "-o", "follows.xlsx")
    (header,) = load_workbook("follows.xlsx")["Facebook"].values
    assert (header[0], header[-1], len(header)) == ("Customer 1", "Customer 10", 10)


def test_platforms_are_taken_as_people_write_them(outreach):
    """In the order in which they were given."""
    outreach("collect", "--platform", "Телеграм", "--platform", "fb", "--platform", "other", "-o", "a.xlsx")
    assert load_workbook("a.xlsx").sheetnames == ["Guide", "Telegram", "Facebook", "Other"]


def test_unknown_platform_is_usage(outreach):
    """The message repeats it with its option, and nothing is written."""
    result = outreach("collect", "--platform", "Myspace", "-o", "a.xlsx")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: --platform Myspace: not a platform\nHint: known: ")
    assert not Path("a.xlsx").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_message_is_all_of_standard_output(outreach, language):
    """So that it can be copied or piped; the next step stands apart."""
    result = outreach("collect", "--ask", language)
    assert result.exit_code == 0
    assert result.stdout == words_in(language).question
    assert result.stderr == f"Next: outreach collect --lang {language} -o follows.xlsx\n"
    assert not list(Path().iterdir())


def test_message_and_sheet_together(outreach):
    """Each in its own language: customers may speak another one than the marketer."""
    result = outreach("collect", "--ask", "el", "--lang", "lv", "-o", "follows.xlsx")
    assert result.stdout == words_in("el").question
    assert result.stderr.endswith("Next: outreach check follows.xlsx\n")
    assert load_workbook("follows.xlsx").sheetnames[0] == "Pamācība"


def test_nothing_to_do_is_usage(outreach):
    """Without a file and without a message the command has no result."""
    result = outreach("collect", "--lang", "ru")
    assert result.exit_code == 2
    assert "Give a file for the sheet." in result.stderr
    assert "outreach collect -o follows.xlsx" in result.stderr


@pytest.mark.parametrize("number", ["0", "201", "-1", "ten"])
def test_customers_are_one_to_two_hundred(outreach, number):
    """Another number is wrong usage."""
    assert outreach("collect", "--customers", number, "-o", "a.xlsx").exit_code == 2
    assert not Path("a.xlsx").exists()


def test_most_customers_fit(outreach):
    """Two hundred columns on each tab."""
    outreach("collect", "--customers", "200", "--platform", "vk", "-o", "a.xlsx")
    (header,) = load_workbook("a.xlsx")["VK"].values
    assert header[-1] == "Customer 200"


def test_a_filled_in_sheet_is_not_lost(outreach):
    """Neither file nor message comes where a file would be replaced; --force replaces it."""
    Path("follows.xlsx").write_bytes(b"hours of work")
    result = outreach("collect", "--ask", "en", "-o", "follows.xlsx")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        "Error: follows.xlsx: this file is there already and may be filled in\n"
        "Hint: give another name, or --force to replace it\n"
    )
    assert Path("follows.xlsx").read_bytes() == b"hours of work"
    assert outreach("collect", "--force", "-o", "follows.xlsx").exit_code == 0
    assert load_workbook("follows.xlsx")["Facebook"]["A1"].value == "Customer 1"


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("follows.csv", "follows.csv: the sheet is an Excel workbook"),
        ("nowhere/follows.xlsx", "nowhere/follows.xlsx: the folder nowhere does not exist"),
    ],
)
def test_where_it_cannot_be_written(outreach, output, said):
    """One sentence, the way out, exit code 1."""
    result = outreach("collect", "-o", output)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {said}\nHint: ")


def test_line_to_paste_is_quoted(outreach):
    """In the remark and in the guide; a name that looks like an option gets its folder."""
    result = outreach("collect", "-o", "-my follows.xlsx")
    line = shell_quoted(["outreach", "check", "./-my follows.xlsx"])
    assert result.stderr.endswith(f"Next: {line}\n")
    steps = [row[0] for row in load_workbook("-my follows.xlsx")["Guide"].values if row[0]]
    assert steps[-1].endswith(line)


@pytest.mark.parametrize("field", ["health", "Стоматология", "dental clinic"])
def test_in_health_names_are_refused(outreach, field):
    """A list of patients says of each that he is one; the reason is given, and nothing is written."""
    result = outreach("collect", "--names", "--field", field, "-o", "a.xlsx")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: --names: the field is {field}, where a name on the list")
    assert not Path("a.xlsx").exists()
    numbered = outreach("collect", "--field", field, "-o", "a.xlsx")
    assert f"the field is {field}, where a name on the list already says something" in numbered.stderr
    assert "--names" not in numbered.stderr


def test_the_field_of_the_campaign_counts(outreach):
    """As if it had been typed; another field takes names."""
    Path("outreach.toml").write_text('field = "health"\n', "utf-8")
    assert outreach("collect", "--names", "-o", "a.xlsx").exit_code == 2
    result = outreach("collect", "-o", "a.xlsx")
    assert "From outreach.toml: field.\n" in result.stderr
    assert outreach("collect", "--names", "--field", "finance", "-o", "b.xlsx").exit_code == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_in_place_of_numbers(outreach, language):
    """The guide asks for them, and nothing is said of numbers."""
    result = outreach("collect", "--names", "--lang", language, "-o", "a.xlsx")
    assert "numbered" not in result.stderr
    steps = [row[0] for row in load_workbook("a.xlsx").worksheets[0].values if row[0]]
    assert (
        steps[2] == f"2. {words_in(language).steps_named.splitlines()[1].format(customer=words_in(language).label(1))}"
    )


@pytest.mark.parametrize(("language", "no"), [("en", "no"), ("ru", "нет"), ("el", "όχι"), ("lv", "nē"), ("hy", "ոչ")])
def test_a_no_below_a_number_is_an_answer(outreach, language, no):
    """As the guide says: who follows nothing there was asked; who was not has nothing below."""
    outreach("collect", "--customers", "3", "--lang", language, "--platform", "vk", "-o", "follows.xlsx")
    assert f"{no}" in "\n".join(words_in(language).steps.splitlines())
    book = load_workbook("follows.xlsx")
    book["VK"]["A2"], book["VK"]["B2"] = "vk.com/club7", no
    book.save("follows.xlsx")
    result = outreach("rank", "follows.xlsx", "--format", "csv")
    places = [(row["resource"], row["overlap"], row["listed"]) for row in csv.DictReader(io.StringIO(result.stdout))]
    assert places == [("vk:club7", "1", "2")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_can_be_ranked(outreach, language):
    """An unnamed empty column is nobody; a named one with nothing below is a customer who follows nothing there."""
    outreach("collect", "--customers", "4", "--lang", language, "--platform", "vk", "-o", "follows.xlsx")
    book = load_workbook("follows.xlsx")
    book["VK"]["A1"], book["VK"]["A2"], book["VK"]["A3"] = "Анна", "vk.com/club7", "@smm_riga"
    book["VK"]["B1"] = "Ģirts"
    book["VK"]["C2"] = "https://vk.com/public7"
    book.save("follows.xlsx")
    result = outreach("rank", "follows.xlsx", "--format", "csv")
    places = [(row["resource"], row["overlap"], row["listed"]) for row in csv.DictReader(io.StringIO(result.stdout))]
    assert places == [("vk:club7", "2", "3"), ("vk:smm_riga", "1", "3")]
