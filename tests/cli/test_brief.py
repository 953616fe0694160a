"""``outreach brief``, with everything that it asks and says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from outreach.cli import COMMANDS, main
from outreach.teasers.brief import read_brief
from outreach.teasers.questions import ASKED, LANGUAGES, questions_in

BRIEF = 'url = "https://example.org/a"\ncampaign = "Весна"\nproblem = ["Late?", "Lost?"]\nsolution = "Plan."\n'
ANSWERS = """\
https://example.org/a
Spring 2026
A plan
Nobody reads it.
Nobody "asks" either.

Ask five questions.

A sheet.

in the article, no sign-up
Olive
Vorblinka

#smm, plan
C:\\new\\pic.png
eu
"""


@pytest.fixture
def outreach(tmp_path, monkeypatch):
    """Call the command line in an empty folder; with answers a person sits at standard input."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("outreach.cli.COMMANDS", {**COMMANDS, "brief": "Write the brief of an article."})

    def call(*args, answers=None):
        monkeypatch.setattr("outreach.cli.brief.can_ask", lambda: answers is not None)
        return CliRunner().invoke(main, args, input=answers, catch_exceptions=False)

    return call


def test_answers_become_a_brief(outreach):
    """Several lines where a question has room for them; an empty answer takes what is usual."""
    result = outreach("brief", "new", answers=ANSWERS)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith("Written to brief.toml.\nNext: outreach brief check brief.toml\n")
    brief = read_brief("brief.toml")
    assert brief.problem == ('Nobody reads it.\nNobody "asks" either.',)
    assert (brief.solution, brief.bonus) == (("Ask five questions.",), ("A sheet.",))
    assert (brief.campaign, brief.title, brief.author, brief.company) == ("Spring 2026", "A plan", "Olive", "Vorblinka")
    assert (brief.language, brief.market, brief.hashtags) == ("en", "EU", ("smm", "plan"))
    assert brief.image == r"C:\new\pic.png"


def test_an_answer_that_cannot_be_used_is_asked_for_again(outreach):
    """With the reason; the same for a needed one that is empty."""
    answers = "\nexample.org/a\n" + ANSWERS.replace("\n\n#smm", "\nklingon\n\n#smm")
    result = outreach("brief", "new", answers=answers)
    assert result.exit_code == 0
    assert "url is needed.\n" in result.stderr
    assert "the address does not begin with http:// or https://; write https:// before it.\n" in result.stderr
    assert "it must be a code of two or three letters; en, ru, el, lv, hy or another one.\n" in result.stderr
    assert read_brief("brief.toml").url == "https://example.org/a"


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_in_every_language(outreach, language):
    """In order, and the notes in the file are in the same language; a language implies no country."""
    result = outreach("brief", "new", "--lang", language, answers=ANSWERS.replace("eu\n", "\n"))
    questions = questions_in(language)
    places = [result.stderr.index(questions.names[name]) for name in ASKED]
    assert places == sorted(places)
    text = Path("brief.toml").read_text("utf-8")
    assert text.startswith(f"# {questions.head.splitlines()[0]}\n")
    assert (read_brief("brief.toml").language, read_brief("brief.toml").market) == (language, "")


def test_one_question_back(outreach):
    """As often as one likes; what was answered is offered again, and each question says which of how many it is."""
    lines = ANSWERS.split("\n")
    answers = "\n".join([lines[0], "Wrong", "<", "<", lines[0], "Right", *lines[2:]])
    result = outreach("brief", "new", answers=answers)
    assert result.exit_code == 0, result.stderr
    assert read_brief("brief.toml").campaign == "Right"
    assert f"1/{len(ASKED)} " in result.stderr
    assert "[Wrong]" in result.stderr


def test_the_file_to_fill_in(outreach):
    """It asks nothing; what is needed is empty, and that is told."""
    result = outreach("brief", "new", "--no-input", "--lang", "ru", "-o", "бриф.toml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Written to бриф.toml: fill it in.\nNext: outreach brief check бриф.toml\n"
    checked = outreach("brief", "check", "бриф.toml")
    assert checked.exit_code == 3
    assert [line.rpartition(": ")[2] for line in checked.stderr.splitlines()[:4]] == [
        "url is empty", "campaign is empty", "problem is empty", "solution is empty",
    ]  # fmt: skip


def test_the_file_can_be_printed(outreach):
    """All of it is standard output."""
    result = outreach("brief", "new", "--no-input", "-o", "-")
    outreach("brief", "new", "--no-input")
    assert (result.stdout, result.stderr) == (Path("brief.toml").read_text("utf-8"), "")


def test_nobody_there_to_ask_is_usage(outreach):
    """The way out is said, and nothing is written."""
    result = outreach("brief", "new")
    assert result.exit_code == 2
    assert "Questions need a terminal.\nExample: outreach brief new --no-input" in result.stderr
    assert not list(Path().iterdir())


def test_a_written_brief_is_not_lost(outreach):
    """Said before anything is asked; --force replaces it."""
    Path("brief.toml").write_text(BRIEF, "utf-8")
    result = outreach("brief", "new", answers=ANSWERS)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "Error: brief.toml: this file is there already and may be filled in\n"
        "Hint: give another name, or --force to replace it\n"
    )
    assert Path("brief.toml").read_text("utf-8") == BRIEF
    assert outreach("brief", "new", "--force", answers=ANSWERS).exit_code == 0
    assert read_brief("brief.toml").campaign == "Spring 2026"


