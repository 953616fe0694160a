"""``outreach letter``: from the facts to files, never sent; letters that exist are checked."""

import re
from email import message_from_string
from email.policy import default
from pathlib import Path

import pytest

from outreach.campaign.ledger import Placement, open_ledger

FACTS = """\
to = "Марина"
channel = "Marina <marina@rigalife.example>, @marina_example"
found = "описание канала"
language = "ru"
post_date = 2026-11-03
post_fact = "40 человек спросили, сколько стоит лечение"

[[topic]]
headline = "Имплант или мост: 7 вопросов, прежде чем платить"
text = "Что входит в цену. Где доплачивают."

[writer]
name = "Анна Озола"
role = "имплантолог клиники Zobi"
company = "Zobi"
years = 14
published = ["https://zobi.example/most", "https://zobi.example/bol"]
offer = "таблица цен, без регистрации"
contact = "+371 20000000"
"""
SHEET = """\
place,address,customers,accepts_posts,rules,owner,contact,way_in,price,key
Рига Life,t.me/rigalife,6 of 9,yes,no links on Monday,Марина,@marina_example,{way},60 EUR,telegram:rigalife
"""
ACQUAINTANCE = "Acquaintance so far: 0 of 3 events. Get to know the owner first: outreach owners play telegram:rigalife"
LABELS = ("Secretaria Oddname", "Hidden Person", "Third One", "Fourth One", "Fifth One", "Sixth One")


@pytest.fixture
def outreach(outreach):
    """Call the command line in a folder with a sheet and facts."""
    Path("sheet.csv").write_text(SHEET.format(way="write"), "utf-8")
    Path("letter.toml").write_text(FACTS, "utf-8")
    return outreach


def write(outreach, *more, place="t.me/rigalife"):
    return outreach("letter", place, "--from", "sheet.csv", "--facts", "letter.toml", *more)


def test_a_letter_is_printed(outreach):
    """The message first, then the e-mail, then the follow-up; where to go on stands beside it."""
    done = write(outreach)
    assert done.exit_code == 0
    assert re.findall(r"^## (.+)$", done.stdout, re.MULTILINE) == [
        "Direct message", "E-mail", "Follow-up, in the same thread",
    ]  # fmt: skip
    assert "Здравствуйте, Марина!" in done.stdout
    assert "больше половины назвали «Рига Life»" in done.stdout
    assert done.stderr.splitlines() == [
        ACQUAINTANCE, "Next: outreach letter t.me/rigalife --from sheet.csv --facts letter.toml -o letter.md",
    ]  # fmt: skip


def test_a_place_may_be_named(outreach):
    """As the sheet calls it."""
    assert write(outreach, place="Рига Life").stdout == write(outreach).stdout


def test_written_and_checked(outreach):
    """What was written passes, edited or not, in Markdown and as an e-mail."""
    written = write(outreach, "-o", "marina.md")
    assert written.stderr.splitlines() == [
        "Written to marina.md; nothing was sent.", ACQUAINTANCE, "Next: outreach letter --check marina.md",
    ]  # fmt: skip
    write(outreach, "-o", "marina.eml")
    write(outreach, "-o", "again.eml", "--follow-up")
    done = outreach("letter", "--check", "marina.md", "marina.eml", "again.eml", "--strict")
    assert (done.exit_code, done.stderr) == (0, "")
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [
        "marina.md, direct message", "marina.md, e-mail", "marina.md, follow-up", "marina.eml, e-mail",
        "again.eml, follow-up",
    ]  # fmt: skip
    assert all(line.endswith("nothing to mend") for line in done.stdout.splitlines())
    read = message_from_string(Path("again.eml").read_text("ascii"), policy=default)
    assert (read["To"], read["X-Unsent"]) == ("Марина <marina@rigalife.example>", "1")
    assert read["Subject"].startswith("Re: Имплант")


