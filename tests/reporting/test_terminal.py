import io
import re
import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from outreach.reporting import ranking_lines, show_ranking

TITLE = "What your customers follow · likes.csv · 12 customers"

PLACES = (
    {"rank": 1, "name": "Маркетинг без бюджета"},
    {
        "rank": 2,
        "resource": "facebook:balticmarketers",
        "platform": "facebook",
        "name": "Baltic Marketers Club",
        "url": "https://www.facebook.com/balticmarketers",
        "subscribers": 31_000,
        "overlap": 6,
        "listed": 11,
        "share_low": 0.28,
        "share_high": 0.79,
        "affinity": 80.2,
    },
    {
        "rank": 3,
        "resource": "facebook:name/riga%20market",
        "platform": "facebook",
        "name": None,
        "url": None,
        "subscribers": None,
        "overlap": 6,
        "listed": 11,
        "share_low": 0.28,
        "share_high": 0.79,
        "affinity": None,
    },
    {
        "rank": 3,
        "resource": "vk:marketing_ot_a",
        "platform": "vk",
        "name": "Интернет-маркетинг от Александры и друзей",
        "url": "https://vk.com/marketing_ot_a",
        "subscribers": None,
        "overlap": 6,
        "listed": 9,
        "share_low": 0.35,
        "share_high": 0.88,
        "affinity": None,
    },
    {"rank": 5, "resource": "telegram:jp", "name": "日本語のマーケティングコミュニティの長い名前", "overlap": 5},
    {"rank": 6, "resource": "telegram:he", "name": "שיווק דיגיטלי", "overlap": 5},
    {"rank": 7, "resource": "telegram:em", "name": "👨‍👩‍👧 ❤️ 👍🏽 family", "overlap": 5},
    {"rank": 8, "resource": "telegram:ev", "name": "\x1b[31mred\x1b[0m \u202eliving\u0301\r\n|", "overlap": 5},
    {"rank": 9, "resource": "telegram:nameless", "name": None, "subscribers": 1_234_567, "overlap": 5},
)

NARROW = """\
 What your customers follow · likes.csv · 12 customers
 #   place                                 subscribers  customers  likely range
 1   telegram  Маркетинг без бюджета            48 200    7 of  9       45-94 %
 ──────────────────────────────────────────────────────────────────────────────
 2   facebook  Baltic Marketers Club            31 000    6 of 11       28-79 %
 3   facebook  ~ riga market                         ?    6 of 11       28-79 %
 3   vk        Интернет-маркетинг от Але…            ?    6 of  9       35-88 %
 ──────────────────────────────────────────────────────────────────────────────
 5   telegram  日本語のマーケティングコ…        48 200    5 of  9       45-94 %
 6   telegram  \u2068שיווק דיגיטלי\u2069                    48 200    5 of  9       45-94 %
 7   telegram  👨👩👧 ❤ 👍 family               48 200    5 of  9       45-94 %
 8   telegram  red livinǵ |                     48 200    5 of  9       45-94 %
 9   telegram  nameless                      1 234 567    5 of  9       45-94 %
"""

WIDE = """\
 t
 #   place                                     subscribers  affinity  customers  likely range  key
 1   telegram  Маркетинг без бюджета                48 200       132    7 of  9       45-94 %  telegram:budget
 ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
 2   facebook  Baltic Marketers Club                31 000        80    6 of 11       28-79 %  facebook:balticmarketers
"""

ASCII = """\
 What your customers follow ? likes.csv ? 12 customers
 #   place                                 subscribers  customers  likely range
 1   telegram  ????????? ??? ???????            48 200    7 of  9       45-94 %
 ------------------------------------------------------------------------------
 2   facebook  Baltic Marketers Club            31 000    6 of 11       28-79 %
"""


class Terminal(io.TextIOWrapper):
    """A terminal that keeps what it is sent."""

    def __init__(self, encoding="utf-8"):
        super().__init__(io.BytesIO(), encoding=encoding, newline="\n")

    def isatty(self):
        return True

    def text(self):
        self.flush()
        return self.buffer.getvalue().decode(self.encoding)


