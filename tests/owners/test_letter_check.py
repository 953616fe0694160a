"""Letters that a good editor would answer pass; each fault is found, and named with its source."""

# ruff: noqa: E501 - letters have paragraphs of one line
import pytest

from outreach.owners.letter import LetterTemplates, write_letter
from outreach.owners.letter_check import check_text, language_of, lix
from outreach.owners.letter_files import parts_in
from tests.owners.letters import FACTS

CHECKLIST = LetterTemplates().checklist

MESSAGE_RU = """\
Здравствуйте, Марина! Я Анна Озола, 14 лет ставлю импланты в клинике Zobi. В вашем посте от 3 ноября об очередях к врачам 40 человек спросили одно: сколько это стоит.

Мы спросили своих пациентов, что они читают: больше половины назвали «Рига Life».

Предлагаю текст «Имплант или мост: 7 вопросов, прежде чем платить», с ценами по Риге. Клиника только в подписи, читателям таблица «что входит в цену», без регистрации. Так я пишу: zobi.example/most

Прислать черновик на 2 000 знаков?

Контакт я нашла в описании канала; ответьте «нет», и я его удалю."""

MESSAGE_EN = """\
Hi Tom, I'm Anna Ozola, an implant dentist at Zobi in Riga for 14 years. In your 3 November thread on dentists, 40 people asked the same thing: what should it cost?

We asked our patients what they read: more than half named Riga Expats.

I'd like to write "Implant or bridge: 7 questions before you pay", with Riga prices. The clinic appears in the signature only; members get a price checklist, no sign-up. How I write: zobi.example/en/bridge

Shall I send a 300-word draft?

I found your contact on the group's page; reply "no" and I'll delete it."""

EMAIL_RU = """\
Здравствуйте, Марина!

Я имплантолог клиники Zobi, 14 лет практики. Под вашим постом от 3 ноября 40 человек спросили, сколько стоит лечение, и ответа не получили. Больше половины опрошенных нами пациентов читают «Рига Life».

Две темы:
1. «Имплант или мост: 7 вопросов, прежде чем платить». Что входит в цену, где доплачивают.
2. «Второе мнение стоматолога»: когда оно экономит тысячу евро, а когда лишнее.

Писала: zobi.example/most, zobi.example/bol. Читателям таблица цен, без регистрации. Пост оплачиваем или помечаем, как у вас принято.

Какую тему прислать черновиком?

Анна Озола, Zobi, +371 20000000
Ваш адрес взят из описания канала; ответьте «нет», и я его удалю."""

EMAIL_EN = """\
Hi Tom,

I'm an implant dentist at Zobi, 14 years in practice. Under your 3 November post 40 people asked what treatment should cost and got no answer. More than half of the patients we asked read Riga Expats.

Two topics:
1. "Implant or bridge: 7 questions before you pay": what the price includes and where extras hide.
2. "A second opinion": when it saves 1,000 euros and when it's a waste.

I've written zobi.example/en/bridge and zobi.example/en/pain. Members get a price checklist, no sign-up. We'll pay or label the post as your rules ask.

Which one shall I send as a draft?

Anna Ozola, Zobi, +371 20000000
I found your address in the group's description; reply "no" and I'll delete it."""

SUBJECT_RU = "7 вопросов об имплантах для читателей «Рига Life»"
SUBJECT_EN = "7 implant questions for Riga Expats members"

MODELS = {
    "message ru": ("message", MESSAGE_RU, ""),
    "message en": ("message", MESSAGE_EN, ""),
    "email ru": ("email", EMAIL_RU, SUBJECT_RU),
    "email en": ("email", EMAIL_EN, SUBJECT_EN),
    "follow-up ru": (
        "follow_up",
        "Марина, прислать черновик про импланты? Если не подходит, скажите, больше не побеспокою.",
        "",
    ),
    "follow-up en": (
        "follow_up",
        "Tom, shall I send the implant draft? If it doesn't fit, just say so and I won't ask again.",
        "",
    ),
}


def found(text, kind, subject="", market="LV"):
    return [(one.item, one.what.code) for one in check_text(text, kind, CHECKLIST, subject=subject, market=market)]


