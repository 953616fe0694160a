"""The brief: what is understood, what holds where, and what is said of mistakes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.campaign.settings import Settings
from outreach.errors import InputError
from outreach.files.toml import quoted
from outreach.teasers.brief import Brief, Disclosure, Short, read_brief
from outreach.teasers.brief_text import brief_text
from outreach.teasers.links import Scheme
from outreach.teasers.questions import ASKED, LANGUAGES, questions_in

SAMPLES = Path(__file__).parents[2] / "sample_data"
NEEDED = """\
url = "https://example.org/a"
campaign = "Весна 2026"
problem = "Поздно?"
solution = "План."
"""
PIECES = [
    "\n", "=", '"', "'", '"""', "[", "]", "{", "}", ",", ".", "#", "\\", "“", "”", "short", "platform", "resource",
    "utm", "title", "bonus", "telegram", "url", "x:smm", "id", "true", "5", "1979-05-27", "\u00a0", "disclosure",
    "hashtags",
]  # fmt: skip


@pytest.fixture
def read(tmp_path):
    """Read a brief from a text."""

    def call(text, encoding="utf-8"):
        path = tmp_path / "brief.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return read_brief(path)

    return call


@pytest.fixture
def refused(read, tmp_path):
    """Read what cannot be read; what is said without the folder, and the hint."""

    def call(text, encoding="utf-8"):
        with pytest.raises(InputError) as told:
            read(text, encoding)
        assert told.value.hint
        return told.value.message.replace(f"{tmp_path}/", ""), told.value.hint

    return call


def test_what_is_needed_is_enough(read):
    """Everything else has a value that says nothing."""
    assert read(NEEDED) == Brief("https://example.org/a", "Весна 2026", ("Поздно?",), ("План.",))


def test_what_the_brief_does_not_say_the_campaign_does(tmp_path):
    """Its market and how links are tagged; what the brief says goes first, and so does an empty market."""
    usual, path = Settings(market="RU", utm={"medium": "cpc"}), tmp_path / "brief.toml"
    for text, market, medium in (("", "RU", "cpc"), ('market = "LV"\n[utm]\nmedium = "social"\n', "LV", "social")):
        path.write_text(NEEDED + text, encoding="utf-8")
        brief = read_brief(path, usual)
        assert (brief.market, brief.utm.medium) == (market, medium)
    path.write_text(NEEDED + 'market = ""\n', encoding="utf-8")
    assert read_brief(path, usual).market == ""


