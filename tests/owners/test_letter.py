"""Letters say what is known, in five languages and within their length; what is not known is asked for."""

import dataclasses
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.errors import InputError, TemplateError
from outreach.messages import LANGUAGES
from outreach.owners.letter import LetterTemplates, count_words, write_letter
from outreach.owners.letter_check import check_text, with_findings
from outreach.owners.letter_facts import (
    Facts,
    Given,
    Post,
    Recipient,
    Topic,
    missing,
    read_given,
    share_of,
    typed_topic,
)
from outreach.owners.letter_files import page, parts_in
from outreach.owners.profile import Writer, writer_for
from outreach.reporting.resources.words import choices_in
from outreach.words.ways_in import way_of
from tests.examples import examples
from tests.owners.letters import FACTS

DATA = Path(__file__).parent / "data"
TEMPLATES = LetterTemplates()


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters(language, golden):
    """A letter of each language, whole."""
    golden(page(write_letter(FACTS[language], TEMPLATES), FACTS[language].place), DATA / f"{language}.golden")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topics", [1, 2, 3])
def test_our_own_letters_pass_the_check(language, topics):
    """With one topic or several."""
    known = FACTS[language]
    several = (*known.topics, known.topics[0])[:topics]
    letter = write_letter(dataclasses.replace(known, topics=several), TEMPLATES)
    for part in letter.parts:
        assert check_text(part.text, part.kind, TEMPLATES.checklist, subject=part.subject, market="LV") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_read_back(language):
    """Its texts are checked as they were written."""
    letter = write_letter(FACTS[language], TEMPLATES)
    read = parts_in(page(letter, "a `place` <b>").encode(), "letter.md")
    assert [(one.kind, one.text, one.subject) for one in read] == [
        (part.kind, part.text, part.subject) for part in letter.parts
    ]


words = (
    st.text(st.sampled_from("abcdefgh ijkl mnop"), min_size=1, max_size=60)
    .map(" ".join)
    .map(lambda text: " ".join(text.split()) or "a")
)
some = st.builds(
    lambda role, fact, headline, first, second, gets, proof, years: dataclasses.replace(
        FACTS["en"],
        writer=dataclasses.replace(FACTS["en"].writer, role=role, proof=(proof,), years=years),
        post=Post(date(2026, 11, 3), fact),
        topics=(Topic(headline, f"{first.capitalize()}. {second.capitalize()}."),),
        gets=gets,
    ),
    *[words] * 7,
    st.integers(1, 60),
)


@given(some)
@settings(max_examples=examples(200))
def test_a_message_is_of_the_right_length_or_says_by_how_much_it_is_not(known):
    """400 to 600 characters."""
    part = write_letter(known, TEMPLATES).message
    length = len(part.text)
    if 400 <= length <= 600:
        assert part.remarks == ()
    else:
        (remark,) = part.remarks
        assert remark["characters"] == (length - 600 if length > 600 else 400 - length)
        assert remark.code == ("letter-too-long" if length > 600 else "letter-too-short")


@given(some)
@settings(max_examples=examples(100))
def test_an_email_has_its_words_and_its_subject_or_says_so(known):
    """Under 150 words; subjects of 36 to 50 characters."""
    part = write_letter(known, TEMPLATES).email
    codes = {remark.code for remark in part.remarks}
    assert ("letter-words-over" in codes) == (count_words(part.text) > 149)
    assert bool({"letter-subject-long", "letter-subject-short"} & codes) == (not 36 <= len(part.subject) <= 50)


@given(
    st.text(st.sampled_from('ab `#\n"«»:Subject'), min_size=1, max_size=50), st.sampled_from(["why", "place", "gets"])
)
def test_a_page_is_read_back_whatever_is_in_it(typed, field):
    """Headings, subjects and blocks inside a text are part of it."""
    odd = dataclasses.replace(FACTS["en"], **{field: f"## Direct message\n\nSubject:\n\n```text {typed}\n```"})
    letter = write_letter(odd, TEMPLATES)
    read = parts_in(page(letter, odd.place).encode(), "letter.md")
    assert [(one.kind, one.text, one.subject) for one in read] == [
        (part.kind, part.text, part.subject) for part in letter.parts
    ]


def test_everything_that_is_missing_is_asked_for_at_once():
    """By name, with where to write it; nothing is made up."""
    with pytest.raises(InputError) as caught:
        write_letter(Facts(place="Riga Life", recipient=Recipient()), TEMPLATES)
    lines = caught.value.message.splitlines()
    assert len(lines) == 12
    for place in ("outreach.toml", "--to NAME", "--found", "--post-date", "--post-fact", "--topic", "--from", "--why"):
        assert any(place in line for line in lines)


@pytest.mark.parametrize("field", ["name", "years", "published"])
def test_one_fact_less(field):
    """Each is missed by itself, below the table of the language."""
    known = FACTS["ru"]
    nothing = type(getattr(known.writer, field))()
    less = dataclasses.replace(known, writer=dataclasses.replace(known.writer, **{field: nothing}))
    assert [(one.code, one["table"]) for one in missing(less)] == [(f"letter-needs-{field}", "writer.ru")]