@pytest.mark.parametrize(("kind", "text", "subject"), MODELS.values(), ids=MODELS)
def test_model_letters_pass(kind, text, subject):
    """Nothing is to be mended in letters that were written with care."""
    assert found(text, kind, subject) == []


def changed(text, *pairs):
    for before, after in pairs:
        assert before in text, before
        text = text.replace(before, after)
    return text


LONG = " ".join(f"and {number} people asked about prices" for number in range(6))
BAD = {
    "to anybody": (
        "message", changed(MESSAGE_EN, ("Hi Tom, I'm", "Dear Editor, I'm")), "", "name", "letter-greets-anybody",
    ),
    "to anybody, in Russian": (
        "message", changed(MESSAGE_RU, ("Здравствуйте, Марина!", "Здравствуйте, админ!")), "",
        "name", "letter-greets-anybody",
    ),
    "no name": ("email", changed(EMAIL_EN, ("Hi Tom,", "Hello!")), SUBJECT_EN, "name", "letter-no-name"),
    "no greeting": (
        "email", changed(EMAIL_RU, ("Здравствуйте, Марина!\n\n", "")), SUBJECT_RU, "name", "letter-no-greeting",
    ),
    "nobody writes": (
        "email",
        changed(EMAIL_EN, ("I'm an implant dentist at Zobi, 14 years in practice. ", "Zobi is the best clinic in town. ")),
        SUBJECT_EN, "specialisation", "letter-no-introduction",
    ),
    "not read": (
        "message",
        changed(MESSAGE_EN, ("In your 3 November thread on dentists, 40 people", "We love your group, where 40 people")),
        "", "proof", "letter-no-proof",
    ),
    "no topic": (
        "message",
        changed(MESSAGE_EN, ('"Implant or bridge: 7 questions before you pay"', "something useful about our implants")),
        "", "topics", "letter-no-topic",
    ),
    "too many topics": (
        "email", changed(EMAIL_EN, ("\n\nI've", '\n3. "Third".\n4. "Fourth".\n\nI\'ve')), SUBJECT_EN,
        "topics", "letter-topics-many",
    ),
    "nothing published": (
        "message", changed(MESSAGE_RU, ("zobi.example/most", "увидите сами")), "", "links", "letter-links-few",
    ),
    "a wall of links": (
        "email",
        changed(EMAIL_EN, ("zobi.example/en/pain", "https://a.example/1, https://a.example/2, https://a.example/3")),
        SUBJECT_EN, "links", "letter-links-many",
    ),
    "no question": (
        "message", changed(MESSAGE_RU, ("Прислать черновик на 2 000 знаков?", "Жду вашего решения.")), "",
        "question", "letter-no-question",
    ),
    "three questions": (
        "email",
        changed(EMAIL_EN, ("Which one shall I send as a draft?", "Do you take posts? What do they cost? Who decides?")),
        SUBJECT_EN, "question", "letter-questions-unnumbered",
    ),
    "the question first": (
        "message",
        changed(
            MESSAGE_EN, ("Shall I send a 300-word draft?\n\n", ""), ("We asked", "Shall I send a draft?\n\nWe asked"),
            ("How I write", "\n\nHow I write"),
        ),
        "", "question", "letter-question-early",
    ),
    "an endless sentence": (
        "email", changed(EMAIL_EN, ("Members get a price checklist, no sign-up. We'll pay or label the post as your rules ask.", f"We pay {LONG}.")), SUBJECT_EN,
        "plain", "letter-sentence-long",
    ),
    "left to be filled in": (
        "email", changed(EMAIL_RU, ("+371 20000000", "[телефон]")), SUBJECT_RU, "placeholder", "letter-placeholder",
    ),
    "a field of a mail merge": (
        "message", changed(MESSAGE_EN, ("named Riga Expats", "named {{group}}")), "", "placeholder", "letter-placeholder",
    ),
    "too short": (
        "message", changed(MESSAGE_EN, ("We asked our patients what they read: more than half named Riga Expats.\n\n", ""),
                           (", with Riga prices", ""), ("for 14 years", "14 years"),
                           ("members get a price checklist, no sign-up", "free for all"),
                           (" on dentists", ""), (" the same thing: what should it cost?", " the price.")),
        "", "length", "letter-too-short",
    ),
    "too long for a message": (
        "message", changed(MESSAGE_RU, ("с ценами по Риге", "с ценами по Риге, по её районам, по клиникам и по врачам за этот год и за два прошлых")),
        "", "length", "letter-too-long",
    ),
    "too many words": (
        "email", changed(EMAIL_EN, ("Two topics:", "We are new here. " * 10 + "\n\nTwo topics:")), SUBJECT_EN,
        "length", "letter-words-over",
    ),
    "a short subject": ("email", EMAIL_EN, "Cooperation", "subject", "letter-subject-short"),
    "a long subject": ("email", EMAIL_RU, SUBJECT_RU * 2, "subject", "letter-subject-long"),
    "no subject": ("email", EMAIL_EN, "", "subject", "letter-no-subject"),
    "where is the address from": (
        "message",
        changed(MESSAGE_EN, ("I found your contact on the group's page; reply \"no\" and I'll delete it.", "Kind regards!")),
        "", "eu", "letter-no-source",
    ),
    "a follow-up that asks nothing": (
        "follow_up", "Tom, I wrote to you last week about implants.", "", "question", "letter-no-question",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "subject", "item", "code"), BAD.values(), ids=BAD)
