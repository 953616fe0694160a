"""Sentences of Facebook's log of groups, and their order."""

import pytest

from outreach.likes.exports.base import Like
from outreach.likes.exports.facebook import Event, Meaning, memberships, understood

JOINED, LEFT, UNKNOWN = Meaning.JOINED, Meaning.LEFT, Meaning.UNKNOWN

SENTENCES = [
    ("en", JOINED, "You became a member of {}."),
    ("en", LEFT, "You stopped being a member of {}."),
    ("en", JOINED, "{} has approved your request to join."),
    ("ru", JOINED, "Вы стали участником группы {}."),
    ("ru", JOINED, "Вы вступили в группу {}."),
    ("ru", LEFT, "Вы больше не являетесь участником группы {}."),
    ("ru", LEFT, "Вы покинули группу {}."),
    ("ru", JOINED, "{} одобрил ваш запрос на вступление."),
    ("de", JOINED, "Du bist jetzt Mitglied von {}."),
    ("de", JOINED, "Du bist Mitglied von {} geworden."),
    ("de", JOINED, "Du bist der Gruppe {} beigetreten."),
    ("de", LEFT, "Du bist kein Mitglied mehr von {}."),
    ("de", LEFT, "Du bist nicht mehr Mitglied von {}."),
    ("de", LEFT, "Du hast die Gruppe {} verlassen."),
    ("de", JOINED, "{} hat deine Beitrittsanfrage genehmigt."),
    ("es", JOINED, "Te uniste al grupo {}."),
    ("es", JOINED, "Te convertiste en miembro de {}."),
    ("es", LEFT, "Dejaste de ser miembro de {}."),
    ("es", LEFT, "Ya no eres miembro de {}."),
    ("es", JOINED, "{} aprobó tu solicitud para unirte."),
    ("fr", JOINED, "Vous êtes devenue membre de {}."),
    ("fr", JOINED, "Vous êtes devenu(e) membre de {}."),
    ("fr", LEFT, "Vous avez arrêté d’être membre de {}."),
    ("fr", LEFT, "Vous n'êtes plus membre de {}."),
    ("fr", JOINED, "{} a approuvé votre demande d’adhésion."),
    ("el", JOINED, "Γίνατε μέλος της ομάδας {}."),
    ("el", LEFT, "Σταματήσατε να είστε μέλος της ομάδας {}."),
    ("el", LEFT, "Δεν είστε πλέον μέλος της ομάδας {}."),
    ("el", LEFT, "Αποχωρήσατε από την ομάδα {}."),
    ("el", JOINED, "{} ενέκρινε το αίτημά σας."),
    ("lv", JOINED, "Jūs kļuvāt par grupas {} dalībnieku."),
    ("lv", JOINED, "Jūs pievienojāties grupai {}."),
    ("lv", LEFT, "Jūs vairs neesat grupas {} dalībnieks."),
    ("lv", LEFT, "Jūs pametāt grupu {}."),
    ("lv", JOINED, "{} apstiprināja jūsu pieprasījumu."),
    ("da", JOINED, "Du blev medlem af {}."),
    ("da", LEFT, "Du er stoppet med at være medlem af {}."),
    ("da", LEFT, "Du er ikke længere medlem af {}."),
    ("da", JOINED, "{} har godkendt din anmodning om at deltage."),
    ("nl", JOINED, "Je bent lid geworden van {}."),
    ("nl", LEFT, "Je bent geen lid meer van {}."),
    ("nl", LEFT, "Je bent gestopt lid te zijn van {}."),
    ("nl", LEFT, "Je bent opgehouden lid te zijn van {}."),
    ("da", LEFT, "Du stoppede med at være medlem af {}."),
    ("da", LEFT, "Du ophørte med at være medlem af {}."),
    ("de", JOINED, "{} hat deine Anfrage bestätigt."),
    ("de", JOINED, "Du bist ein Mitglied von {} geworden."),
    ("de", LEFT, "Du bist nicht länger ein Mitglied von {}."),
    ("ru", JOINED, "{} одобрил(-а) ваш запрос на вступление."),
    ("fr", JOINED, "Vous faites désormais partie de {}."),
    ("fr", LEFT, "Vous ne faites plus partie de {}."),
    ("el", LEFT, "Παύσατε να είστε μέλος της ομάδας {}."),
    ("el", JOINED, "Η ομάδα {} ενέκρινε το αίτημά σας για συμμετοχή."),
    ("lv", JOINED, "Jūs esat kļuvis par {} dalībnieku."),
    ("da", LEFT, "Du meldte dig ud af {}."),
    ("da", JOINED, "Du meldte dig ind i {}."),
    ("da", JOINED, "{} har accepteret din anmodning."),
    ("nl", JOINED, "{} heeft je verzoek om lid te worden goedgekeurd."),
]


