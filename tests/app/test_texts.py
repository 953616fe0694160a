"""The texts of the pages are there in all languages, and say the same."""

from __future__ import annotations

import re
import string
from datetime import date
from pathlib import Path

import pytest

import outreach.app
from outreach.app.texts import Texts, _texts, wanted_language
from outreach.messages import LANGUAGES
from outreach.messages.plurals import FORM

FORMS = {"en": 2, "el": 2, "lv": 2, "ru": 3, "hy": 1}
FOLDER = Path(outreach.app.__file__).parent


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing_or_empty(language):
    """Each name of English has a text in every language, with the same values."""
    english, texts = _texts("en"), _texts(language)
    assert texts.keys() == english.keys()
    assert all(text.strip() for text in texts.values())
    assert {name: fields(text) for name, text in texts.items()} == {
        name: fields(text) for name, text in english.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_counted_nouns_have_the_forms_of_the_language(language):
    """A noun has as many forms as its language chooses among, or one where a number stands alone."""
    for name, text in _texts(language).items():
        for _, field, spec, _ in string.Formatter().parse(text):
            if field and spec and "#" in spec:
                assert spec.count("|") + 1 in {FORMS[language], 1}, name
                assert spec.count("|") + 1 == FORMS[language] or spec == "#", name


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["0 places", "1 place", "2 places", "5 places", "11 places", "21 places", "101 places"]),
        ("ru", ["0 площадок", "1 площадка", "2 площадки", "5 площадок", "11 площадок", "21 площадка", "101 площадка"]),
        ("el", ["0 μέρη", "1 μέρος", "2 μέρη", "5 μέρη", "11 μέρη", "21 μέρη", "101 μέρη"]),
        ("lv", ["0 vietas", "1 vieta", "2 vietas", "5 vietas", "11 vietas", "21 vieta", "101 vieta"]),
        ("hy", [f"{number} հարթակ" for number in (0, 1, 2, 5, 11, 21, 101)]),
    ],
)
def test_plurals(language, words):
    """The form follows the number as the language wants it."""
    assert [Texts(language)("lists.places", places=number) for number in (0, 1, 2, 5, 11, 21, 101)] == words
    assert FORM.keys() == set(LANGUAGES)


def test_numbers_and_days():
    """Numbers, shares and days are written as in the language."""
    shown = {code: (Texts(code).number(48200.5, 1), Texts(code).day(date(2026, 11, 5))) for code in LANGUAGES}
    assert shown == {
        "en": ("48,200.5", "05 Nov 2026"),
        "ru": ("48\xa0200,5", "05.11.2026"),
        "el": ("48.200,5", "05/11/2026"),
        "lv": ("48\xa0200,5", "05.11.2026."),
        "hy": ("48\xa0200,5", "05.11.2026"),
    }


def test_every_text_is_used_and_every_name_is_there():
    """No text waits for a page that does not say it, and no page asks for one that is not there."""
    english = set(_texts("en"))
    sources = "\n".join(path.read_text("utf-8") for path in [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.html")])
    named = set(re.findall(r"""["']([a-z]+\.[a-z_-]+(?:-[a-z0-9]+)*)["']""", sources)) & english
    made = (
        "pages.", "columns.", "http.s", "answers.", "hidden.", "ranking.posts-", "ranking.export-", "texts.status-",
        "texts.link-", "texts.copy-", "texts.field-", "results.column-", "settings.group-", "settings.writer-",
        "settings.ask-", "settings.token-", "lists.why-", "settings.my-", "settings.accepts-",
        "settings.get-", "places.state-", "today.figure-", "today.next-", "today.late", "today.now", "today.posts",
        "today.money", "contacts.stage-", "contacts.channel-", "contacts.log-", "contacts.kind-", "contacts.play-",
        "contacts.owed", "contacts.spent", "contacts.fact-", "report.save-", "report.intro", "report.outro",
        "report.last-",
    )  # fmt: skip
    assert {name for name in english - named if not name.startswith(made)} == set()
    asked = set(re.findall(r"""\bt\(["']([a-z]+\.[a-z_0-9-]+)["'][,)]""", sources))
    assert asked <= english


def test_the_browser_chooses_until_the_user_does():
    """The first language of ours that a browser asks for counts."""
    assert [wanted_language(text) for text in ("", "de", "hy-AM", "fr,lv;q=0.5", "RU")] == [
        "en",
        "en",
        "hy",
        "lv",
        "ru",
    ]