def test_facts_in_another_alphabet_are_asked_for_again():
    """A letter in Russian does not say in English what readers get; names and addresses may stay."""
    mixed = dataclasses.replace(FACTS["ru"], gets="a price checklist", topics=FACTS["en"].topics)
    assert [(one.code, one["name"]) for one in missing(mixed)] == [
        ("letter-foreign", "gets"),
        ("letter-foreign", "topics"),
    ]
    assert missing(dataclasses.replace(FACTS["en"], place="Рига Life")) == ()
    assert [one["name"] for one in missing(dataclasses.replace(FACTS["lv"], gets="таблица цен"))] == ["gets"]


@given(st.integers(0, 40), st.integers(0, 40))
def test_shares_are_true_and_never_of_few(overlap, listed):
    """What is said holds, and is said of five customers or more only."""
    overlap = min(overlap, listed)
    number = share_of(overlap, listed)
    if listed < 5 or overlap * 4 < listed:
        assert number is None
        return
    bound = [Fraction(3, 4), *(Fraction(1, whole) for whole in (2, 2, 3, 3, 4, 4))][number]
    share = Fraction(overlap, listed)
    assert share == bound if number in {2, 4, 6} else share > bound


def test_a_reason_of_ones_own_stands_instead_of_the_count():
    """Where too few were asked."""
    few = dataclasses.replace(FACTS["en"], overlap=2, listed=4)
    assert [one.code for one in missing(few)] == ["letter-needs-why"]
    text = write_letter(dataclasses.replace(few, why="Your members ask us every week"), TEMPLATES).message.text
    assert "\n\nYour members ask us every week.\n\n" in text
    assert "asked our customers" not in text


def test_no_count_and_no_customer_is_in_a_letter():
    """The size is said in words."""
    for known in FACTS.values():
        for part in write_letter(known, TEMPLATES).parts:
            assert not {"6", "9"} & set(part.text.replace("zobi.example", "").split())


@pytest.mark.parametrize(
    ("language", "years", "words"),
    [("ru", 1, "стаж 1 год)"), ("ru", 22, "стаж 22 года)"), ("ru", 11, "стаж 11 лет)"), ("lv", 21, "21 gada pieredze"),
     ("lv", 11, "11 gadu pieredze"), ("el", 1, "1 χρόνος"), ("en", 1, "1 year in"), ("hy", 5, "5 տարվա")],
)  # fmt: skip
def test_years_are_counted_as_the_language_does(language, years, words):
    """Plural forms."""
    known = FACTS[language]
    more = dataclasses.replace(known, writer=dataclasses.replace(known.writer, years=years))
    assert words in write_letter(more, TEMPLATES).message.text


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "3 November 2025"), ("ru", "3 ноября 2025 года"), ("el", "3ης Νοεμβρίου 2025"),
     ("lv", "2025. gada 3. novembra"), ("hy", "2025 թվականի նոյեմբերի 3-ի")],
)  # fmt: skip
def test_a_post_of_another_year_has_its_year(language, words):
    """In the order of the language."""
    old = dataclasses.replace(FACTS[language], post=Post(date(2025, 11, 3), FACTS[language].post.fact))
    assert words in write_letter(old, TEMPLATES).message.text


def test_where_the_contact_was_found_may_be_said_in_ones_own_words():
    """Usual places have words of the language; elsewhere, where no law asks for it, the sentence may be missing."""
    own = dataclasses.replace(FACTS["ru"], recipient=dataclasses.replace(FACTS["ru"].recipient, found="афиша в кафе"))
    assert "Откуда ваш контакт: афиша в кафе. Ответьте «нет»" in write_letter(own, TEMPLATES).message.text
    nowhere = dataclasses.replace(own, recipient=dataclasses.replace(own.recipient, found=""))
    assert [one.code for one in missing(nowhere)] == ["letter-needs-found"]
    outside = write_letter(dataclasses.replace(nowhere, in_eu=False), TEMPLATES)
    assert "Ответьте" not in outside.message.text


def test_paid_places_and_videos_have_words_of_their_own():
    """The company says where it stands; videos are watched."""
    paid = write_letter(dataclasses.replace(FACTS["en"], paid=True, platform="youtube"), TEMPLATES)
    assert "we pay for the post and label it as your rules ask" in paid.email.text
    assert "what they watch" in paid.message.text


def test_own_templates_and_limits_go_first(tmp_path):
    """A folder may hold one text, words, or other limits; the rest is the program's."""
    folder = tmp_path / "letter"
    folder.mkdir()
    (folder / "follow_up.en.j2").write_text("{{ to }}, {{ words.found_group }}?", "utf-8")
    (folder / "words.toml").write_text('[en]\nfound_group = "here"\n', "utf-8")
    (folder / "checks.toml").write_text(
        "[limits]\nmessage_characters = [10, 20]\n[check.name]\nwhy = 'Mine.'\n", "utf-8"
    )
    own = LetterTemplates(tmp_path)
    letter = write_letter(FACTS["en"], own)
    assert letter.follow_up.text == "Tom, here?"
    assert [one.code for one in letter.message.remarks] == ["letter-too-long"]
    assert own.checklist.items["name"].why == "Mine"
    assert own.checklist.items["name"].origin == "editors"