def test_everything_is_read(read):
    """Each name where it belongs."""
    brief = read(
        NEEDED + 'bonus = ["Список.", "Таблица."]\nbonus_how = "в статье"\ntitle = "Т"\nauthor = "А"\ncompany = "К"\n'
        'language = "ru"\nhashtags = ["#SMM", "план"]\nimage = "a/b.png"\nmarket = "ru"\nemoji = true\n'
        'link_place = "comment"\n[short]\nproblem = "П?"\n[disclosure]\ntext = "Реклама"\nerid = "2Vf"\n'
        '[utm]\nscheme = "resource-first"\nmedium = "social"\nseparator = "_"\nid = true\n'
    )
    assert brief.bonus == ("Список.", "Таблица.")
    assert (brief.bonus_how, brief.title, brief.author, brief.company) == ("в статье", "Т", "А", "К")
    assert (brief.language, brief.market, brief.hashtags) == ("ru", "RU", ("SMM", "план"))
    assert (brief.image, brief.emoji, brief.link_place) == ("a/b.png", True, "comment")
    assert brief.short == Short(problem=("П?",))
    assert brief.disclosure == Disclosure("Реклама", "2Vf")
    assert brief.utm == Scheme(order="resource-first", separator="_", utm_id=True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_as_editors_save_it(read, encoding, line_end):
    """With a mark before it, in the encoding of a Russian Windows, with any line ends."""
    text = NEEDED + 'bonus = """\nТаблица с пятью вопросами.\nИ место для ответов."""\n'
    brief = read(text.replace("\n", line_end), encoding)
    assert (brief.campaign, brief.bonus) == ("Весна 2026", ("Таблица с пятью вопросами.\nИ место для ответов.",))


def test_variants_go_by_their_place_in_the_list():
    """The first of each list together; a shorter list begins again."""
    brief = Brief(
        "https://example.org", "a", ("1", "2", "3"), ("x",), ("i", "j"), short=Short(problem=("k",), bonus=("l", "m"))
    )
    found = [
        (one.name, one.problem, one.solution, one.bonus, one.short_problem, one.short_bonus) for one in brief.variants
    ]
    assert found == [
        ("a", "1", "x", "i", "k", "l"),
        ("b", "2", "x", "j", "k", "m"),
        ("c", "3", "x", "i", "k", "l"),
    ]  # fmt: skip


@given(*[st.lists(st.text(min_size=1), min_size=1, max_size=26)] * 3)
def test_every_text_is_in_a_variant(problem, solution, bonus):
    """And there are no more variants than the longest list has texts."""
    variants = Brief("https://example.org", "a", tuple(problem), tuple(solution), tuple(bonus)).variants
    assert len(variants) == len({one.name for one in variants}) == max(map(len, (problem, solution, bonus)))
    assert {one.problem for one in variants} == set(problem)
    assert {one.solution for one in variants} == set(solution)
    assert {one.bonus for one in variants} == set(bonus)


def test_a_place_has_its_own(read):
    """What holds for a resource lies over what holds for its platform, and that over everything."""
    brief = read(
        NEEDED
        + 'hashtags = ["a"]\nlanguage = "ru"\n[short]\nproblem = "П?"\nbonus = "Б"\n[disclosure]\ntext = "Реклама"\n'
        '[platform.telegram]\nhashtags = []\ntitle = "T"\n[platform.telegram.short]\nbonus = "ТБ"\n'
        '[resource."https://t.me/smm_riga"]\nproblem = ["Late?", "Lost?"]\nlanguage = "en"\n'
        'disclosure = { erid = "2Vf" }\n'
    )
    assert brief.for_place("x", "x:smm") is brief
    there = brief.for_place("telegram", "telegram:other")
    assert (there.hashtags, there.title, there.language, there.short) == ((), "T", "ru", Short(("П?",), (), ("ТБ",)))
    smm = brief.for_place("telegram", "telegram:smm_riga")
    assert (smm.hashtags, smm.title, smm.language) == ((), "T", "en")
    assert [one.problem for one in smm.variants] == ["Late?", "Lost?"]
    assert smm.disclosure == Disclosure("Реклама", "2Vf")
    assert smm.campaign == brief.campaign


@pytest.mark.parametrize(
    ("line", "said", "hint"),
    [
        ("title = “A plan”", "a text begins or ends with curly quotes", "straight quotes"),
        ("title = «План»", "a text begins or ends with curly quotes", "straight quotes"),
        ('title = "A plan”', "a text begins or ends with curly quotes", "straight quotes"),
        ('bonus = ["One", “Two”]', "a text begins or ends with curly quotes", "straight quotes"),
        ("[resource.“telegram:smm_riga”]", "a text begins or ends with curly quotes", "straight quotes"),
        (r'image = "C:\new\pic.png"', "a text has a backslash", "C:/new/pic.png"),
        (r'image = "C:\users\pic.png"', "a text has a backslash", "C:/new/pic.png"),
        ('image = "C:\\pics\\"', "a text has a backslash", "C:/new/pic.png"),
        ("title = A plan", "the value after = is not a text in quotes", 'name = "text"'),
        ("emoji = True", "the value after = is not a text in quotes", "true or false"),
        ('title = "A plan', "a text has no closing quote on its line", "several lines"),
        ('title = "The "plan" it is"', "there is something after the end of a text", "inside a text"),
        ("title: 'A plan'", "a name and = are expected here", "name ="),
        ("just words", "a name and = are expected here", "name ="),
        ('заголовок = "План"', "this line does not begin with a known name", "names are English"),
        ("[resource.telegram:smm_riga]", "this heading cannot be read", 'resource."telegram:smm_riga"'),
        ("[short]\n[short]", "this heading is in it twice", "below one of them"),
        ('title\u00a0= "A plan"', "there is a special space before the text", "type that space again"),
        ('title = "a\x0bb"', "a text has an invisible character", "type that part again"),
    ],
)
def test_no_toml_is_told(refused, line, said, hint):
    """In the words of a person, with the line and the way out; at the end of the file as in its middle."""
    number = 6 if "\n" in line else 5
    for end in ("\n", "", "\n\n"):
        message, advice = refused(f"{NEEDED}{line}{end}")
        assert message == f"brief.toml, line {number}: {said}"
        assert hint in advice


def test_a_long_text_without_end_is_told_where_it_begins(refused):
    """The parser notices at the end only."""
    message, advice = refused(f'{NEEDED}title = "A"\nbonus = """\none\ntwo\n')
    assert message == 'brief.toml, line 6: a text in """ is not closed'
    assert "close it" in advice


@pytest.mark.parametrize(
    "text",
    [
        'title = "“A plan” and « more »"',
        "title = 'C:\\new, “x”'",
        'bonus = ["a", # “note”\n"b"]',
        'title = "“A”" # C:\\',
    ],
)
def test_curly_quotes_and_backslashes_inside_are_fine(read, text):
    """Only those that open or close a text are in the way."""
    assert read(f"{NEEDED}{text}\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (r'image = "C:\new\team.png"', "image: a backslash in it was read as a line break or a tab"),
        ('titel = "T"', "titel is not a known name; do you mean title?"),
        ('Problem = "T"', "Problem is not a known name; do you mean problem?"),
        ('wwwww = "T"', "wwwww is not a known name; known: url, "),
        ("title = 5", "title: it must be a text in quotes"),
        ("title = ['T']", "title: it must be a text in quotes"),
        ('emoji = "yes"', "emoji: it must be true or false"),
        ("bonus = []", "bonus: this list is empty"),
        ('bonus = ["a", " "]', "bonus: this list has an empty text"),
        ("bonus = ['a', 5]", "bonus: it must be a text in quotes"),
        (f"bonus = {['a'] * 27}", "bonus: more than 26 variants"),
        ('hashtags = ["c++"]', "hashtags: a hashtag has only letters"),
        ('hashtags = ["2026"]', "hashtags: a hashtag has only letters"),
        ('language = "gr"', "language: this is not the code of a language; do you mean el?"),
        ('language = "klingon"', "language: it must be a code of two or three letters"),
        ('market = "Narnia"', "market: it must be a code of two letters"),
        ('link_place = "top"', "link_place: not a place for a link"),
        ('short = "T"', "short has names of its own: write it as a heading, [short]"),
        ('platform = "T"', "platform is a heading: [platform.telegram]"),
        ('title = "a\\u0000b"', "title: a backslash in it means an invisible character"),
        (f'author = "{"a" * 301}"', "author: longer than 300 characters"),
    ],
)
def test_values_that_cannot_be_used_are_told(refused, line, said):
    """With the file and the line."""
    message, _ = refused(f"{NEEDED}{line}\n")
    assert message.startswith(f"brief.toml, line 5: {said}")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('[short]\ntitle = "T"', "title is not a known name below [short]; "),
        ('[disclosure]\neri = "T"', "eri is not a known name below [disclosure]; do you mean erid?"),
        ('[platform.myspace]\ntitle = "T"', "myspace is not a platform; known: "),
        ('[platform.vk]\ncampaign = "T"', "campaign is not a known name below [platform]; "),
        ('[resource."Baltic Club"]\ntitle = "T"', "this heading is not a place: "),
        ('[resource."vk:club7"]\nproblem = ""', "problem is empty"),
        ('[platform.vk]\ntitle = "T"\n[platform."вк"]\ntitle = "U"', "vk has a heading already"),
        (
            '[resource."vk:club7".disclosure]\neri = "T"',
            "eri is not a known name below [resource]; do you mean erid?",
        ),
        ('[utm]\nscheme = "mine"', "utm: unknown scheme"),
    ],
)
def test_mistakes_below_headings_are_told(refused, lines, said):
    """With the line of the name or of the heading."""
    message, _ = refused(f"{NEEDED}{lines}\n")
    where, _, sentence = message.partition(": ")
    assert where in {f"brief.toml, line {number}" for number in (5, 6, 7)}
    assert sentence.startswith(said)