def test_a_bad_letter_fails_for_its_reason(kind, text, subject, item, code):
    """For that one and no other."""
    assert found(text, kind, subject) == [(item, code)]


GREETINGS = {
    "en": [
        "Hi Tom,",
        "Hello Anna-Maria!",
        "Dear Mr Brown,",
        "Tom, good morning!",
        "Hi Tom - a question.",
        "Good afternoon again, Tom.",
    ],
    "ru": [
        "Здравствуйте, Марина!",
        "Добрый день, Анна Петровна!",
        "Уважаемый Пётр,",
        "Марина, здравствуйте!",
        "Здравствуйте, уважаемая Марина!",
    ],
    "el": ["Γεια σας, Μαρίνα!", "Αγαπητέ Γιώργο,", "Καλημέρα σας, Μαρίνα,"],
    "lv": ["Labdien, Jāni!", "Sveika, Marina!", "Cienījamā Marina!"],
    "hy": ["Բարև Ձեզ, Մարինա։", "Հարգելի Աննա,"],
}
TO_ANYBODY = {
    "en": ["Dear Editor,", "Hi there,", "Hello, I'm Anna.", "Hello! We write posts.", "To whom it may concern:"],
    "ru": [
        "Уважаемая редакция!",
        "Здравствуйте! Я Анна.",
        "Добрый день, коллеги!",
        "Здравствуйте, меня зовут Анна.",
        "Здравствуйте, это Анна, врач.",
    ],
    "el": ["Αγαπητοί,", "Γεια σας, είμαι η Άννα.", "Αξιότιμε κύριε,"],
    "lv": ["Labdien! Esmu Anna.", "Cienījamā redakcija!", "Labdien, kolēģi!"],
    "hy": ["Բարև Ձեզ։ Ես Աննան եմ։", "Հարգելի խմբագիր,"],
}


@pytest.mark.parametrize("greeting", [one for some in GREETINGS.values() for one in some])
def test_a_greeting_with_a_name(greeting):
    """In five languages, the name before or behind."""
    assert "name" not in dict(found(f"{greeting}\n\nText.", "message"))


@pytest.mark.parametrize("greeting", [one for some in TO_ANYBODY.values() for one in some])
def test_a_greeting_to_anybody(greeting):
    """A title is no name, nor is the writer's own."""
    assert "name" in dict(found(f"{greeting} Text.", "message"))


def test_the_sentence_about_the_address_is_asked_for_where_it_has_to_be():
    """In the EU and where nobody knows; the list of other countries stands in the file."""
    bare = MESSAGE_EN.partition("I found")[0].strip()
    assert [item for market in ("LV", "", "DE", "RU") for item, _ in found(bare, "message", market=market)] == [
        "eu"
    ] * 3