@pytest.mark.parametrize("name", ["Рига & кофе", "We Left: You Became. 100 %", "Mitglieder, die nicht mehr wollen"])
@pytest.mark.parametrize(("language", "meaning", "sentence"), SENTENCES)
def test_sentences_with_and_without_a_name_beside_them(language, meaning, sentence, name):
    """What happened and to which group, whatever words the group's name is made of."""
    text = sentence.format(name)
    assert understood(text, name).meaning is meaning, language
    alone = understood(text)
    assert (alone.meaning, alone.group) == (meaning, name), language


@pytest.mark.parametrize(
    ("sentence", "meaning"),
    [
        ("You requested to join X.", Meaning.NOTHING),
        ("Ann Sample invited you to X.", Meaning.NOTHING),
        ("Вы отправили заявку в X.", Meaning.NOTHING),
        ("X declined your request to join.", Meaning.NOTHING),
        ("Dołączono do grupy X.", UNKNOWN),
        ("", UNKNOWN),
        ("X" * 5000, UNKNOWN),
    ],
)
def test_other_sentences(sentence, meaning):
    """Requests are neither; an unknown language is unknown."""
    assert understood(sentence, "X").meaning is meaning


def events(*rows):
    return [Event(line, group, meaning, time, "") for line, (group, meaning, time) in enumerate(rows, start=1)]


def members(log):
    return [part.name for part in memberships("groups.json", log) if isinstance(part, Like)]


@pytest.mark.parametrize(
    ("log", "names"),
    [
        (events(), []),
        (events(("A", LEFT, 2), ("A", JOINED, 1)), []),
        (events(("A", LEFT, 1), ("A", JOINED, 2)), ["A"]),
        (events(("A", JOINED, 1), ("A", LEFT, 1)), []),  # at once, oldest first by the vote
        (events(("B", LEFT, 9), ("A", LEFT, 5), ("A", JOINED, 5), ("C", JOINED, 1)), ["C"]),  # at once, newest first
        (events(("A", LEFT, None), ("B", JOINED, None), ("A", JOINED, None)), ["B"]),  # undated, newest first
        (events(("A", JOINED, None), ("B", JOINED, None), ("A", LEFT, None)), ["B"]),  # undated, oldest first
        (events(("A", LEFT, 1), ("A", UNKNOWN, 2)), []),  # what is not known undoes nothing
        (events(("A", UNKNOWN, 1), ("A", LEFT, 2)), []),
        (events(("A", UNKNOWN, 1)), ["A"]),
        (events(("", LEFT, 1)), []),
    ],
)
def test_the_last_state_of_a_group_counts(log, names):
    """Whatever the order of the log."""
    assert members(log) == names


@pytest.mark.parametrize(
    ("sentence", "meaning"),
    [
        ("Du är inte längre medlem i {}.", LEFT),
        ("Du er ikke lenger medlem av {}.", LEFT),
        ("Dejó de ser miembro de {}.", LEFT),
        ("Vous ne faites plus partie des membres de {}.", LEFT),
        ("Вы прекратили быть участником группы {}.", LEFT),
        ("Deine Mitgliedschaft in {} wurde beendet.", LEFT),
        ("Olet nyt ryhmän {} member.", UNKNOWN),
        ("Medlem {} hej.", UNKNOWN),
    ],
)
def test_a_word_for_member_alone_says_nothing(sentence, meaning):
    """Those who leave were members too: what is not known word for word is counted with a remark."""
    assert understood(sentence.format("SMM"), "SMM").meaning is meaning


def test_one_group_however_it_is_written():
    """As keys are compared."""
    log = [Event(1, "RIGA  cooks", JOINED, 10.0, ""), Event(2, "«Riga Cooks»", LEFT, 20.0, "")]
    assert [part for part in memberships("groups.json", log) if isinstance(part, Like)] == []