def test_templates_of_teasers_alone_are_no_fault(tmp_path):
    """The folder of the campaign holds those of all kinds."""
    (tmp_path / "teaser").mkdir()
    (tmp_path / "teaser" / "vk.j2").write_text("{{ problem }}", "utf-8")
    assert write_letter(FACTS["en"], LetterTemplates(tmp_path)) == write_letter(FACTS["en"], TEMPLATES)


@pytest.mark.parametrize(
    "content",
    ["[limits]\nmessage_characters = 5", "[check]\nname = 1", "[checks.name]\nwhy = 'x'", "[[[", "[limits]\nlix = 1",
     "[outside_eu]\nmarkets = 'RU, LV'\n[limits]\nemail_words = 'many'", "[check.eu]\nchecked = 'today'"],
)  # fmt: skip
def test_a_checklist_that_cannot_be_used_is_named(tmp_path, content):
    """With its file."""
    (tmp_path / "letter").mkdir()
    (tmp_path / "letter" / "checks.toml").write_text(content, "utf-8")
    with pytest.raises(TemplateError, match=r"checks\.toml"):
        LetterTemplates(tmp_path)


@pytest.mark.parametrize("template", ["{{ nobody }}", "{% for x in %}", "{{ ''.__class__.__mro__ }}", "{{ 1 / 0 }}"])
def test_a_wrong_template_is_named(tmp_path, template):
    """Nothing of it is evaluated that could do harm."""
    (tmp_path / "letter").mkdir()
    (tmp_path / "letter" / "message.en.j2").write_text(template, "utf-8")
    with pytest.raises(TemplateError, match=r"message\.en\.j2"):
        write_letter(FACTS["en"], LetterTemplates(tmp_path))


def test_what_people_wrote_is_never_a_template():
    """Braces in a fact stay braces, and are noticed as something left to be filled in."""
    odd = dataclasses.replace(FACTS["en"], place="{{ 7 * 7 }} {% raw %}")
    letter = with_findings(write_letter(odd, TEMPLATES), TEMPLATES.checklist)
    assert "{{ 7 * 7 }}" in letter.message.text
    assert "letter-placeholder" in {one.code for one in letter.message.remarks}


def test_facts_from_a_file(write):
    """All of them, with a profile of its own; what was typed goes first."""
    path = write(
        "letter.toml",
        'to = "Marina"\nfound = "channel description"\npost_date = 2026-11-03\npost_fact = "40 people asked"\n'
        'language = "Russian"\n[[topic]]\nheadline = "One"\ntext = "First. Second."\n[writer]\nyears = 9\n'
        '[writer.ru]\nname = "Анна"\n',
    )
    read = read_given(path)
    assert (read.to, read.language, read.post.day) == ("Marina", "ru", date(2026, 11, 3))
    assert read.topics == (Topic("One", "First. Second."),)
    writer = writer_for(read.writer, "ru")
    assert (writer.name, writer.years) == ("Анна", 9)
    both = Given(to="Anna", post=Post(None, "nobody knew")).over(read)
    assert (both.to, both.post) == ("Anna", Post(date(2026, 11, 3), "nobody knew"))


@pytest.mark.parametrize(
    ("line", "said"),
    [('to = "A\\nBcc: x@a.example"', "one line"), ('too = "A"', "do you mean to"), ("post_date = 7", "text in quotes"),
     ('post_date = "soon"', "not a date"), ("topic = 1", "separate tables"), ("[[topic]]\n" * 4, "more than 3"),
     ("[writer]\nyears = 'nine'", "whole number"), ("[writer.ru]\nrol = 'x'", "do you mean role"),
     ("writer = 1", "heading")],
)  # fmt: skip
def test_a_file_of_facts_that_cannot_be_used(write, line, said):
    """Each fault with its line."""
    with pytest.raises(InputError, match=said) as caught:
        read_given(write("letter.toml", line))
    assert "letter.toml, line 1" in caught.value.message or "letter.toml, line 2" in caught.value.message


@pytest.mark.parametrize("typed", ["", "Headline", "| text", "Headline |"])
def test_a_topic_has_two_parts(typed):
    """A headline and sentences."""
    with pytest.raises(InputError, match="headline"):
        typed_topic(typed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ways_in_of_the_sheet_are_known(language):
    """The choices that the sheet offers, in its language."""
    assert [way_of(word) for word in choices_in("way_in", language)] == ["post", "submit", "write", "buy", "exchange"]


def test_a_writer_without_a_table():
    """Nothing is known."""
    assert writer_for({}, "ru") == Writer()


def test_a_post_that_is_still_to_come_was_not_read():
    """Its day is asked for again."""
    later = dataclasses.replace(FACTS["en"], post=Post(date(2026, 12, 1), "40 people asked"))
    assert [one.code for one in missing(later)] == ["letter-needs-post-date"]
