"""What a sentence of Facebook's log of group memberships says, in the language of the account.

Seen in exports, or quoted from them: English, French and Danish (joining and leaving), Dutch (joining). The others are
the usual ways to say it, from nobody's export. So the meaning is taken from beginnings of words, and only a name that
stands nowhere else is cut out of a whole sentence.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Final

from outreach.words.fold import fold

__all__ = ["Meaning", "Sentence", "understood"]


class Meaning(Enum):
    """What happened to a membership."""

    JOINED = auto()
    LEFT = auto()
    NOTHING = auto()
    """Asked, invited, declined: neither joined nor left."""
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a sentence says, and of which group; the name is empty where it does not tell."""

    meaning: Meaning
    group: str


LONGEST: Final = 1000

# In this order: "approved your request" is no request, and "no longer a member" no membership. Beginnings of words, as
# ``_folded`` leaves them; en, ru, de, es, fr, el, lv, da, nl.
APPROVED: Final = (
    "confirmed your|bestatigt|confirm[oe]|подтверд|επιβεβαι|bekræft|bevestig|"
    "approved|accepted your|одобр|приня|genehmigt|angenommen|akzeptiert|aprob|acepto|aceptado|approuve|accepte|ενεκριν|"
    "εγκριν|αποδεχ|apstiprin|pienem|godkend|accepteret din|goedgekeurd|geaccepteerd"
)
LEFT: Final = (
    "stopped being|no longer|not a member|left|removed|"
    "переста|больше не|не являетесь|покину|вышли|вышел|вышла|исключ|удал|"
    "nicht mehr|nicht langer|kein mitglied|verlassen|ausgetreten|aufgehort|entfernt|"
    "dejaste|dejado|deja de|saliste|salido|abandon|ya no|"
    "arrete|cesse|quitte|plus membre|n'etes plus|n'es plus|retire|"
    "σταματησ|παψατε|επαψ|παψει|αποχωρησ|δεν ειστε|δεν εισαι|φυγατε|εφυγ|εγκατελ|"
    "vairs ne|partrauc|pamet|izstaj|atstaj|"
    "stoppet|stoppede|ikke længere|ikke mere|forlod|forladt|holdt op|"
    "gestopt|opgehouden|niet langer|niet meer|geen lid|verlaten|uitgetreden|"
    "ophørt|inte langre|lamnade|lamnat|ikke lenger|forlot|dejo de|ne faites plus|plus partie|прекрат|beendet|"
    "beidz|meldte dig ud|παυσατε"
)
NOTHING: Final = (
    "requested|asked|invited|declined|cancel|заявк|запрос|приглас|приглаш|отклон|anfrage|beantragt|eingeladen|abgelehnt|"
    "solicit|invit|rechaz|demande|refus|αιτημα|ζητησ|προσκ|απορρ|pieprasij|uzaicin|noraid|anmod|inviter|afvis|"
    "verzoek|uitgenodigd|aangevraagd|geweigerd"
)
JOINED: Final = (
    "became a|joined|added you|вступил|присоедин|добавил|beigetreten|hinzugefugt|faites desormais partie|"
    "meldte dig ind|te uniste|te has unido|rejoint|ενταχθ|εγγραφ|συμμετ|μπηκ|pievienoj|"
    "tilslut|toegetreden|aangesloten"
)
MEMBER: Final = "member|участни|член|mitglied|miembro|membre|μελοσ|dalibnie|biedr|locekl|medlem|lid"
"""Of joining in a sentence that we know word for word; elsewhere it may as well be about leaving."""

