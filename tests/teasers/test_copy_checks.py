"""What an editor would say about a teaser."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.teasers.copy_checks import check
from outreach.teasers.limits import RULES
from outreach.teasers.spam_words import LANGUAGES, spam_words

LINK = "https://riga.example/zayavki?utm_source=vk&utm_medium=social"
PROBLEM = "Каждая третья заявка из соцсетей теряется."
BONUS = "чек-лист по ответам клиентам"
GOOD = f"{PROBLEM} Мы посчитали по 40 магазинам. {LINK}\n\nБонус: чек-лист по ответам клиентам."


def codes(text=GOOD, problem=PROBLEM, **given):
    options = {"platform": "vk", "language": "ru", "company": "Ромашка", "bonus": BONUS, "link": LINK} | given
    return [finding.code for finding in check(problem, text, **options)]


def test_good_teaser_has_no_findings():
    """A plain teaser passes on every platform where its link can be clicked."""
    for platform, rule in RULES.items():
        assert codes(platform=platform) == ([] if rule.clickable else ["link-not-clickable"])


@pytest.mark.parametrize(("length", "want"), [(99, []), (100, ["hook-long"])])
def test_first_sentence_is_under_100_characters(length, want):
    """The first sentence of the problem counts, not the whole of it."""
    problem = "Б" + "а" * (length - 2) + ". И ещё одна фраза, которая не считается, какой бы длинной она ни была."
    assert codes(problem=problem) == want


@pytest.mark.parametrize(
    ("company", "problem", "named"),
    [
        ("Ромашка", "В Ромашке теряют заявки.", True),
        ("ООО «Ромашка»", "Мы, РОМАШКА, теряем заявки.", True),
        ("Ромашка", "Заявки теряются. В Ромашке нет.", False),
        ("Ромашка", "Ромашковый чай не помогает.", False),
        ("Riga Leads SIA", "Riga Leads finds what is lost.", True),
        ("Riga Leads SIA", "In Riga leads are lost.", True),
        ("Riga Leads SIA", "Leads in Riga are lost.", False),
        ("Ζωή", "Η Ζωή χάνει αιτήσεις.", True),
        ("Ոսկի", "Ոսկին կորցնում է հայտեր։", True),
        ("Ziedu nams", "Ziedu namā zūd pieteikumi.", True),
        ("SIA", "SIA ir daudz.", False),
        ("", "Заявки теряются.", False),
    ],
)
def test_first_sentence_is_without_the_company(company, problem, named):
    """The hook names the reader's problem; the company's name, in any case, is a finding."""
    assert ("hook-names-company" in codes(problem=problem, company=company)) is named


@pytest.mark.parametrize(
    ("bonus", "text", "announced"),
    [
        (BONUS, f"Текст. {LINK} В конце — чек-листы для ответов клиентам.", True),
        (BONUS, f"Текст. {LINK}", False),
        ("", f"Текст. {LINK}", True),
        ("PDF", f"Текст. {LINK} Забирайте PDF.", True),
        ("PDF", f"Текст. {LINK}", False),
        ("κατάλογος ελέγχου", f"Κείμενο. {LINK} Μαζί ΚΑΤΑΛΟΓΟΣ ΕΛΕΓΧΟΥ.", True),
        ("ստուգաթերթ", f"Տեքստ։ {LINK} Ստուգաթե՛րթը վերջում։", True),
    ],
)
def test_bonus_is_announced(bonus, text, announced):
    """The bonus is announced in other words or grammatical cases too."""
    assert ("bonus-not-announced" not in codes(text, bonus=bonus)) is announced


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ТОЛЬКО ЗДЕСЬ ЗАЯВКИ НЕ ТЕРЯЮТСЯ", True),
        ("Текст обычный. ЗАЯВКИ БОЛЬШЕ НИКОГДА не теряются, и это мы посчитали по магазинам.", True),
        ("ՈՐՏԵՂ ԵՆ ԿՈՐՉՈՒՄ ՀԱՅՏԵՐԸ", True),
        ("Про SEO, SMM, PPC и CRM: что считать в каждом из этих слов и почему.", False),
        ("SMM", False),
        ("全部都在這裡全部都在這裡全部都在這裡", False),
    ],
)
def test_wall_of_capitals(text, found):
    """Rows of words in capitals are found, acronyms and scripts without capitals are not."""
    assert ("capitals" in codes(text, bonus="")) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [("Да!!!", True), ("Да! ! !", True), ("Что?!?!", True), ("Да! Нет! Ура!", False), ("Да?!", False)],
)
def test_exclamations(text, found):
    """Three marks in a row are found, three sentences with one each are not."""
    assert ("exclamations" in codes(text, bonus="")) is found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Act now and learn."),
        ("en", "It's 100% FREE."),
        ("ru", "Успейте записаться."),
        ("ru", "Это абсолютно  бесплатно."),
        ("ru", "Лёгкие деньги."),
        ("el", "ΜΟΝΟ ΣΗΜΕΡΑ."),
        ("el", "Εγγυημένα αποτελέσματα."),
        ("lv", "Tikai Šodien."),
        ("lv", "Pēdējā iespēja."),
        ("hy", "Շտապե՛ք։"),
        ("hy", "Միայն այսօր։"),
        ("pt", "Click here."),
        ("ru-RU", "Жми сюда."),
    ],
)
def test_spam_words(language, text):
    """Words of an advertisement are found in each language, whatever case, accents and gaps."""
    assert "spam-words" in codes(text, language=language, bonus="")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Free checklist inside. The cheaper lead is not the better one."),
        ("ru", "Бесплатный чек-лист внутри. Успех измерим. Шоколад."),
        ("el", "Δωρεάν λίστα μέσα. Σήμερα μόνο μετράμε."),
        ("lv", "Bezmaksas saraksts. Šodien tikai skaitām."),
        ("hy", "Անվճար ցուցակ։ Այսօր միայն հաշվում ենք։"),
    ],
)
def test_plain_words_are_no_spam(language, text):
    """True and useful words pass, and parts of other words."""
    assert spam_words(text, language) == []


def test_every_language_has_its_list():
    """Each of our languages finds words that the others do not."""
    assert set(LANGUAGES) == {"en", "ru", "el", "lv", "hy"}
    text = "жми сюда, μόνο σήμερα, tikai šodien, միայն այսօր, act now"
    found = {language: spam_words(text, language) for language in LANGUAGES}
    assert found["en"] == ["act now"]
    assert all(len(words) == 2 for language, words in found.items() if language != "en")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{LINK} и https://other.example/a", True),
        (f"{LINK}&more=1", True),
        (f"{LINK} и сайт other.com", True),
        (f"{LINK}. {LINK}!", False),
        (f"({LINK})", False),
        (f"{LINK} node.js, anna@other.com", False),
    ],
)
def test_second_link(text, found):
    """Any link but the own one is found, the own one twice is not."""
    assert ("second-link" in codes(text, bonus="")) is found


def test_own_link_with_odd_letters_is_one_link():
    """A link whose end a network would not see is still the own link."""
    link = "https://riga.example/δρόμος?ref=vk.com&q=ναι"
    assert "second-link" not in codes(f"Text. {link} more", link=link)


def test_without_own_link_the_second_one_counts():
    """Where the link is not known, one is allowed."""
    assert "second-link" not in codes("a https://riga.lv", link="", bonus="")
    assert "second-link" in codes("a https://riga.lv b https://other.lv", link="", bonus="")


def test_hook_beyond_the_fold():
    """The hook has to end before the network hides the rest."""
    opening = "Вступление, которое никому не нужно. " * 3
    assert codes(opening + GOOD, platform="instagram") == ["hook-beyond-fold", "link-not-clickable"]
    assert codes(opening + GOOD, platform="vk") == []


def test_hook_of_an_edited_text_is_its_first_sentence():
    """Where the problem is worded anew, the first sentence of the text counts."""
    text = "А" * 130 + ". " + GOOD.removeprefix(PROBLEM)
    assert "hook-beyond-fold" in codes(text, platform="instagram")


@pytest.mark.parametrize(
    ("platform", "count", "found"),
    [("instagram", 5, False), ("instagram", 6, True), ("threads", 2, True), ("vk", 30, False)],
)
def test_hashtag_cap(platform, count, found):
    """More hashtags than the network takes are found."""
    text = GOOD + "".join(f" #тег{number}" for number in range(count))
    assert ("hashtags" in codes(text, platform=platform)) is found


def test_telegram_warns_of_utf16():
    """A text that fits by one way of counting and not by the other is told."""
    assert codes("😀" * 600, platform="telegram", picture=True, bonus="", problem="") == ["utf-16"]
    assert codes("😀" * 600, platform="telegram", bonus="", problem="") == []


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=20), st.sampled_from(sorted(RULES)))
def test_any_text_is_judged(problem, text, other, platform):
    """No text breaks a check, each code comes once, each reason is one line."""
    found = check(problem, text, platform=platform, language="ru", company=other, bonus=other, link=other)
    assert len({finding.code for finding in found}) == len(found)
    assert all("\n" not in str(finding.reason) for finding in found)


@pytest.mark.parametrize("piece", ["A. ", "!? ", "click ", "a.", "#a ", "https://a.lv/( ", "100% ", "(", "é."])
def test_hostile_text_is_judged_quickly(piece):
    """No text makes a check run away."""
    started = time.monotonic()
    check(piece * 5000, piece * 5000, platform="instagram", language="en", company="click a", bonus="click", link="a")
    assert time.monotonic() - started < 2
