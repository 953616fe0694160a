"""What people answer when asked where they heard of us: tied once, counted beside the tags, never kept as text."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from outreach.campaign.ledger import Placement, open_ledger
from outreach.cli import main

HEADER = "Submitted at;Phone;Promo code;utm_content;How did you hear of us?\n"
SIGNUPS = HEADER + (
    "2026-05-01 10:00;29111111;;one--a-1xxxx;Riga Life\n"  # a tag goes before an answer
    "2026-05-02 10:00;29111112;;;Riga Life\n"
    "2026-05-02 11:00;29111113;;;riga-life!\n"
    "2026-05-03 10:00;29111114;riga10;;Riga Life\n"  # and a code too
    "2026-05-03 11:00;29111115;;;a friend of mine\n"
    "2026-05-03 12:00;29111116;;;ask secret.person@example.org\n"
    "2026-05-03 13:00;29111117;;;Mamas\n"
    "2026-05-03 14:00;29111117;;;Riga Life\n"  # a person answers once
)
QUESTIONS = [
    "Откуда вы о нас узнали?", "Откуда Вы узнали о нашей клинике", "Как вы узнали о нас (можно несколько)",
    "How did you hear about us?", "Where did you hear of us", "How did you find us?", "Heard from",
    "Πού μάθατε για εμάς;", "Πώς μας βρήκατε;", "Kur par mums uzzinājāt?", "Kā Jūs mūs atradāt?",
    "Որտեղի՞ց իմացաք մեր մասին", "Ինչպե՞ս իմացաք մեր մասին",
]  # fmt: skip


@pytest.fixture
def outreach(tmp_path, monkeypatch):
    """Call ``track`` in a folder with a ledger of two places."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OUTREACH_DB", raising=False)
    open_ledger(tmp_path / "outreach.db").put(
        Placement(
            campaign="spring", resource=key, name=name, status="published", utm_source="vk", utm_campaign="spring",
            utm_content=content, final_url=f"https://x.example/?utm_content={content}", promo=code,
        )
        for key, name, content, code in (
            ("telegram:rigalife", "Riga Life", "one--a-1xxxx", "RIGA10"),
            ("vk:mamas", None, "two--a-1xxxx", "MAMA10"),
        )
    )  # fmt: skip

    def call(*args: str):
        return CliRunner().invoke(main, ("track", *args), catch_exceptions=False)

    return call