# Sentences with the name of a group in them, without the full stop.
WITH_NAMES: Final = (
    r"You (?:became|stopped being|are now|are no longer) a member of (.+)",
    r"You (?:joined|left) (.+)",
    r"(.+) has approved your request to join",
    (
        r"Вы (?:стали|перестали быть|больше не являетесь|больше не|теперь|теперь не|не являетесь) (?:участни|член)\w+ "
        r"(?:групп\w+ )?(.+)"
    ),
    r"Вы (?:вступили в|присоединились к|вышли из|покинули) (?:групп\w+ )?(.+)",
    r"(.+) одобрил(?:[аи]|\(-?а\))? (?:ваш|вашу|твой|твою) (?:запрос|заявку).*",
    (
        r"(?:Du bist|Sie sind) (?:jetzt |nun |kein |nicht mehr |nicht länger )*(?:ein )?Mitglied (?:mehr )?"
        r"(?:von|in|bei|der Gruppe) (.+?)(?: geworden)?"
    ),
    r"(?:Du hast|Sie haben) aufgehört, (?:ein )?Mitglied (?:von|der Gruppe) (.+) zu sein",
    r"(?:Du bist|Sie sind) (?:der Gruppe )?(.+) beigetreten",
    r"(?:Du bist|Sie sind) aus (?:der Gruppe )?(.+) ausgetreten",
    r"(?:Du hast|Sie haben) (?:die Gruppe )?(.+) verlassen",
    r"(.+) hat (?:deine|Ihre) (?:Beitritts)?[Aa]nfrage .*",
    (
        r"(?:Te convertiste en|Te has convertido en|Te hiciste|Ahora eres|Dejaste de ser|Has dejado de ser|Ya no eres) "
        r"miembro (?:del grupo|de) (.+)"
    ),
    r"Te (?:uniste|has unido) (?:al grupo|a) (.+)",
    r"(?:Saliste|Has salido) (?:del grupo|de) (.+)",
    r"(?:Abandonaste|Has abandonado) (?:el grupo )?(.+)",
    r"(.+) (?:aprobó|ha aprobado|aceptó|ha aceptado) tu solicitud.*",
    (
        r"(?:Vous êtes devenu(?:e|\(e\))?|Vous avez (?:arrêté|cessé) d'être|Vous n'êtes plus|Vous êtes maintenant) "
        r"membre (?:du groupe|de) (.+)"
    ),
    r"Vous avez (?:rejoint|quitté) (?:le groupe )?(.+)",
    r"Vous (?:faites désormais|ne faites plus) partie (?:du groupe|de) (.+)",
    r"(.+) a (?:approuvé|accepté) votre demande.*",
    (
        r"(?:Γίνατε|Έχετε γίνει|Έγινες|Είστε πλέον|Σταματήσατε να είστε|Σταμάτησες να είσαι|(?:Πάψ|Παύσ)ατε να είστε|"
        r"Δεν είστε πλέον|Δεν είστε πια|Δεν είσαι πλέον) μέλος (?:της ομάδας |στην ομάδα |του |της )?(.+)"
    ),
    r"(?:Αποχωρήσατε|Αποχώρησες|Φύγατε) από (?:την ομάδα |το |τη |την )?(.+)",
    r"(?:Ενταχθήκατε|Εντάχθηκες|Συμμετέχετε πλέον|Μπήκατε) στ(?:ην ομάδα|ην|η|ο) (.+)",
    r"(?:Η ομάδα )?(.+) (?:ενέκρινε|αποδέχτηκε|αποδέχθηκε) το αίτημά (?:σας|σου).*",
    (
        r"(?:Jūs|Tu) (?:kļuvāt par|kļuvi par|vairs neesat|vairs neesi|pārtraucāt būt|pārtrauci būt|"
        r"es(?:at|i) kļuv(?:is|usi) par|esat) "
        r"(?:grupas )?(.+) (?:dalībnie|biedr|locekl)\w+"
    ),
    r"(?:Jūs|Tu) (?:pievienojāties|pievienojies|pametāt|pameti|atstājāt) (?:grup\w+ )?(.+)",
    r"(?:Jūs|Tu) izstāj\w+ no (?:grupas )?(.+)",
    r"(.+) (?:ir )?apstiprinā\w+ (?:jūsu|tavu) .*",
    (
        r"Du (?:blev|er blevet|er nu|er stoppet med at være|stoppede med at være|ophørte med at være|"
        r"er holdt op med at være|er ikke længere) medlem af "
        r"(?:gruppen )?(.+)"
    ),
    r"Du (?:forlod|har forladt) (?:gruppen )?(.+)",
    r"Du meldte dig (?:ud af|ind i) (?:gruppen )?(.+)",
    r"(.+) har (?:godkendt|accepteret) din anmodning.*",
    r"Je bent (?:nu |geen |niet langer |niet meer )?lid (?:geworden |meer )?van (?:de groep )?(.+)",
    r"Je bent (?:gestopt|opgehouden) (?:met )?lid te zijn van (?:de groep )?(.+)",
    r"Je hebt (?:de groep )?(.+) verlaten",
    r"(.+) heeft je (?:verzoek|aanvraag) .*",
)


def understood(text: str, group: str = "") -> Sentence:
    """Return what a sentence says.

    Args:
        text: The sentence.
        group: The name beside it, empty where there is none.

    Example:
        >>> understood("You stopped being a member of Riga Cooks.")
        Sentence(meaning=<Meaning.LEFT: 2>, group='Riga Cooks')
        >>> understood("Je bent lid geworden van Wij stoppen.", "Wij stoppen").meaning.name
        'JOINED'

    """
    if len(text) > LONGEST:
        return Sentence(Meaning.UNKNOWN, group)
    sentence = unicodedata.normalize("NFC", text)
    group = unicodedata.normalize("NFC", group) or _cut(sentence)
    rest = " ".join(sentence.rpartition(group)[::2]) if group else sentence
    return Sentence(_meaning(rest, sentence), group)


def _cut(sentence: str) -> str:
    """Return the name that stands in a sentence that we know, empty where we do not."""
    sentence = sentence.removesuffix(".")
    plain = sentence.replace("’", "'")
    found = next((found for pattern in _patterns() if (found := pattern.fullmatch(plain))), None)
    return sentence[slice(*found.span(1))].strip() if found else ""


def _meaning(rest: str, sentence: str) -> Meaning:
    """Return what the words around a name say; those of a member alone only in a sentence known word for word."""
    folded = fold(rest)
    for pattern, meaning in _stems():
        if pattern.search(folded):
            return meaning
    return Meaning.JOINED if _members().search(folded) and _cut(sentence) else Meaning.UNKNOWN


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.DOTALL) for pattern in WITH_NAMES)


@cache
def _members() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{MEMBER})")


@cache
def _stems() -> tuple[tuple[re.Pattern[str], Meaning], ...]:
    return tuple(
        (re.compile(rf"\b(?:{stems})"), meaning)
        for stems, meaning in (
            (APPROVED, Meaning.JOINED),
            (LEFT, Meaning.LEFT),
            (NOTHING, Meaning.NOTHING),
            (JOINED, Meaning.JOINED),
        )
    )