def test_a_bad_letter_is_told_why(outreach):
    """With who says so, and what could not be confirmed."""
    Path("bad.txt").write_text("Dear Editor, [name] would like to write for you.", "utf-8")
    done = outreach("letter", "--check", "bad.txt")
    assert done.exit_code == 0
    assert "  name: the greeting names no person.\n" in done.stdout
    assert "Source (editors): highervisibility.com" in done.stdout
    assert "Not confirmed: " in done.stdout
    strict = outreach("letter", "--check", "bad.txt", "--strict")
    assert (strict.exit_code, strict.stdout) == (3, done.stdout)


def test_everything_that_is_missing_is_named_at_once(outreach):
    """Exit code 3, and nothing is written."""
    done = outreach("letter", "t.me/rigalife", "-o", "letter.md")
    assert done.exit_code == 3
    assert len(re.findall(r"^  ", done.stderr, re.MULTILINE)) == 11
    assert not Path("letter.md").exists()


def test_facts_may_be_typed(outreach):
    """Options go before the file."""
    done = write(outreach, "--to", "Ольга", "--post-date", "9.11.2026", "--topic", "Новая тема для всех | Раз. Два.",
                 "--subject", "Вопрос о вашем канале и о его читателях", "--channel", "o@a.example",
                 "-o", "o.eml")  # fmt: skip
    assert done.exit_code == 0
    read = message_from_string(Path("o.eml").read_text("ascii"), policy=default)
    assert read["To"] == "Ольга <o@a.example>"
    assert "от 9 ноября" in read.get_content()
    assert "«Новая тема для всех». Раз. Два." in read.get_content()
    assert read["Subject"] == "Вопрос о вашем канале и о его читателях"