def test_all_mistakes_are_told_at_once(refused):
    """A sentence a line, so that nobody has to run it five times."""
    message, _ = refused('url = "example.org"\ncampaign = ""\nproblem = "P?"\ntitel = "T"\n')
    assert message.splitlines() == [
        "brief.toml, line 1: url: the address does not begin with http:// or https://; write https:// before it",
        "brief.toml, line 4: titel is not a known name; do you mean title?",
        "brief.toml, line 2: campaign is empty",
        "brief.toml: solution is missing",
    ]


def test_private_data_in_the_campaign_is_told(refused):
    """It would stand in every link."""
    message, _ = refused(NEEDED.replace("Весна 2026", "anna@example.org"))
    assert message.startswith("brief.toml, line 2: campaign: ")
    assert "anna" not in message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"{\\rtf1\\ansi problem}", "this is a letter with fonts (RTF), not plain text"),
        (b"PK\x03\x04 and more", "this is a document of an office program, not plain text"),
        (b"\x00\x01\x02\x00\x03" * 100, "this is not text"),
        (b"#" * 1_000_001, "too large for a brief"),
        (b"a = " + b"[" * 100_000, "lists nested too deeply"),
        (b"a = " + b"1" * 10_000, "a number in it is too long"),
    ],
    ids=["empty", "rtf", "zip", "binary", "large", "deep", "number"],
)
def test_what_is_no_brief_is_told(refused, content, said):
    """In one sentence."""
    assert refused(content)[0] == f"brief.toml: {said}"


