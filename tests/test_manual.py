"""The manual names everything that the program has, and its lines run. Its sources are read; Sphinx is not needed."""

import re
import shlex
import shutil
from dataclasses import fields
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from outreach import tables
from outreach.campaign.ledger.placement import PLACEMENTS
from outreach.campaign.settings import KINDS, TABLES, Settings
from outreach.cli import COMMANDS, main
from outreach.keys import PLATFORMS
from outreach.likes.exports import READERS as LISTS
from outreach.tracking.exports import READERS as RESULTS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = {path.relative_to(DOCS).as_posix(): path.read_text("utf-8") for path in sorted(DOCS.rglob("*.md"))}
SCHEMAS = {name: schema for name, schema in vars(tables).items() if isinstance(schema, tables.Schema)}
SCHEMAS["PLACEMENTS"] = PLACEMENTS


def commands(command, words=()):
    """Yield every command with its words, those of groups too."""
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), (*words, name))


ALL = dict(commands(main))


def sections(page):
    """Return the texts below each heading of a page, by heading."""
    parts = re.split(r"^#{2,} (.+)$", PAGES[page], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def table(text):
    """Return the first cells of a table's rows, without signs of code."""
    return re.findall(r"^\| `([^`]+)`", text, re.MULTILINE)


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_is_named_with_its_options(words):
    """Under its own heading, so that a search finds it."""
    text = sections("reference/commands.md")[" ".join(["outreach", *words])]
    assert f"$ {' '.join(['outreach', *words])} --help" in text
    for parameter in ALL[words].params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            for option in (*parameter.opts, *parameter.secondary_opts):
                assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", text), option


def test_commands_stand_in_the_order_of_the_program():
    """The order of the week."""
    top = re.findall(r"^## outreach (\S+)$", PAGES["reference/commands.md"], re.MULTILINE)
    assert top == list(COMMANDS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_column_is_named(name):
    """All columns of a table, in order, and nothing else."""
    columns = list(SCHEMAS[name].names)
    assert columns in [table(text) for text in sections("reference/columns.md").values()]


def test_every_list_reader_is_named():
    """What is read of a platform's export."""
    for reader in LISTS.readers():
        assert f"{reader.platform} ({reader.name}), " in PAGES["reference/formats.md"]


def test_every_result_reader_is_named():
    """What may stand behind --read-as."""
    assert table(sections("reference/formats.md")["Results"]) == sorted(one.name for one in RESULTS.readers())


def test_every_setting_is_named():
    """In the table, and in the file of a new campaign."""
    text = sections("reference/settings.md")
    assert table(text["Settings"]) == [field.name for field in fields(Settings)]
    assert {*KINDS, *TABLES} == {*table(text["Settings"])}
    for name in KINDS:
        assert re.search(rf"^(# )?{name} = ", text["The file of a new campaign"], re.MULTILINE), name


def test_every_exit_code_is_named():
    """Scripts depend on them."""
    codes = {error.exit_code for error in vars(__import__("outreach.errors", fromlist=["errors"])).values()
             if isinstance(error, type) and hasattr(error, "exit_code")}  # fmt: skip
    named = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGES["reference/commands.md"], re.MULTILINE)}
    assert {0, 130} | codes <= named


@pytest.mark.parametrize("platform", sorted(set(PLATFORMS) - {"web", "other", "x"}))
def test_every_platform_is_named(platform):
    """What is known is written down."""
    text = PAGES["explanation/places.md"]
    known = text[text.index("Known: ") + len("Known: ") : text.index("any other address")]
    assert platform in re.sub(r"[^a-z,]", "", known.lower()).split(",")


def test_every_variable_of_the_environment_is_named():
    """None works in secret."""
    named = r"OUTREACH_(?:[A-Z]+_TOKEN|[A-Z]+_CLIENT_ID|BOOK|CAMPAIGN|CONFIG_DIR|DB|SECRET|SHLINK_URL)\b"
    used = {name for path in (ROOT / "outreach").rglob("*.py") for name in re.findall(named, path.read_text("utf-8"))}
    assert len(used) >= 10
    assert [name for name in sorted(used) if f"`{name}`" not in PAGES["reference/commands.md"]] == []


# ---------------------------------------------------------------------------------------------------------------------
# Lines to paste.

WALKED = {"story.md", "ru/story.md"}
"""Pages whose lines go through a campaign: tests/test_story.py walks them."""


def shell(text):
    """Return the lines to paste of a page."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines() if line.startswith("outreach ")]


MADE = {"troubleshooting.md", "ru/troubleshooting.md"}
"""Pages whose lines run on small files that cog makes for them, and shows."""


@pytest.mark.parametrize("page", sorted(name for name in PAGES if shell(PAGES[name]) and name not in WALKED | MADE))
def test_lines_run(page, tmp_path, monkeypatch):
    """Every line to paste works on the sample, in order; `who` says that it wants a terminal, which a test is not."""
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OUTREACH_CONFIG_DIR", str(tmp_path / "settings"))
    for line in shell(PAGES[page]):
        words = shlex.split(line, comments=True)[1:]
        result = CliRunner().invoke(main, words)
        assert result.exit_code == (1 if words[0] == "who" else 0), (line, result.stderr)


def test_every_command_that_is_mentioned_exists():
    """Names of commands and options in the running text are those of the program."""
    for page, text in PAGES.items():
        prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        for code in re.findall(r"`(outreach [a-z][^`]*)`", prose):
            words = code.split()[1:]
            found = tuple(words[:2]) if tuple(words[:2]) in ALL else tuple(words[:1])
            assert found in ALL, (page, code)
            known = {option for one in ALL[found].params for option in (*one.opts, *one.secondary_opts)} | {"--help"}
            used = {word.partition("=")[0] for word in words if word.startswith("-") and word != "-"}
            assert used <= known, (page, code, used - known)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    """Also without Sphinx, where a page is read as a text."""
    prose = re.sub(r"^(`{3,}).*?^\1", "", PAGES[page], flags=re.DOTALL | re.MULTILINE)
    for address in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
        assert (DOCS / page).parent.joinpath(address).is_file(), address


def test_the_manual_needs_no_network():
    """Pages are opened from files: nothing of them comes from elsewhere."""
    for name in ("conf.py", "ranking.svg"):
        text = (DOCS / name).read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text


def test_russian_pages_use_the_words_of_the_trade():
    """A teaser is an announcement there."""
    for page, text in PAGES.items():
        assert "тизер" not in text.casefold(), page