def test_a_missing_folder_is_told_before_anything_is_asked(outreach):
    """Answers are work."""
    result = outreach("brief", "new", "-o", "nowhere/brief.toml", answers=ANSWERS)
    assert result.exit_code == 1
    assert result.stderr == "Error: nowhere/brief.toml: the folder nowhere does not exist\nHint: make it first\n"


def test_leaving_in_the_middle_writes_nothing(outreach):
    """Standard input that ends is as Ctrl-C."""
    result = outreach("brief", "new", answers="https://example.org/a\nSpring")
    assert result.exit_code == 130
    assert result.stderr.endswith("Interrupted; nothing was written.\n")
    assert not list(Path().iterdir())


@pytest.mark.parametrize("before", [None, BRIEF])
def test_leaving_after_the_texts_keeps_them(outreach, before):
    """Ctrl-C is how people copy, and an answer is work; a file that is there is more of it."""
    if before:
        Path("brief.toml").write_text(before, "utf-8")
    result = outreach("brief", "new", "--force", answers=ANSWERS.partition("A sheet.")[0])
    assert result.exit_code == 130
    if before:
        assert result.stderr.endswith("Interrupted; nothing was written.\n")
        assert Path("brief.toml").read_text("utf-8") == before
    else:
        assert result.stderr.endswith("Interrupted; what you answered is in brief.toml: fill in the rest.\n")
        assert read_brief("brief.toml").solution == ("Ask five questions.",)


def test_check_prints_what_was_understood(outreach):
    """And on standard error what is missing, and what comes next."""
    more = 'bonus = ["A", "B", "C"]\nhashtags = ["a", "b"]\nimage = "no.png"\n[platform.vk]\ntitle = "T"\n'
    Path("-my brief.toml").write_text(BRIEF + more, "utf-8")
    result = outreach("brief", "check", "--", "-my brief.toml")
    assert result.exit_code == 0
    assert result.stdout == (
        "url: https://example.org/a\ncampaign: Весна (vesna in links)\nlanguage: en\n"
        "variants: 3 (problem 2, solution 1, bonus 3)\nhashtags: #a #b\nimage: no.png\nof their own: vk\n"
    )
    line = '"./-my brief.toml"' if sys.platform == "win32" else "'./-my brief.toml'"
    assert result.stderr == (
        "No company: its name cannot be looked for in the teasers.\n"
        "No short texts: networks with little room, like X, may get no draft.\n"
        "The image no.png is missing; its path begins at the folder of the brief.\n"
        "3 variants: some texts of problem appear more often than others.\n"
        f"Example: outreach draft {line} --from ranking.csv --top 5 -o drafts/\n"
    )


@pytest.mark.parametrize("image", ["x" * 5000, "brief.toml/x.png"])
def test_a_picture_that_cannot_be_there(outreach, image):
    """Is told as one that is not, whatever the system says of its name."""
    Path("brief.toml").write_text(f'{BRIEF}image = "{image}"\n', "utf-8")
    result = outreach("brief", "check", "brief.toml")
    assert (result.exit_code, f"The image {image} is missing" in result.stderr) == (0, True)


def test_check_tells_mistakes(outreach):
    """Each with its line, exit code 3."""
    Path("brief.toml").write_text(BRIEF.replace('"Plan."', "“Plan.”"), "utf-8")
    result = outreach("brief", "check", "brief.toml")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        "Error: brief.toml, line 4: a text begins or ends with curly quotes\n"
        'Hint: put straight quotes " around it; inside the text, “ ” and « » may stay\n'
    )


def test_the_sample_brief_lacks_nothing(outreach):
    """So that the example in the help says only what comes next."""
    sample = Path(__file__).parents[2] / "sample_data" / "brief.toml"
    result = outreach("brief", "check", str(sample))
    assert result.exit_code == 0
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("Example: ")
