"""``outreach survey``, ``outreach compare`` and ``outreach rank --group``."""

import csv
import io
import shutil
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "sample_data"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Go to a folder with the sample's lists and survey."""
    for name in ("likes.csv", "survey.csv"):
        shutil.copy(SAMPLE / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def grouped(folder, outreach):
    """Go there, with the groups written."""
    assert outreach("survey", "survey.csv", "-o", "groups.csv").exit_code == 0
    return folder


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.usefixtures("folder")
def test_a_survey_in_words(outreach):
    """Score, index, factors and gaps; elsewhere than on a terminal nobody is named."""
    result = outreach("survey", "survey.csv", "--format", "text", "--weight", "support=2")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == [
        "Net promoter score 17 (likely -30 to 57): 6 promoters, 2 passives, 4 detractors of 12 answers.",
        "Satisfaction index 66 of 100 (likely 49 to 80), 12 customers.",
    ]
    assert "support          4.3       3.4  -0.9  -2.0 to +0.2         12" in result.stdout
    assert "3 answers not used (--rejected FILE writes them all):" in result.stderr
    assert "  1 x the same person answered again later (line 7)" in result.stderr
    assert result.stderr.endswith("Next: outreach survey survey.csv -o groups.csv\n")
    assert "Anna" not in result.stdout + result.stderr


@pytest.mark.usefixtures("folder")
def test_a_terminal_names_promoters_and_detractors(outreach, monkeypatch):
    """On the user's own screen."""
    monkeypatch.setattr("outreach.cli.survey.is_terminal", lambda: True)
    shown = outreach("survey", "survey.csv").stdout
    assert "Promoters: Anna P., Tigran S., Дмитрий Л., Марина Г., Олена Т., Сергей М." in shown
    assert "Detractors: Ilze K., Jānis B., Rachel W., Ελένη Π." in shown


@pytest.mark.usefixtures("folder")
def test_a_survey_as_a_table_and_its_files(outreach):
    """One row for each estimate; groups and what was not used go to files of their own."""
    result = outreach("survey", "survey.csv", "-o", "groups.csv", "--rejected", "unused.csv")
    found = rows(result.stdout)
    assert [(row["kind"], row["name"]) for row in found] == [
        ("nps", ""), ("satisfaction", ""), ("factor", "lessons"), ("factor", "support"), ("factor", "Price"),
        ("gap", "support"), ("gap", "lessons"),
    ]  # fmt: skip
    assert (found[0]["answers"], found[0]["promoters"], found[0]["detractors"]) == ("12", "6", "4")
    groups = rows(Path("groups.csv").read_text("utf-8"))
    assert groups[0] == {"customer": "Anna P.", "group": "promoters", "step": "buyer"}
    assert len(groups) == 12
    unused = rows(Path("unused.csv").read_text("utf-8"))
    assert [row["line"] for row in unused] == ["5", "7", "8"]
    assert not any("Anna" in "".join(row.values()) for row in unused)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("likes.csv",), 3, "a list of what customers follow, not a survey"),
        (("survey.csv", "--scale", "five"), 2, "not a scale"),
        (("survey.csv", "--weight", "Price"), 2, "no factor with a number"),
        (("survey.csv", "-o", "survey.csv"), 1, "overwritten"),
        (("survey.csv", "-o", "likes.csv"), 1, "not a groups table"),
        (("nowhere.csv",), 3, "no such file"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_survey_refuses(outreach, words, code, said):
    """In one sentence, before anything is written."""
    result = outreach("survey", *words)
    assert (result.exit_code, said in result.stderr) == (code, True)


@pytest.mark.parametrize("name", ["groups.csv", "anna.csv", "comparison.csv", "steps.csv", "answers.csv"])
@pytest.mark.usefixtures("grouped")
def test_what_we_wrote_is_no_list(outreach, name):
    """Whatever it is called, also beside lists; a list of groups that customers follow stays one."""
    shutil.copy("groups.csv", "anna.csv")
    outreach("compare", "likes.csv", "--groups", "groups.csv", "-o", "comparison.csv")
    outreach("compare", "likes.csv", "--groups", "groups.csv", "--steps", "-o", "steps.csv")
    Path("answers.csv").write_text(outreach("survey", "survey.csv").stdout, encoding="utf-8")
    assert outreach("rank", name).exit_code == 3
    Path("followed.csv").write_text("customer,group\nAnna,Passives Anonymous\nBoris,SMM Riga\n", encoding="utf-8")
    assert outreach("rank", "followed.csv").exit_code == 0


@pytest.mark.usefixtures("grouped")
def test_two_groups_in_words(outreach):
    """Promoters against detractors, what stands out, and what chance does."""
    result = outreach("compare", "likes.csv", "--groups", "groups.csv", "--format", "table", "--top", "3")
    assert result.exit_code == 0
    title, header, *places = result.stdout.splitlines()
    assert title == "promoters (6) against detractors (4)"
    assert header.split() == ["place", "promoters", "detractors", "difference", "likely"]
    assert "Камера Хлопушкин (youtube)" in places[0]
    assert places[0].endswith("stands out")
    assert "5 of 5      0 of 4" in places[0]
    assert "2 places stand out: a random split shows as large a difference in at most 5 % of cases." in result.stderr
    assert not any(name in result.stdout + result.stderr for name in ("Anna", "Сергей"))


def test_nothing_can_be_said(grouped, outreach):
    """Where no place stands out, that is what is said."""
    names = [row["customer"] for row in rows((grouped / "groups.csv").read_text("utf-8"))]
    text = "клиент;группа\n" + "".join(f"{name};{'чёт' if at % 2 else 'нечет'}\n" for at, name in enumerate(names))
    Path("by_turns.csv").write_text(text + "Nobody Known;чёт\n;чёт\n", encoding="utf-8")
    result = outreach("compare", "likes.csv", "--groups", "by_turns.csv")
    assert result.exit_code == 0
    assert {row["verdict"] for row in rows(result.stdout)} == {""}
    assert "% of cases; nothing can be said." in result.stderr
    assert "1 customer of by_turns.csv with no list under that label." in result.stderr
    assert "1 row of by_turns.csv without a customer or a group." in result.stderr
    assert "Nobody Known" not in result.stderr


@pytest.mark.usefixtures("grouped")
def test_other_groups_and_filters(outreach):
    """One group against everybody else, or two that are named; the filters are those of the ranking."""
    result = outreach("compare", "likes.csv", "--groups", "groups.csv", "--group", "passives", "--platform", "vk")
    found = rows(result.stdout)
    assert {row["platform"] for row in found} == {"vk"}
    assert "promoters 6, passives 2, detractors 4" in result.stderr
    result = outreach("compare", "likes.csv", "--groups", "groups.csv", "--against", "passives")
    assert (result.exit_code, "name two: --group A --against B" in result.stderr) == (2, True)


@pytest.mark.usefixtures("grouped")
def test_steps(outreach):
    """How near to the firm the followers of a place are, beside how many they are."""
    result = outreach("compare", "likes.csv", "--groups", "groups.csv", "--steps", "--own", "facebook:vorblinka")
    first = rows(result.stdout)[0]
    steps = ("visitor", "subscriber", "buyer", "repeat_buyer", "advocate", "other")
    assert first["resource"] == "instagram:storyfribble"
    assert [first[step] for step in steps] == ["1", "1", "2", "2", "1", "0"]
    assert sum(int(first[step]) for step in steps) == int(first["overlap"])
    assert "The step of 12 of 12 customers is known." in result.stderr


@pytest.mark.usefixtures("grouped")
def test_one_group_is_ranked(outreach):
    """Its lists alone, also in what ``listed`` counts."""
    result = outreach("rank", "likes.csv", "--groups", "groups.csv", "--group", "Promoters", "--top", "1")
    found = rows(result.stdout)[0]
    assert (found["resource"], found["overlap"], found["listed"]) == ("instagram:bloknotusha.smm", "6", "6")
    assert "Only the group promoters: 6 customers of 12." in result.stderr
    everybody = rows(outreach("rank", "likes.csv", "--top", "0").stdout)
    alone = rows(outreach("rank", "likes.csv", "--groups", "groups.csv", "--group", "promoters", "--top", "0").stdout)
    of_all = {row["resource"]: int(row["overlap"]) for row in everybody}
    assert all(int(row["overlap"]) <= of_all[row["resource"]] for row in alone)


@pytest.mark.usefixtures("grouped")
def test_a_group_needs_its_file_and_the_file_a_group(outreach):
    """Both are said, with the way out."""
    for words in (("--group", "promoters"), ("--groups", "groups.csv")):
        result = outreach("rank", "likes.csv", *words)
        assert (result.exit_code, "needs" in result.stderr) == (2, True)
    assert outreach("compare", "likes.csv").exit_code == 2
    result = outreach("rank", "likes.csv", "--groups", "groups.csv", "--group", "friends")
    assert (result.exit_code, "groups of groups.csv: promoters, passives, detractors" in result.stderr) == (2, True)


def test_a_campaign_remembers_both(grouped, outreach):
    """As settings; a file that is still to be made leaves everybody in, and that is said."""
    settings = grouped / "outreach.toml"
    settings.write_text('lists = "likes.csv"\ngroups = "groups.csv"\ngroup = "promoters"\n', encoding="utf-8")
    result = outreach("rank", "--top", "1")
    assert "From outreach.toml: lists, group, groups." in result.stderr
    assert rows(result.stdout)[0]["listed"] == "6"
    assert outreach("compare").exit_code == 0
    (grouped / "groups.csv").unlink()
    result = outreach("rank", "--top", "1")
    assert result.exit_code == 0
    assert "The file of groups is not there yet" in result.stderr


@pytest.mark.parametrize(
    "header",
    ["customer,group", "Клиент;Группа", "Klients;Grupa", "Πελάτης;Ομάδα", "Հաճախորդ;Խումբ", "Email\tSegment"],
)
@pytest.mark.usefixtures("folder")
def test_groups_in_five_languages(outreach, header):
    """The file of groups is read whoever made it."""
    sign = next(sign for sign in ",;\t" if sign in header)
    lines = [header, f"Ilze K.{sign}промоутер", f"Jānis B.{sign}Critics"]
    Path("own.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = outreach("compare", "likes.csv", "--groups", "own.csv", "--top", "1")
    assert "Groups with lists: promoters 1, detractors 1." in result.stderr