FAULTS = {
    "name": lambda lines, known: [lines[0].replace(known.recipient.name, "", 1), *lines[1:]],
    "specialisation": lambda lines, known: [_without_first_sentence(lines[0], known), *lines[1:]],
    "proof": lambda lines, known: [lines[0].replace(_day(known), "", 1), *lines[1:]],
    "topics": lambda lines, known: [line.replace(known.topics[0].headline, "SEO") for line in lines],
    "links": lambda lines, _: [line.replace("zobi.example/most", "") for line in lines],
    "question": lambda lines, _: [*lines[:-2], lines[-1]],
    "eu": lambda lines, _: lines[:-1],
}


def _without_first_sentence(line, known):
    """Leave the greeting and what comes behind the years."""
    begin = line.index(known.recipient.name) + len(known.recipient.name) + 1
    return line[:begin] + line[line.index(")") + 2 :]


def _day(known):
    word = {"en": "3 November", "ru": "3 ноября", "el": "3ης Νοεμβρίου", "lv": "3. novembra", "hy": "նոյեմբերի 3-ի"}
    return word[known.language]


@pytest.mark.parametrize("language", FACTS)
@pytest.mark.parametrize("item", FAULTS)
def test_a_fault_is_found_in_every_language(language, item):
    """What is taken out of a letter of ours is missed, and its length alone beside."""
    known = FACTS[language]
    paragraphs = write_letter(known).message.text.split("\n\n")
    text = "\n\n".join(FAULTS[item](paragraphs, known))
    beside = {"length"} | ({"question"} if item == "topics" else set())  # those of a topic stand alone then
    assert {name for name, _ in found(text, "message")} - beside == {item}


def test_numbered_questions_are_answered_one_by_one():
    """Several are allowed, if each has its number."""
    asked = "Which one shall I send as a draft?"
    text = changed(EMAIL_EN, (asked, "1. Do you take posts of others?\n2. Which one shall I send?"), ('1. "', '- "'), ('2. "', '- "'))  # fmt: skip
    assert found(text, "email", SUBJECT_EN) == []


def test_a_question_in_quotes_is_none():
    """Nor is one that readers asked, behind a colon."""
    text = changed(MESSAGE_EN, ("7 questions before you pay", "what should you ask?"))
    assert found(text, "message") == []


@pytest.mark.parametrize(
    "text", ["", " ", "?", "«»", "1. 1. 1.", "a" * 5000, "\n\n\n", "Hi", "Hi ", "՞", ";", "[", "«" * 200]
)
def test_any_text_can_be_checked(text):
    """Whatever it is."""
    assert found(text, "message")
    assert isinstance(found(text, "follow_up"), list)


def test_languages_and_readability():
    """By letters; LIX is the words of a sentence and the share of long words."""
    assert [language_of(text) for text in (MESSAGE_EN, MESSAGE_RU)] == ["en", "ru"]
    assert lix("") == 0
    assert lix("We are here. You are there.") == 3


def test_every_item_names_where_it_comes_from():
    """What could not be confirmed is marked."""
    items = CHECKLIST.items.values()
    assert {item.origin for item in items} == {"the method", "editors", "studies", "the law"}
    assert all(item.why and item.source and item.checked.year >= 2026 for item in items)
    assert sum(bool(item.doubt) for item in items) >= 5
    text = " ".join(item.why for item in items)
    assert all(
        fact in text for fact in ("1.15 %", "0.37 %", "31 million", "9 to 13 %", "99 %", "150 words", "36 to 50")
    )


def test_letters_are_read_from_text_and_mail():
    """A subject in the first line makes an e-mail; a long text is one too."""
    plain = parts_in(f"Тема: {SUBJECT_RU}\n\n{EMAIL_RU}".encode(), "letter.txt")
    assert [(one.kind, one.subject, one.text) for one in plain] == [("email", SUBJECT_RU, EMAIL_RU)]
    assert [one.kind for one in parts_in(MESSAGE_EN.encode("utf-16"), "letter.txt")] == ["message"]
    assert [one.kind for one in parts_in((EMAIL_EN * 2).encode(), "letter.md")] == ["email"]
    assert [one.kind for one in parts_in(MESSAGE_EN.encode(), "letter.md", "email")] == ["email"]
