"""Teaser templates: which one is taken, that nothing which people wrote is obeyed, and how failures are told."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from outreach.errors import InputError, TemplateError
from outreach.teasers.markup import clean, escaper, one_line
from outreach.teasers.rendering import FIELDS, Templates
from outreach.teasers.template_folders import packaged_folder

LINK = "https://example.org/a?utm_content=riga--a-f871v"
HOSTILE = (
    "<script>alert(1)</script> [win](javascript:alert(1)) ![p](x) **b** _i_ `c` ~~s~~ ||spoiler|| {{ 7*7 }} {% if %}"
    " &lt;b&gt; @everyone\x1b[31m \u202egnp.exe\x00 \\"
)
LINES = "# head\n- item\n+ item\n1. item\n> quote\n---\n===\n    code\n```\nfence"
BENIGN = dict.fromkeys(FIELDS, "word") | {"link": LINK, "link_place": "text", "emoji": False, "language": "en"}
PACKAGED = sorted(path.name for path in (packaged_folder() / "teaser").glob("*.j2"))


def render(name, values, folder=None):
    """Render a template by its file name, whatever it is for."""
    templates = Templates(folder)
    stem = name.removesuffix(".j2")
    if stem == "comment":
        return templates.comment(values, "en")
    if stem.endswith(".marked"):
        return templates.marked(values, stem.removesuffix(".marked"), "en")
    return templates.text(values, "vk" if stem == "default" else stem, "en")


def hostile(text, link_place="text"):
    texts = {field: text for field in FIELDS if field not in ("link", "link_place", "emoji", "language")}
    return BENIGN | texts | {"link_place": link_place}


def test_there_are_templates():
    """The walk below walks over something."""
    assert {"default.j2", "comment.j2", "reddit.j2", "discord.j2", "telegram.marked.j2"} <= set(PACKAGED)


@pytest.mark.parametrize("name", PACKAGED)
@pytest.mark.parametrize("text", [HOSTILE, LINES], ids=["signs", "lines"])
def test_hostile_texts_show_nothing_that_nobody_sees(name, text):
    """Control characters, escape sequences and bidi overrides in any field reach no text; jinja is not obeyed."""
    made = render(name, hostile(text))
    odd = [sign for sign in made if sign not in "\n\u200b" and unicodedata.category(sign) in ("Cc", "Cf")]
    assert not odd
    assert "49" not in made
    assert LINK in made


@pytest.mark.parametrize("name", ["reddit.j2", "discord.j2"])
@pytest.mark.parametrize("text", [HOSTILE, LINES], ids=["signs", "lines"])
def test_markdown_shows_hostile_texts_as_they_are(name, text):
    """A reader of Markdown finds the link and the bold word of the template, and no other markup."""
    parser = MarkdownIt("commonmark").enable(["strikethrough", "table"])
    tokens = parser.parse(render(name, hostile(text)))
    inside = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in tokens} <= {"paragraph_open", "paragraph_close", "inline"}
    assert {child.type for child in inside} <= {
        "text", "softbreak", "hardbreak", "strong_open", "strong_close", "link_open", "link_close", "text_special",
    }  # fmt: skip
    assert [child.attrs["href"] for child in inside if child.type == "link_open"] == [LINK]
    assert sum(child.type == "strong_open" for child in inside) == 1
    shown = "".join(child.content for child in inside)
    assert clean(text).split("\n")[0].replace("@", "").rstrip("\\") in shown.replace("@", "").replace("\u200b", "")


@given(st.text(alphabet=st.sampled_from("_*[]()~`>#+-=|{}.!\\ab \n"), max_size=30))
def test_telegram_gets_every_sign_escaped(text):
    """In MarkdownV2 every sign of the list has a backslash, and only those; without them it is the text."""
    escaped = escaper("telegram.marked.ru.j2")(text)
    parts = re.findall(r"\\[_*\[\]()~`>#+\-=|{}.!\\]|[ab \n]", escaped)
    assert "".join(parts) == escaped
    assert "".join(part[-1] for part in parts) == clean(text)


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    """What was cleaned is clean."""
    once = clean(text)
    assert clean(once) == once
    assert "\n" not in one_line(text)


def test_lines_stay():
    """Line breaks of any system stay, empty lines become one, white space at their ends goes."""
    assert clean("one \r\ntwo\rthree\u2028four\n\n\n\nfive\t") == "one\ntwo\nthree\nfour\n\nfive"


def test_families_of_emoji_stay_together():
    """The joiner inside an emoji is no trick."""
    assert clean("👨‍👩‍👧 ok") == "👨‍👩‍👧 ok"


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        (("default.j2",), "default.j2"),
        (("default.j2", "default.ru.j2"), "default.ru.j2"),
        (("default.ru.j2", "vk.j2"), "vk.j2"),
        (("vk.j2", "vk.ru.j2", "default.ru.j2"), "vk.ru.j2"),
        (("vk.en.j2", "default.j2"), "default.j2"),
    ],
)
def test_nearest_template_is_taken(tmp_path, there, expected):
    """Platform and language, platform, language, any; another language never."""
    for name in there:
        (tmp_path / name).write_text(name)
    assert Templates(tmp_path).text(BENIGN, "vk", "ru") == expected


def test_own_folder_comes_first_whole(tmp_path):
    """The user's default beats the program's template for the platform; what he has not is the program's."""
    (tmp_path / "teaser").mkdir()
    (tmp_path / "teaser" / "default.j2").write_text("mine {{ problem }}")
    templates = Templates(tmp_path)
    assert templates.text(BENIGN, "reddit", "en") == "mine word"
    assert templates.comment(BENIGN, "en") == f"Read on: {LINK}"