@pytest.mark.parametrize("option", ["--to", "--channel", "--found", "--subject", "--post-fact", "--why", "--gets"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\x0b"])
def test_line_breaks_are_refused(outreach, option, line_break):
    """In whatever is typed."""
    done = write(outreach, option, f"a{line_break}Bcc: all@a.example", "-o", "x.eml")
    assert done.exit_code == 2
    assert not Path("x.eml").exists()


def test_the_sheet_cannot_add_a_line_to_the_head(outreach):
    """A cell of several lines is one line there."""
    sheet = SHEET.format(way="write").replace("Марина", '"Марина\nBcc: all@a.example"')
    Path("sheet.csv").write_text(sheet.replace("@marina_example", '"m@a.example\n\nX: y"'), "utf-8")
    Path("letter.toml").write_text("\n".join(FACTS.splitlines()[2:]), "utf-8")
    assert write(outreach, "-o", "x.eml").exit_code == 0
    read = message_from_string(Path("x.eml").read_text("ascii"), policy=default)
    assert {"bcc", "x"}.isdisjoint(name.lower() for name in read)
    assert read["To"].addresses[0].addr_spec == "m@a.example"


@pytest.mark.parametrize(
    ("way", "said"),
    [("post myself", "you post there yourself"), ("предложить пост", "submit your post there"),
     ("αγορά", "buy your post there"),
     ("exchange", "through an exchange")],
)  # fmt: skip
def test_no_letter_where_none_is_needed(outreach, way, said):
    """The rules and the next step instead."""
    Path("sheet.csv").write_text(SHEET.format(way=way), "utf-8")
    done = write(outreach)
    assert done.exit_code == 0
    assert said in done.stdout
    assert "Rules: no links on Monday\n" in done.stdout
    assert "Next: outreach draft brief.toml telegram:rigalife\n" in done.stdout
    assert "Здравствуйте" in write(outreach, "--anyway").stdout


def test_who_declined_is_not_asked_again(outreach):
    """The ledger knows, or the sheet."""
    link = "https://a.example/?utm_content=x"
    place = Placement(campaign="spring", resource="telegram:rigalife", final_url=link, status="declined")
    open_ledger("outreach.db").put([place])
    done = write(outreach, "--db", "outreach.db")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "declined the post of campaign spring" in done.stderr
    assert write(outreach, "--db", "outreach.db", "--anyway").exit_code == 0
    assert write(outreach, "--db", "none.db").exit_code == 0
    assert not Path("none.db").exists()
    Path("sheet.csv").write_text(SHEET.format(way="write").replace(",yes,", ",no,"), "utf-8")
    assert "takes no posts" in write(outreach).stderr


def test_files_are_not_replaced(outreach):
    """A letter may have been edited."""
    Path("marina.md").write_text("mine", "utf-8")
    assert write(outreach, "-o", "marina.md").exit_code == 1
    assert Path("marina.md").read_text("utf-8") == "mine"
    assert write(outreach, "-o", "marina.md", "--force").exit_code == 0
    assert write(outreach, "-o", "letter.toml", "--force").exit_code == 1
    assert write(outreach, "-o", "marina.docx").exit_code == 1


def book(*people):
    """Fill the address book of this machine."""
    from outreach.owners import open_book

    opened = open_book()
    for one in people:
        opened.add(one)
    return opened


def marina(**facts):
    from outreach.owners import Channel, Person

    usual = {"name": "Marina", "found": "channel description", "channels": (Channel("telegram", "@marina_example"),)}
    return Person(**usual | {"places": ("telegram:rigalife",)} | facts)


def test_the_address_book_knows_the_owner(outreach):
    """Name, channel and where the contact was found need not be typed."""
    book(marina(name="Dace"))
    Path("letter.toml").write_text(FACTS.replace('to = "Марина"\n', ""), "utf-8")
    done = write(outreach)
    assert done.exit_code == 0, done.stderr
    assert "Dace" in done.stdout


def test_who_asked_to_be_left_alone_gets_no_letter(outreach):
    book(marina(do_not_contact=True))
    done = write(outreach)
    assert (done.exit_code, done.stdout) == (3, "")
    assert "asked not to be contacted" in done.stderr
    assert write(outreach, "--anyway").exit_code == 0


def test_who_said_no_gets_no_letter(outreach):
    from outreach.campaign.events import Event

    opened = book(marina())
    (person,) = opened.people()
    no = Event(kind="replied", answer="no", at="2026-01-05", campaign="spring", resource="telegram:rigalife",
               person=person.id)  # fmt: skip
    opened.log([no])
    done = write(outreach)
    assert done.exit_code == 3
    assert "declined the post of campaign spring" in done.stderr


def test_a_letter_is_recorded(outreach):
    """As an event of the owner, where one is known; the address book is made where there is none."""
    done = write(outreach, "--log", "-o", "marina.md")
    assert done.exit_code == 0, done.stderr
    assert "nothing was sent" in done.stderr
    opened = book(marina())
    assert [(one.kind, one.resource, one.person) for one in opened.events()] == [("wrote", "telegram:rigalife", "")]
    assert write(outreach, "--log", "--force", "-o", "marina.eml", "--follow-up").exit_code == 0
    (person,) = opened.people()
    last = opened.events()[-1]
    assert (last.kind, last.channel, last.person) == ("followed_up", "email", person.id)


def test_files_with_the_owners_name_are_known_to_the_book(outreach):
    """So that whoever forgets the owner can remove them too."""
    opened = book(marina())
    assert write(outreach, "-o", "marina.md").exit_code == 0
    assert [Path(one).name for one in opened.files()] == ["marina.md"]


def test_the_campaign_knows_the_writer(outreach):
    """And the sheet, the brief, and how it is in another language."""
    Path("outreach.toml").write_text(
        'sheet = "sheet.csv"\nbrief = "brief.toml"\n[writer]\nname = "Anna Ozola"\nyears = 14\n'
        'published = ["https://zobi.example/most"]\n[writer.ru]\nname = "Анна Озола"\nrole = "имплантолог"\n',
        "utf-8",
    )
    Path("brief.toml").write_text(
        'url = "https://zobi.example/most"\ncampaign = "Spring"\nlanguage = "ru"\n'
        'title = "Имплант или мост: что выбрать"\n'
        'problem = "Не знаете?"\nsolution = "Три вопроса врачу. Две цены. Одна ошибка."\nbonus = "Таблица цен."\n',
        "utf-8",
    )
    done = outreach("letter", "t.me/rigalife", "--found", "сайт", "--post-date", "2026-11-03",
                    "--post-fact", "40 человек спросили о цене")  # fmt: skip
    assert done.exit_code == 0, done.stderr
    assert "From outreach.toml: brief, sheet." in done.stderr
    assert "Меня зовут Анна Озола, я имплантолог (стаж 14 лет)" in done.stdout
    assert "«Имплант или мост: что выбрать». Три вопроса врачу. Две цены." in done.stdout
    assert "Одна ошибка" not in done.stdout
    assert "читателям — таблица цен." in done.stdout
    assert "1 link to your texts: 2-3 wanted" in done.stderr


def test_no_customer_is_named(outreach):
    """Whatever stands in lists, ranking and sheet, a letter has the size only."""
    rows = "".join(f"{label},t.me/rigalife,Рига Life,9000\n" for label in LABELS)
    Path("likes.csv").write_text(f"customer,resource,name,subscribers\n{rows}", "utf-8")
    outreach("rank", "likes.csv", "-o", "ranking.csv")
    done = outreach("letter", "t.me/rigalife", "--from", "ranking.csv", "--facts", "letter.toml")
    assert done.exit_code == 0, done.stderr
    assert "больше трёх четвертей назвали" in done.stdout
    assert not any(part in done.stdout + done.stderr for label in LABELS for part in label.split())


def test_fewer_than_five_are_not_counted(outreach):
    """Another reason is asked for."""
    Path("sheet.csv").write_text(SHEET.format(way="").replace("6 of 9", "4 of 4"), "utf-8")
    assert "why this audience" in write(outreach).stderr
    assert "Ваши читатели спрашивают нас." in write(outreach, "--why", "Ваши читатели спрашивают нас").stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [((), 2), (("t.me/a", "t.me/b"), 2), (("not a place",), 3), (("t.me/rigalife", "--from", "none.csv"), 3),
     (("t.me/rigalife", "--facts", "none.toml"), 3), (("t.me/rigalife", "--brief", "none.toml"), 3),
     (("t.me/rigalife", "--post-date", "soon"), 2), (("t.me/rigalife", "--topic", "x"), 2),
     (("--check", "none.md"), 3), (("--check", "."), 3), (("t.me/rigalife", "--lang", "de"), 2),
     (("t.me/rigalife", "--templates", "none"), 3), (("t.me/rigalife", "-o", "none/letter.md"), 3)],
)  # fmt: skip
def test_what_cannot_be_done_is_told(outreach, words, code):
    """In a sentence."""
    done = outreach("letter", *words)
    assert done.exit_code == code, done.output
    assert done.stderr


def test_who_sits_at_a_terminal_is_asked(outreach, monkeypatch):
    """For what can be answered in a line; an answer that cannot be used is asked for again."""
    import outreach.cli.brief as asking

    monkeypatch.setattr(asking, "can_ask", lambda: True)
    Path("letter.toml").write_text(FACTS.replace("post_date = 2026-11-03\n", "").replace('to = "Марина"', ""), "utf-8")
    Path("sheet.csv").write_text(SHEET.format(way="").replace(",Марина,", ",,"), "utf-8")
    done = outreach("letter", "t.me/rigalife", "--from", "sheet.csv", "--facts", "letter.toml",
                    stdin="Ольга\nsoon\n2026-11-09\n".encode())  # fmt: skip
    assert done.exit_code == 0, done.stderr
    assert "Здравствуйте, Ольга!" in done.stdout
    assert "от 9 ноября" in done.stdout
    assert "letter.toml --to Ольга --post-date 2026-11-09 -o letter.md" in done.stderr
