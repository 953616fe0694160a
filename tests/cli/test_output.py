"""What reaches standard output: in any encoding, on a terminal, and where it is closed."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys

import pytest

import outreach.cli.shared
from outreach.campaign.ledger import Placement, open_ledger
from outreach.cli import COMMANDS, main
from outreach.tables import UNSAFE
from tests.cli.cases import POSIX
from tests.teasers.shorteners.answers import LONG, MADE
from tests.teasers.shorteners.server import TOKEN, running

ENCODINGS = ["cp1252", "latin-1", "cp1251", "cp866", "ascii"]
SIGNS = "\x00\x07\x08\x0b\x0c\r\x1b\x7f\x85\x90\x9b\x9d\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069"
ESCAPES = ["\x1b[31m", "\x1b]8;;https://evil.example\x1b\\", "\x1b]0;title\x07", "\x9b2J", "\x9d0;x\x9c"]
NAME = "Жёлтый Ελλάδα Հայ ─ × … “quoted” 日本"
LINK = "https://shop.example/?utm_source=telegram&utm_medium=social&utm_campaign=spring&utm_content=smm"
BRIEF = f'url = "https://example.org/how"\ncampaign = "Весна"\nproblem = "Где {NAME}?"\nsolution = "Ящик."\n'
BRIEF = BRIEF.replace("“", "").replace("”", "")
LETTER = """\
to = "Марина"
found = "описание канала"
language = "ru"
post_date = 2026-11-03
post_fact = "спросили, σειρά, տող"
why = "Ваши читатели спрашивают нас каждый день"
[[topic]]
headline = "Десять постов из одного разговора"
text = "Пять вопросов. Что делать с ответами."
[writer]
name = "Анна Озола"
role = "редактор"
years = 9
published = ["https://пример.рф/страница"]
offer = "таблица"
"""

PEOPLE = {
    "no command": "",
    "help": "--help",
    "version": "--version",
    **{f"{name} --help": f"{name} --help" for name in COMMANDS},
    "check": "check likes.csv",
    "rank": "rank likes.csv --format table --min-subscribers 0",
    "rank wide": "rank likes.csv --format table --min-subscribers 0 --wide",
    "plan": "plan likes.csv --format table --min-subscribers 0",
    "survey": "survey answers.csv --format text",
    "compare": "compare likes.csv --groups groups.csv --min-subscribers 0 --format table",
    "formats": "formats",
    "collect": "collect --ask ru",
    "brief check": "brief check brief.toml",
    "draft table": "draft brief.toml t.me/smm_riga --format table",
    "letter check": "letter --check marina.txt",
    "draft check": "draft --check post.txt --platform telegram",
    "placements list": "placements list --format table",
    "nothing to list": "placements list --format table --status sent",
    "track": "track --format table",
    "imports": "track --imports --format table",
}
PROGRAMS = {
    **{f"check {form}": f"check likes.csv --format {form}" for form in ("csv", "json")},
    **{f"rank {form}": f"rank likes.csv --min-subscribers 0 --format {form}" for form in ("csv", "md")},
    "plan csv": "plan likes.csv --min-subscribers 0 --format csv",
    **{f"survey {form}": f"survey answers.csv --format {form}" for form in ("csv", "json")},
    "compare csv": "compare likes.csv --groups groups.csv --min-subscribers 0",
    **{f"placements {form}": f"placements list --format {form}" for form in ("csv", "json")},
    "export": "placements export",
    **{f"track {form}": f"track --format {form}" for form in ("csv", "json")},
    "imports csv": "track --imports --format csv",
    **{f"draft {form}": f"draft brief.toml t.me/smm_riga --format {form}" for form in ("md", "csv", "json")},
    "brief new": "brief new --no-input --lang ru -o -",
    "letter": "letter t.me/smm_riga --facts letter.toml",
    "key": "key t.me/smm_riga",
    "key of a name": "key https://пример.рф/страница",
    "link": "link https://пример.рф/страница --source telegram --medium post --campaign spring",
    "link --check": "link --check https://пример.рф/страница",
    "shorten": "shorten LONG --with bitly",
}
QUIET = {
    "resources": "resources likes.csv -o made.csv",
    "rank -o": "rank likes.csv --min-subscribers 0 -o made.csv",
    "plan -o": "plan likes.csv --min-subscribers 0 -o made.csv",
    "survey -o": "survey answers.csv -o made.csv",
    "compare -o": "compare likes.csv --groups groups.csv --min-subscribers 0 -o made.csv",
    "report -o": "report likes.csv --min-subscribers 0 -o made.html",
    "map -o": "map likes.csv --min-subscribers 0 -o made.html",
    "collect -o": "collect -o made.xlsx",
    "brief new -o": "brief new --no-input -o made.toml",
    "letter -o": "letter t.me/smm_riga --facts letter.toml -o made.md",
    "letter -o mail": "letter t.me/smm_riga --facts letter.toml -o made.eml",
    "draft -o": "draft brief.toml t.me/smm_riga -o made/",
    "export -o": "placements export -o made.csv",
    "placements set": "placements set telegram:smm_riga --status removed",
    "placements log": "placements log telegram:smm_riga looked --answer there",
    "placements import": "placements import links.csv",
    "placements undo": "placements undo",
    "today -o": "today -o made.ics",
    "owners add": "owners add Marina --place t.me/smm_riga",
    "owners log": "owners log t.me/smm_riga commented",
    "track -o": "track -o made.csv",
    "track --template": "track --template -o made.csv",
    "track --forget": "track --forget 1",
}


class Terminal(io.TextIOWrapper):
    def isatty(self):
        return True


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """Make a folder with lists, a brief, a ledger and results, all with names that few encodings have."""
    folder = tmp_path_factory.mktemp("prepared")
    rows = "".join(f'{who},t.me/smm_riga,"{NAME}"\n{who},t.me/other_{who},{NAME}\n' for who in ("Anna", "Boris"))
    (folder / "likes.csv").write_text("customer,resource,name\n" + rows, encoding="utf-8")
    answers = f"customer,Recommend (0-10),{NAME} (1-5)\nAnna,10,4\nBoris,3,2\n"
    (folder / "answers.csv").write_text(answers, encoding="utf-8")
    (folder / "groups.csv").write_text("customer,group\nAnna,promoters\nBoris,detractors\n", encoding="utf-8")
    (folder / "brief.toml").write_text(BRIEF, encoding="utf-8")
    (folder / "post.txt").write_text(f"{NAME} {LINK}", encoding="utf-8")
    (folder / "letter.toml").write_text(LETTER, encoding="utf-8")
    (folder / "marina.txt").write_text(f"{NAME}\n\n[{NAME}]", encoding="utf-8")
    (folder / "links.csv").write_text(f"place,link\nt.me/smm_riga_two,{LINK}\n", encoding="utf-8")
    (folder / "results.csv").write_text("place,visits,conversions\nt.me/smm_riga,100,9\n", encoding="utf-8")
    hostile = NAME + SIGNS.replace("\x00", "") + "".join(ESCAPES)
    one = Placement(
        campaign="spring", resource="telegram:smm_riga", final_url=LINK, name=hostile, text=hostile, status="published"
    )
    open_ledger(folder / "outreach.db").put([one])
    with contextlib.chdir(folder):
        assert run("track results.csv --source Счётчик")[0] == 0
    return folder


@pytest.fixture
def there(prepared, monkeypatch):
    """Go to that folder."""
    for name in ("OUTREACH_DB", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(prepared)
    return prepared


@pytest.fixture
def folder(prepared, tmp_path, monkeypatch):
    """Go to a copy of that folder."""
    for name in ("OUTREACH_DB", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    made = tmp_path / "work"
    shutil.copytree(prepared, made)
    monkeypatch.chdir(made)
    return made


@pytest.fixture(scope="module")
def service():
    """Stand for Bitly."""
    with running() as ours, pytest.MonkeyPatch.context() as patch:
        patch.setenv("OUTREACH_BITLY_URL", ours.base)
        patch.setenv("OUTREACH_BITLY_TOKEN", TOKEN)
        patch.setenv("NO_PROXY", "*")
        ours.answers = [MADE["bitly"]]
        yield


def run(line, encoding="utf-8", *, stream=io.TextIOWrapper, closed=()):
    """Call the command line with streams of its own; return its code and what it wrote."""
    out, err = io.BytesIO(), io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        shown = stream(out, encoding=encoding, errors="strict", newline="\n")
        said = io.TextIOWrapper(err, encoding=encoding, errors="strict", newline="\n")
        patch.setattr(sys, "stdout", None if "stdout" in closed else shown)
        patch.setattr(sys, "stderr", None if "stderr" in closed else said)
        words = [LONG if word == "LONG" else word for word in line.split()]
        with pytest.raises(SystemExit) as done:
            main(words, prog_name="outreach")
        for one in (shown, said):
            one.flush()
        return done.value.code, out.getvalue(), err.getvalue()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("line", PEOPLE.values(), ids=PEOPLE)
@pytest.mark.usefixtures("there")
def test_words_are_shown_in_every_encoding(line, encoding):
    """With other signs where a letter is missing, on both streams."""
    code, out, err = run(line, encoding)
    assert code == 0, err.decode(encoding)
    assert out.decode(encoding)
    err.decode(encoding)


@pytest.mark.parametrize(("encoding", "lost"), [("cp1252", True), ("cp1251", False), ("utf-8", False)])
@pytest.mark.usefixtures("there")
def test_a_message_without_its_letters_is_said(encoding, lost):
    """It would go to customers as question marks."""
    _, out, err = run("collect --ask ru", encoding)
    assert (b"???" in out, "PYTHONIOENCODING" in err.decode(encoding)) == (lost, lost)


@pytest.mark.parametrize("line", PROGRAMS.values(), ids=PROGRAMS)
@pytest.mark.usefixtures("there", "service")
def test_programs_get_utf8_in_every_encoding(line):
    """The same bytes whatever standard output calls itself, or nobody listens for errors."""
    code, wanted, _ = run(line, closed=("stderr",))
    assert (code, bool(wanted)) == (0, True)
    for encoding in ENCODINGS:
        code, out, err = run(line, encoding)
        assert (code, out) == (0, wanted), err.decode(encoding)
        err.decode(encoding)


@pytest.mark.parametrize("line", [*PROGRAMS.values(), *PEOPLE.values()], ids=[*PROGRAMS, *PEOPLE])
@pytest.mark.usefixtures("there", "service")
def test_a_terminal_obeys_nothing(line):
    """But for the links, the colours and the isolates of our own pictures."""
    code, out, err = run(line, stream=Terminal)
    assert code == 0, err.decode()
    ours = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;(id=\d+)?;(https://(shop|example|t\.me)[^\x1b]*)?\x1b\\", "", out.decode())
    assert not UNSAFE.search(re.sub("[\u2068\u2069]", "", ours))


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl", "md"])
def test_every_format_escapes_on_a_terminal_only(form, tmp_path, monkeypatch):
    """JSON stays JSON and says the same; in a pipe the bytes are those of a file."""
    monkeypatch.chdir(tmp_path)
    signs = [*SIGNS.replace("\x00", ""), *ESCAPES]
    names = [f"a{sign}b" for sign in signs]
    open_ledger("outreach.db").put(
        [
            Placement(campaign="spring", resource=f"telegram:smm_{number}", final_url=LINK, name=name)
            for number, name in enumerate(names)
        ]
    )
    shown = run(f"placements list --format {form}", stream=Terminal)[1].decode()
    piped = run(f"placements list --format {form}")[1]
    assert run(f"placements export --format {form} -o made.{form}")[0] == 0
    assert not UNSAFE.search(shown)
    assert piped == (tmp_path / f"made.{form}").read_bytes()
    if form == "json":
        assert [one["name"] for one in json.loads(shown)] == [one["name"] for one in json.loads(piped)] == names
    elif form == "jsonl":
        assert [json.loads(line)["name"] for line in shown.splitlines()] == names
    elif form == "csv":
        assert all(name in piped.decode() for name in names)
        assert all(f"\\x{ord(one[0]):02x}" in shown or f"\\u{ord(one[0]):04x}" in shown for one in signs)


@pytest.mark.usefixtures("folder")
def test_who_shows_labels_that_a_terminal_does_not_obey():
    """The one command for a terminal alone."""
    code, out, _ = run("who telegram:smm_riga likes.csv", "cp1252", stream=Terminal)
    assert (code, out) == (0, b"Anna\nBoris\n")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_errors_are_shown_in_every_encoding(encoding, tmp_path, monkeypatch):
    """Usage and input; nothing of what was typed is obeyed."""
    monkeypatch.chdir(tmp_path)
    for line, wanted in (("rank Ж\x1b[31m.csv", 3), ("Ж\x1b[31m", 2), ("rank --Ж\x1b[31m", 2)):
        code, out, err = run(line, encoding)
        assert (code, out) == (wanted, b"")
        assert "\x1b" not in err.decode(encoding)


@pytest.mark.parametrize("line", [*PROGRAMS.values(), *PEOPLE.values()], ids=[*PROGRAMS, *PEOPLE])
def test_a_closed_output_is_said(line, there):
    """In one sentence, before anything else is done."""
    before = {path: path.read_bytes() for path in there.rglob("*") if path.is_file()}
    code, _, err = run(line, closed=("stdout",))
    first, *more = err.decode().splitlines()
    assert (code, first) == (1, "Error: standard output is closed")
    assert all(text.startswith("Hint: ") for text in more)
    assert before == {path: path.read_bytes() for path in there.rglob("*") if path.is_file()}
    assert run(line, closed=("stdout", "stderr")) == (1, b"", b"")


@pytest.mark.parametrize("closed", [("stdout",), ("stderr",), ("stdout", "stderr")], ids=" and ".join)
@pytest.mark.parametrize("line", QUIET.values(), ids=QUIET)
@pytest.mark.usefixtures("folder")
def test_what_needs_no_output_is_done_without(line, closed):
    """It is written, and nobody is told where nobody listens."""
    assert run(line, closed=closed)[0] == 0


@pytest.mark.parametrize("line", PEOPLE.values(), ids=PEOPLE)
@pytest.mark.usefixtures("there")
def test_closed_errors_are_harmless(line):
    """The result is the same."""
    code, out, _ = run(line, closed=("stderr",))
    assert (code, bool(out)) == (0, True)


@POSIX
@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("key t.me/smm_riga >&-", 1, "Error: standard output is closed\nHint: the result goes there\n"),
        ("placements list 1</dev/null", 1, "Error: standard output is closed\n"),
        ("placements export -o made.csv >&- 2>&-", 0, ""),
        ("rank --bogus >&- 2>&-", 2, ""),
        ("formats 2</dev/null", 0, ""),
        ("collect --ask ru 2>/dev/full", 0, ""),
        ("check likes.csv", 0, ""),
        ("--help >&-", 1, "Error: standard output is closed\n"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_shell_closes_streams(line, code, said):
    """As it really is, with an encoding that has few letters."""
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONWARNINGS": "error"}
    command = f'"{sys.executable}" -m outreach {line}'
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, env=environment, check=False)
    assert done.returncode == code
    assert done.stderr.decode("cp1252").startswith(said)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.parametrize("failure", [BrokenPipeError, OSError, ValueError])
def test_a_remark_that_nobody_hears_ends_nothing(failure, monkeypatch):
    """The listener is gone, the disk full, the stream closed."""

    class Gone(io.StringIO):
        def write(self, text):  # noqa: ARG002 - the signature of a stream
            raise failure

    monkeypatch.setattr(sys, "stderr", Gone())
    outreach.cli.shared.remark("one", "two")
    assert sys.stderr is None