def test_own_text_without_its_twin(tmp_path):
    """The program's text for tools that take Markdown is not the same as the user's, and is left out."""
    (tmp_path / "telegram.j2").write_text("mine {{ link }}")
    assert Templates(tmp_path).marked(BENIGN, "telegram", "en") == ""
    (tmp_path / "telegram.marked.j2").write_text("*mine* {{ link }}")
    assert Templates(tmp_path).marked(BENIGN, "telegram", "en") == f"*mine* {LINK}"


def test_folder_without_templates(tmp_path):
    """Another ending, say: nothing of it would be used."""
    (tmp_path / "telegram.txt").write_text("mine")
    with pytest.raises(InputError, match="it has no templates"):
        Templates(tmp_path)


def test_a_name_that_is_not_known_gets_those_that_are(tmp_path):
    """The way out of the commonest mistake."""
    (tmp_path / "vk.j2").write_text("{{ problm }}")
    with pytest.raises(TemplateError) as error:
        Templates(tmp_path).text(BENIGN, "vk", "en")
    assert error.value.hint.startswith("known: problem, solution, bonus")


def test_own_words_add_a_language_and_replace_some(tmp_path):
    """A words.toml is laid over ours, name by name."""
    (tmp_path / "words.toml").write_text('[de]\nread_on = "Weiter:"\nbonus = "Bonus:"\n[en]\nbonus = "Gift:"\n')
    templates = Templates(tmp_path)
    assert "Weiter: https" in templates.text(BENIGN, "vk", "de")
    assert "Gift: word" in templates.text(BENIGN, "vk", "en")
    assert "Read on: https" in templates.text(BENIGN, "vk", "en")


def test_a_word_that_is_missing_is_told_by_its_name(tmp_path):
    """A language with one word only is fine until a text needs another."""
    (tmp_path / "words.toml").write_text('[de]\nread_on = "Weiter:"\n')
    with pytest.raises(TemplateError, match=r"default\.j2, line \d+: words\.toml has no bonus below \[de\]"):
        Templates(tmp_path).text(BENIGN, "vk", "de")


def test_one_template_is_enough_for_a_language(tmp_path):
    """The text with links as words needs words, and is left out where there are none."""
    (tmp_path / "default.de.j2").write_text("{{ problem }} {{ link }}")
    templates = Templates(tmp_path)
    assert templates.text(BENIGN, "telegram", "de")
    assert templates.marked(BENIGN, "telegram", "de") == ""
    assert templates.marked(BENIGN, "telegram", "en")