@given(
    st.one_of(
        st.binary(),
        st.text().map(lambda text: text.encode("utf-8", "replace")),
        st.lists(st.sampled_from(PIECES)).map(lambda pieces: "".join([NEEDED, *pieces]).encode()),
    )
)
def test_any_file_is_a_brief_or_told(tmp_path_factory, content):
    """Never anything else."""
    path = tmp_path_factory.mktemp("brief") / "brief.toml"
    path.write_bytes(content)
    try:
        brief = read_brief(path)
    except InputError as told:
        assert str(path) in told.message  # noqa: PT017 - a brief is as right
    else:
        assert all((brief.url, brief.campaign, brief.problem, brief.solution))


def test_a_missing_file_is_told(tmp_path):
    """A folder too."""
    for path in (tmp_path / "nowhere.toml", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_brief(path)


@given(st.text())
def test_any_text_is_written_so_that_it_can_be_read(text):
    """What comes back is what went in."""
    assert tomllib.loads(f"a = {quoted(text)}")["a"] == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brief_that_was_written_can_be_read(read, language):
    """In every language of the notes; the notes themselves are TOML once their sign is gone."""
    answers = {
        "url": "https://example.org/a", "campaign": "Весна", "problem": "Поздно?\nОпять?", "solution": 'План "А".',
        "hashtags": "#a b, c", "market": "LV", "language": language,
    }  # fmt: skip
    brief = read(brief_text(answers, language))
    assert (brief.problem, brief.solution) == (("Поздно?\nОпять?",), ('План "А".',))
    assert (brief.hashtags, brief.market, brief.language) == (("a", "b", "c"), "LV", language)
    text = brief_text(answers, language)
    used = "\n".join(
        line.removeprefix("# ") if "=" in line or line.startswith("# [") else line for line in text.split("\n")[4:]
    )
    whole = read(used)
    assert set(whole.places) == {"telegram", "telegram:smm_riga"}
    assert whole.utm == Scheme()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_there_in_every_language(language):
    """And no other."""
    names = questions_in(language).names
    assert names.keys() == questions_in("en").names.keys() >= set(ASKED)
    assert all(names.values())
    assert language == "en" or not set(names.values()) & set(questions_in("en").names.values())


@pytest.mark.parametrize(("name", "language"), [("brief.toml", "en"), ("brief_ru.toml", "ru")])
def test_sample_briefs(name, language):
    """They have all that a draft can use."""
    brief = read_brief(SAMPLES / name)
    assert (brief.language, len(brief.variants)) == (language, 2)
    assert brief.url.startswith("https://example.org/")
    assert all((brief.bonus, brief.bonus_how, brief.title, brief.company, brief.disclosure.text, brief.short.problem))
    assert not any(brief.company in text for text in brief.problem)


def test_the_text_of_one_place(read, refused):
    """By its name, and only one that there is."""
    several = NEEDED.replace('"Поздно?"', '["Поздно?", "Рано?"]')
    text = several + '[resource."vk:club7"]\nvariant = "b"\n'
    assert read(text).for_place("vk", "vk:club7").variant == "b"
    assert read(text).for_place("vk", "vk:club8").variant == ""
    assert refused(text.replace('= "b"', '= "c"'))[0].endswith("variant: unknown; known: a, b")
    assert "variant is not a known name" in refused('variant = "b"\n' + several)[0]
