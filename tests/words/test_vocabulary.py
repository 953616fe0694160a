"""The languages: every file says the same kinds of things, and what is compiled is what they say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from itertools import chain, pairwise
from pathlib import Path

import pytest

from outreach.words import vocabulary
from outreach.words.vocabulary import COMPARED, COMPILED, FIRST, FOLDER, keys_of, texts_of, words_of

ROOT = Path(__file__).parents[2]
CODES = sorted(path.stem for path in FOLDER.glob("*.toml"))
COUNT = "from outreach.words.vocabulary import words_of; print(len(words_of('cells.yes')))"
PARSED = (
    "import sys; from outreach.words.vocabulary import words_of; words_of('cells.yes'); print('tomllib' in sys.modules)"
)


def lists(table, above=""):
    """Yield the names of all lists and texts of a file, and what they hold."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from lists(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


LANGUAGES = {code: dict(lists(tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8")))) for code in CODES}
SECTIONS = sorted({name for code in CODES for name, value in LANGUAGES[code].items() if isinstance(value, list)})


@pytest.mark.parametrize("code", FIRST)
def test_a_language_has_every_list(code):
    """A list that a language lacks is named; an empty one is an answer."""
    wanted = set(chain.from_iterable(LANGUAGES[other] for other in FIRST))
    assert sorted(wanted - LANGUAGES[code].keys()) == []


@pytest.mark.parametrize("code", [code for code in CODES if code not in (*FIRST, "tools")])
def test_a_few_words_of_a_language_need_no_other_lists(code):
    """What stands in a file of a few words is a list that somebody reads, not a slip of the pen."""
    of_no_language = {
        "accepting_signs.yes",
        "accepting_signs.no",
        "files.takeout_url",
        "currencies.PLN",
        "currencies.CZK",
    }
    assert LANGUAGES[code].keys() <= LANGUAGES["en"].keys() | of_no_language
    assert all(LANGUAGES[code].values())


@pytest.mark.parametrize("section", SECTIONS)
def test_words_are_compared_in_their_folded_form(section):
    """Folding a folded word changes nothing, none folds to nothing, none of a language stands there twice."""
    fold = COMPARED.get(section.partition(".")[0], str)
    words = words_of(section)
    assert "" not in words
    assert {fold(word) or word for word in words} == words
    for code in CODES:
        own = [fold(word) or word for word in LANGUAGES[code].get(section, [])]
        assert sorted(own) == sorted(set(own)), code


@pytest.mark.parametrize("table", ["values", "days", "currencies", "platforms", "languages", "markets", "connecting"])
def test_words_that_are_compared_as_they_stand_are_in_lower_case(table):
    """Whoever looks them up has made his text so."""
    for section in SECTIONS:
        if section.startswith(f"{table}."):
            assert [word for word in texts_of(section) if word != word.lower()] == []


EXCLUDING = [
    ("cells.yes", "cells.no", "cells.unknown"),
    ("cells.total", "cells.yes", "cells.no", "cells.unknown"),
    ("accepting_signs.yes", "accepting_signs.no"),
    ("answers.nothing", "answers.unknown", "answers.yes", "answers.courtesy"),
    ("sizes.thousands", "sizes.millions", "sizes.milliards"),
    ("sizes.at_least", "sizes.at_most"),
    ("titles.followers", "titles.followed"),
    ("headers.first_name", "headers.last_name"),
    ("days.today", "days.yesterday"),
    *(
        tuple(f"{table}.{key}" for key in keys_of(table))
        for table in (
            "accepting", "statuses", "deals", "link_places", "payments", "currencies", "months", "month_beginnings",
            "languages", "markets", "headers.sheet", "headers.links", "headers.results", "headers.aliases", "ways_in",
            "found_in",
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize("sections", EXCLUDING, ids=lambda sections: sections[0])
def test_no_word_has_two_meanings(sections):
    """Of meanings that exclude each other a word has one."""
    words = sorted(chain.from_iterable(words_of(section) for section in sections))
    assert sorted({word for word, after in pairwise(words) if word == after}) == []


def test_every_list_is_read():
    """A list that no code names is a leftover."""
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "outreach").rglob("*.py"))
    tables = set(re.findall(r"(?:keys_of|meanings_of|Form)\(\s*\"([a-z0-9_.]+)\"", code)) | {
        "headers.events",
        "headers.likes",
    }
    made = {f"{before}." for before in re.findall(r"_of\(f[\"']([a-z0-9_.]+)\.\{", code)} | {
        "files.of_",
        "cells.",
        "questions.",
    }
    unread = [
        section
        for section in SECTIONS
        if f'"{section}"' not in code and f"'{section}'" not in code
        and section.rpartition(".")[0] not in tables and not section.startswith(tuple(made))
    ]  # fmt: skip
    assert unread == []


@pytest.fixture
def package(tmp_path):
    """Return a copy of the package, as a checkout that nobody has installed."""
    shutil.copytree(
        ROOT / "outreach", tmp_path / "outreach", ignore=shutil.ignore_patterns("__pycache__", f"{COMPILED}*")
    )
    return tmp_path


def python(package, *arguments, cwd=None):
    """Run Python with that copy."""
    environment = {**os.environ, "PYTHONPATH": str(package), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd or package,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_checkout_is_parsed_once(package):
    """What was parsed is kept, and used by the next run."""
    assert [python(package, "-c", PARSED).strip() for _ in range(2)] == ["True", "False"]


def test_a_changed_language_is_noticed(package):
    """Whatever its time stamp says."""
    before = int(python(package, "-c", COUNT))
    path = package / "outreach" / "words" / "lv.toml"
    stamp = path.stat().st_mtime_ns
    path.write_text(path.read_text("utf-8").replace('yes = ["jā"', 'yes = ["zelvo", "jā"', 1), "utf-8")
    os.utime(path, ns=(stamp, stamp))
    assert int(python(package, "-c", COUNT)) == before + 1


@pytest.mark.parametrize("content", [b"", b"checksum", b"checksum\n1", b"\xff\xfe", b"\x1e\x1e"])
def test_a_damaged_file_is_made_anew(package, content):
    """It is never believed."""
    (package / "outreach" / "words" / COMPILED).write_bytes(content)
    assert int(python(package, "-c", COUNT)) == len(words_of("cells.yes"))
    whole = (package / "outreach" / "words" / COMPILED).read_bytes()
    assert whole == vocabulary.compiled(vocabulary.read_sources(FOLDER))
    (package / "outreach" / "words" / COMPILED).write_bytes(whole[:-20])
    assert python(package, "-c", PARSED).strip() == "True"


def test_a_folder_that_takes_no_files_is_enough(package):
    """Then every run parses."""
    (package / "outreach" / "words" / COMPILED).mkdir()  # stands in the way of administrators too
    assert [python(package, "-c", PARSED).strip() for _ in range(2)] == ["True", "True"]
    assert [path.name for path in (package / "outreach" / "words").glob(f"{COMPILED}*")] == [COMPILED]


def test_several_programs_begin_at_once(package):
    """Each has its words, and one whole file is left."""
    command = [sys.executable, "-c", COUNT]
    running = [
        subprocess.Popen(command, cwd=package, env={**os.environ, "PYTHONPATH": str(package)}, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    assert {int(one.communicate()[0]) for one in running} == {len(words_of("cells.yes"))}
    assert [path.name for path in (package / "outreach" / "words").glob(f"{COMPILED}*")] == [COMPILED]
    assert python(package, "-c", PARSED).strip() == "False"


def guide():
    """Return the examples of the guide: a language, and a list in it."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = text.partition("## Adding a language")[2].partition("\n## ")[0]
    return re.search(r"```toml\n(.*?)```", section, re.DOTALL)[1], re.search(r"```csv\n(.*?)```", section, re.DOTALL)[1]


def ranked(package, tmp_path, text):
    """Return the ranking of a list: place, overlap, customers listed, size."""
    (tmp_path / "list.csv").write_text(text, "utf-8")
    arguments = ("-m", "outreach", "rank", "list.csv", "--min-subscribers", "0", "--format", "json")
    rows = json.loads(python(package, *arguments, cwd=tmp_path))
    return [(row["resource"], row["overlap"], row["listed"], row["subscribers"]) for row in rows]


def test_a_language_is_one_file(package, tmp_path):
    """The guide's example: headers, a size in words and a row of sums are read as soon as the file lies there."""
    language, table = guide()
    before = ranked(package, tmp_path, table.replace("12,5 mil", "12500"))
    (package / "outreach" / "words" / "eo.toml").write_text(language, "utf-8")
    assert ranked(package, tmp_path, table) == [("telegram:smm_riga", 2, 2, 12500), ("vk:club7", 1, 1, None)]
    assert before != ranked(package, tmp_path, table)
    matrix = "Kliento;t.me/smm_riga;vk.com/club7\nAnna;Jes;Ne\nBoris;Jes;Jes\nEntute;2;1\n"
    assert ranked(package, tmp_path, matrix) == [("telegram:smm_riga", 2, 2, None), ("vk:club7", 1, 2, None)]


@pytest.mark.parametrize("content", ["yes = 1", "[cells]\nyes = [1]", "[cells\n", b"\xff"])
def test_a_file_that_is_no_language_is_named(content):
    """Whoever writes one is told where it is wrong."""
    sources = {"xx.toml": content.encode() if isinstance(content, str) else content}
    with pytest.raises(ValueError, match=r"xx\.toml"):
        vocabulary.compiled(sources)