@pytest.fixture
def write(tmp_path):
    """Write a file into the folder; give its name."""

    def make(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return make


def said(result):
    """Return sign-ups and answers by place, as the table shows them."""
    return dict(re.findall(r"^(Riga Life|mamas|\(untagged\)).*?  +(\d+ +[\d?]+)$", result.stdout, re.MULTILINE))


def test_answers_are_tied_once_and_counted_beside_the_tags(outreach, write):
    """The tag counts first, then the code, then the answer; nobody twice."""
    first = outreach(write("signups.csv", SIGNUPS), "--format", "table")
    assert "said" not in first.stdout
    line = "outreach track signups.csv --answer 'Riga Life=telegram:rigalife'"
    assert first.stderr.splitlines()[3:9] == [
        '5 answers to "Where did you hear of us?" not tied to a place:',
        "  2 x Riga Life",
        "  1 x Mamas",
        "  1 x a friend of mine",
        "  1 x other answers, which are long or may have an address or a number",
        f"  If an answer names a place, tie it once; it then counts as said: {line}",
    ]
    tied = outreach("signups.csv", "--answer", "Riga Life=telegram:rigalife", "--format", "table")
    assert said(tied) == {"Riga Life": "2     2", "mamas": "0     ?", "(untagged)": "5     ?"}
    both = outreach("signups.csv", "--answer", "mamas=vk:mamas", "--format", "table")
    assert said(both) == said(outreach("--format", "table")) == {
        "Riga Life": "2     2", "mamas": "0     1", "(untagged)": "5     ?",
    }  # fmt: skip
    assert '"said" counts people without a tag or a code who named the place' in both.stderr
    assert "signups.csv: sign-ups; 3 answers; imported before" in outreach("signups.csv").stderr


def test_no_answer_leaves_the_screen(outreach, write, tmp_path):
    """Neither the ledger nor a report holds the text of one that was not tied, nor who gave one."""
    outputs = ("-o", "report.xlsx", "--unmatched", "unmatched.csv", "--rejected", "rejected.csv")
    result = outreach(write("signups.csv", SIGNUPS), "--answer", "Riga Life=rigalife", *outputs)
    assert "secret.person" not in result.stdout + result.stderr
    assert "friend" in result.stderr
    assert "friend" not in result.stdout
    for path in tmp_path.iterdir():
        if path.name != "signups.csv":
            content = path.read_bytes()
            assert not [text for text in (b"friend", b"secret.person", b"29111112") if text in content], path.name
    sheet = load_workbook(tmp_path / "report.xlsx").worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(row for row in cells if "Said" in row).index("Said")
    assert next(row for row in cells if row[0] and row[0].startswith("Riga Life"))[at] == 2


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_question_in_five_languages(outreach, write, question):
    """However it is put; the column may stand anywhere."""
    write("signups.csv", SIGNUPS.replace("How did you hear of us?", question))
    assert (
        said(outreach("signups.csv", "--answer", "Riga Life=rigalife", "--format", "table"))["Riga Life"] == "2     2"
    )


def test_a_sheet_at_the_desk(outreach, write):
    """A day and an answer are enough; and so is a column that the user names."""
    text = "Дата;Имя;Откуда узнали\n02.05.2026;А;Riga Life\n02.05.2026;Б;Riga Life\n03.05.2026;В;\n"
    shown = outreach(write("desk.csv", text), "--answer", "riga life=rigalife", "--format", "table")
    assert said(shown)["Riga Life"] == "0     2"
    other = (
        text.replace("Откуда узнали", "Кто посоветовал").replace("Дата", "Дата;Телефон").replace("2026;", "2026;2911;")
    )
    named = outreach(write("other.csv", other), "--columns", "heard_from=Кто посоветовал", "--format", "table")
    assert "heard_from = Кто посоветовал" in named.stderr


def test_of_several_ticked_boxes_the_tied_one_counts(outreach, write):
    """Two that are tied are no answer."""
    text = HEADER + ("2026-05-01 10:00;29111111;;;Instagram, Riga Life\n2026-05-01 11:00;29111112;;;Mamas, Riga Life\n")
    write("signups.csv", text)
    shown = outreach("signups.csv", "--answer", "Riga Life=rigalife", "--answer", "Mamas=mamas", "--format", "table")
    assert said(shown) == {"Riga Life": "0     1", "mamas": "0     0", "(untagged)": "2     ?"}
    assert "1 x Mamas, Riga Life" in shown.stderr


def test_a_tag_in_another_file_goes_before_an_answer(outreach, write):
    """The same person by telephone: the form knows the link, the booking only the answer."""
    booking = HEADER + "2026-05-05 10:00;29111111;;;Riga Life\n2026-05-05 11:00;29111119;;;Riga Life\n"
    shown = outreach(write("booking.csv", booking), "--answer", "Riga Life=rigalife", "--format", "table")
    assert said(shown)["Riga Life"].split()[1] == "2"
    form = HEADER + "2026-05-01 10:00;29111111;;two--a-1xxxx;\n"
    later = outreach(write("form.csv", form), "--format", "table")
    assert said(later)["Riga Life"].split()[1] == "1"


def test_an_answer_can_be_tied_anew_and_untied(outreach, write):
    """What was counted by it follows, and goes with it."""
    outreach(write("signups.csv", SIGNUPS), "--answer", "Riga Life=rigalife")
    moved = outreach("--answer", "riga life=mamas", "--format", "table")
    assert said(moved)["mamas"].split()[1] == "2"
    assert outreach("--ties").stdout.splitlines()[1:] == ["1,answer,riga life,vk:mamas,,,"]
    outreach("--ties", "--forget", "1")
    assert "said" not in outreach("--format", "table").stdout
    again = outreach("signups.csv", "--answer", "riga life=rigalife", "--format", "table")
    assert said(again)["Riga Life"].split()[1] == "2"


def test_answers_are_no_unmatched_links(outreach, write):
    """They are told by their tie alone."""
    outreach(write("signups.csv", SIGNUPS), "--answer", "Riga Life=rigalife")
    assert "belong" not in outreach().stderr


def test_an_answer_that_names_a_person_is_not_tied(outreach):
    """Neither an address nor a number gets into the ledger."""
    assert outreach("--answer", "+371 29111111=rigalife").exit_code == 2


def test_an_answer_without_a_place_is_shown_how_to_write_one(outreach):
    """As an answer, and not as a tag."""
    refused = outreach("--answer", "Riga Life")
    assert refused.stderr == (
        'Error: --answer Riga Life: not a pair\nHint: write it like --answer "Riga Life=telegram:rigalife"\n'
    )


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Until then, use promotion codes (RIGA10: 1) and the answers of people you ask (Riga Life: 2)."),
        ("ru", "Пока смотрите на коды (RIGA10: 1) и на ответы «откуда узнали» (Riga Life: 2)."),
        ("el", "Ως τότε κοιτάξτε τους κωδικούς (RIGA10: 1) και τι απαντούν οι πελάτες (Riga Life: 2)."),
        ("lv", "Līdz tam skatieties pēc kodiem (RIGA10: 1) un klientu atbildēm (Riga Life: 2)."),
        ("hy", "Մինչ այդ նայեք կոդերին (RIGA10: 1) և հաճախորդների պատասխաններին (Riga Life: 2)։"),
    ],
)
def test_where_tags_are_missing_codes_and_answers_are_named(outreach, write, language, line):
    """In the five languages of those who pass the conclusion on."""
    log = (
        "# ----------------------------------------\n# Traffic acquisition\n# Property: Shop - GA4\n"
        "# Start date: 20260501\n# End date: 20260531\n"
        "Session source / medium,Session campaign,Session manual ad content,Sessions\n"
        "vk / social,spring,one--a-1xxxx,40\n(direct) / (none),(direct),(not set),60\n"
    )
    write("ga4.csv", log)
    files = (write("signups.csv", SIGNUPS), "ga4.csv")
    result = outreach(*files, "--answer", "Riga Life=rigalife", "--language", language, "--format", "table")
    assert line in result.stdout