@pytest.fixture
def colour(monkeypatch):
    """A usual terminal, whatever the tests run in."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "COLORTERM", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return monkeypatch


def test_picture_at_80_columns(ranking):
    """Ties, unknown sizes, names only, cut names, wide, right-to-left, joined and hostile names: columns stay."""
    assert ranking_lines(ranking(*PLACES), title=TITLE) == NARROW


def test_wide_picture_has_affinity_and_whole_keys(ranking):
    """Wide is 120 cells; the key stands last."""
    assert ranking_lines(ranking(*PLACES[:2]), title="t", wide=True) == WIDE


def test_wide_picture_grows_for_a_long_key(ranking):
    """Keys are what one pastes into the next command, so they are never cut."""
    key = "web:" + "x" * 200
    lines = ranking_lines(ranking({"resource": key}), title="", wide=True).splitlines()
    assert lines[1].endswith("  " + key)
    assert cell_len(lines[0].partition("key")[0]) == cell_len(lines[1].partition(key)[0])


def test_ascii_output_has_ascii_signs(ranking):
    """A name that the encoding lacks is question marks; the rule is made of hyphens."""
    assert ranking_lines(ranking(*PLACES[:2]), title=TITLE, encoding="ascii") == ASCII
    assert ranking_lines(ranking(*PLACES), title=TITLE, encoding="no-such-encoding").isascii()


@pytest.mark.parametrize("encoding", ["ascii", "cp1251", "cp866", "cp1252", "latin-1", "shift_jis", "utf-16"])
def test_every_encoding_takes_the_picture(ranking, encoding):
    """No UnicodeEncodeError, and the columns stay."""
    text = ranking_lines(ranking(*PLACES), title=TITLE, encoding=encoding)
    text.encode(encoding)
    assert len({cell_len(line) for line in text.splitlines()[1:]}) == 1


def test_rules_stand_between_groups_of_equal_overlap_only(ranking):
    """Sorted by something else the table has no rules; sorted by affinity it shows it."""
    table = ranking(*PLACES)
    assert "─" in ranking_lines(table, title="")
    for by in ("share", "affinity"):
        assert "─" not in ranking_lines(table, title="", by=by)
    assert "affinity" in ranking_lines(table, title="", by="affinity").splitlines()[0]


def test_top_limits_the_places(ranking):
    """Zero is all."""
    table = ranking(*PLACES)
    assert len(ranking_lines(table, title="", top=2).splitlines()) == 4
    assert len(ranking_lines(table, title="", top=0).splitlines()) == 12


def test_nothing_left_is_a_sentence(ranking):
    """An empty table is an answer too."""
    assert ranking_lines(ranking(), title="t") == " t\n No place passes these filters.\n"


def test_longer_names_use_a_wider_terminal(ranking):
    """A line grows as far as its names need, not further."""
    text = ranking_lines(ranking(*PLACES), title="", width=200)
    assert "Интернет-маркетинг от Александры и друзей" in text
    assert {cell_len(line) for line in text.splitlines()} == {97}
    assert ranking_lines(ranking(PLACES[0]), title="", width=200) == ranking_lines(ranking(PLACES[0]), title="")


@pytest.mark.parametrize("width", [*range(22, 90, 3), 80, 120, 1000])
def test_any_width_keeps_columns_and_fits(ranking, width):
    """Names shrink, then columns go; no line is wider than the terminal or than its neighbours."""
    lines = ranking_lines(ranking(*PLACES), title=TITLE, width=width).splitlines()
    assert len({cell_len(line) for line in lines[1:]}) == 1
    assert max(map(cell_len, lines)) < width
    assert all(" of " in line for line in lines[2:] if "──" not in line)


TRICKY = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            "\u200d\ufe0f\ufe0e\u0301\u202e\u2067\u2069\x1b[]m;\\\x9b\r\n\t 👩🏽❤1\u20e3🇱🇻한ᄒ\u1161\u11ab\u3164אبกำ"
        ),
    ),
    max_size=40,
)


@settings(deadline=None)  # the engine's first query is slow
@given(names=st.lists(st.none() | TRICKY, min_size=1, max_size=4), width=st.sampled_from([40, 60, 80, 130]))
@example(names=["a\u200d", "\u0301", "\ufe0f", "~", "\x1b", "\u115f"], width=80)
def test_no_name_breaks_the_columns(ranking, names, width):
    """Whatever the names, every line has the same width in cells and no sign that moves the cursor."""
    table = ranking(
        *({"name": name, "resource": f"telegram:{number}"} for number, name in enumerate(names)),
    )
    text = ranking_lines(table, title="", width=width)
    lines = text.split("\n")[:-1]
    assert len(lines) == len(names) + 1
    assert {cell_len(line) for line in lines} == {cell_len(lines[0])}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067\u200d\ufe0f]", text)


@settings(deadline=None)  # the engine's first query is slow
@given(key=TRICKY, platform=TRICKY, title=TRICKY)
def test_keys_and_titles_are_harmless_too(ranking, key, platform, title):
    """They come from files and file names."""
    table = ranking({"resource": f"x:{key}", "platform": platform, "name": None})
    text = ranking_lines(table, title=title, wide=True)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]", text)


def test_terminal_gets_links_and_colour(ranking, colour):  # noqa: ARG001 - sets the environment
    """The name is clickable; what is seen is the plain picture."""
    terminal = Terminal()
    show_ranking(ranking(*PLACES), title=TITLE, stream=terminal, width=80)
    text = terminal.text()
    assert re.search(r"\x1b\]8;id=\d+;https://t\.me/budget\x1b\\Маркетинг без бюджета\x1b\]8;;\x1b\\", text)
    assert "\x1b[1m" in text
    assert "\x1b[36m" in text
    assert re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", text) == NARROW


def test_unsafe_address_is_no_link(ranking, colour):  # noqa: ARG001 - sets the environment
    """Only plain http(s) addresses become links."""
    terminal = Terminal()
    show_ranking(ranking({"url": "javascript:alert(1)"}), title="", stream=terminal)
    assert "\x1b]8" not in terminal.text()


def test_no_color_is_respected(ranking, colour):
    """NO_COLOR takes the colours; TERM=dumb takes everything."""
    colour.setenv("NO_COLOR", "1")
    terminal = Terminal()
    show_ranking(ranking(*PLACES), title=TITLE, stream=terminal, width=80)
    assert not re.search(r"\x1b\[(?:\d+;)*[34]\d", terminal.text())
    colour.setenv("TERM", "dumb")
    terminal = Terminal()
    show_ranking(ranking(*PLACES), title=TITLE, stream=terminal, width=80)
    assert terminal.text() == NARROW


def test_terminal_of_another_encoding(ranking, colour):
    """An ASCII terminal prints question marks, not a traceback."""
    colour.setenv("TERM", "dumb")
    terminal = Terminal("ascii")
    show_ranking(ranking(*PLACES[:2]), title=TITLE, stream=terminal, width=80)
    assert terminal.text() == ASCII


def test_closed_pipe_reaches_the_caller(ranking, colour):  # noqa: ARG001 - sets the environment
    """The caller decides what a closed pipe means; rich does not end the program."""

    class Gone(Terminal):
        def write(self, _text):
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        show_ranking(ranking(*PLACES), title=TITLE, stream=Gone())


def test_pipe_gets_the_plain_picture(ranking, capsys):
    """Not a terminal: no escape sequences."""
    show_ranking(ranking(*PLACES), title=TITLE, top=0)
    assert capsys.readouterr().out == NARROW


def test_import_is_light():
    """A command that prints no table does not pay for the libraries that draw one."""
    code = "import sys, outreach.reporting; print(sorted({'rich', 'xlsxwriter', 'duckdb'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