def test_language_without_words_or_template():
    """Says which file would help; exit code 4."""
    with pytest.raises(TemplateError, match=r"no template vk\.de\.j2, and words\.toml has no \[de\]") as error:
        Templates().text(BENIGN, "vk", "de")
    assert error.value.exit_code == 4


def test_language_that_is_a_path():
    """Nothing outside of the folders is looked at."""
    with pytest.raises(InputError, match="not a language code"):
        Templates().text(BENIGN, "vk", "../../x")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("one\n{{ problm }}", "vk.j2, line 2: 'problm' is undefined"),
        ("one\n\n{% if %}", "vk.j2, line 3: Expected an expression"),
        ("{{ problem", "vk.j2, line 1: "),
        ("\n{{ problem.__class__.__mro__ }}", "vk.j2, line 2: access to attribute '__class__'"),
        ("{{ 1 // 0 }}", "vk.j2, line 1: this cannot be computed (ZeroDivisionError)"),
        ("{% for i in range(9999999) %}{% endfor %}", "vk.j2, line 1: this cannot be computed (Overflow"),
        ("one\n{% include 'vk.j2' %}", "vk.j2, line 2: it includes or calls itself endlessly"),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "vk.j2, line 1: it includes or calls itself endlessly"),
        ("{% include 'none.j2' %}", "vk.j2, line 1: the template that it includes does not exist"),
        ("{% include '../secret.j2' %}", "vk.j2, line 1: the template that it includes does not exist"),
        ("{{ words.nothing }}", "vk.j2, line 1: words.toml has no nothing below [en]"),
    ],
)
def test_template_errors_name_file_and_line(tmp_path, source, said):
    """Whatever is wrong with a template is one sentence."""
    (tmp_path / "vk.j2").write_text(source)
    (tmp_path.parent / "secret.j2").write_text("secret")
    with pytest.raises(TemplateError) as error:
        Templates(tmp_path).text(BENIGN, "vk", "en")
    assert said in error.value.message


def test_template_in_another_encoding(tmp_path):
    """A sentence, with the way out."""
    (tmp_path / "vk.j2").write_bytes("one\nЧитать".encode("cp1251"))
    with pytest.raises(TemplateError, match=r"vk\.j2, line 2: this is not text in UTF-8"):
        Templates(tmp_path).text(BENIGN, "vk", "en")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("\n[en", "words.toml, line 2: cannot be read"),
        ("[en]\nread_on = x\n", "words.toml, line 2: cannot be read"),
        ("en = 1", "words.toml: [en] is not a table"),
        ("[en]\nread_on = 1", "words.toml: [en] is not a table"),
    ],
)
def test_words_that_cannot_be_read(tmp_path, words, said):
    """A template error with the file's name, and the line where it is no TOML."""
    (tmp_path / "words.toml").write_text(words)
    with pytest.raises(TemplateError) as error:
        Templates(tmp_path)
    assert said in error.value.message


def test_a_folder_that_is_called_like_a_template(tmp_path):
    """Is no template."""
    (tmp_path / "default.j2").mkdir()
    assert not Templates(tmp_path).names_the_place()


def test_missing_folder():
    """Says so before anything is written."""
    with pytest.raises(InputError, match="no such folder"):
        Templates("/none/such")


def test_html_templates_escape(tmp_path):
    """A template for HTML gets HTML."""
    (tmp_path / "vk.html.j2").write_text("{{ problem }}")
    (tmp_path / "vk.j2").write_text("{% include 'vk.html.j2' %}")
    assert Templates(tmp_path).text(BENIGN | {"problem": "<b>"}, "vk", "en") == "&lt;b&gt;"


def test_place_is_noticed(tmp_path):
    """Only templates that name the place make texts that differ in more than their link."""
    assert not Templates().names_the_place()
    (tmp_path / "vk.j2").write_text("For the readers of {{ place }}")
    assert Templates(tmp_path).names_the_place()
