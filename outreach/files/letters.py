"""How likely letters follow one another, by language; tells the older encodings apart.

A short list of names is too little for counting letters alone, and enough for pairs: after a letter only some others
are likely, capitals do not follow small letters, and letters of two alphabets do not share a word.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CODECS", "pairs", "score", "undefined"]

RUSSIAN: Final = """
    и в на не для как что это все всё ещё наш мой мы вы они где или при без лучшие хороший большой новый большие
    клиент покупатель заказчик ресурс страница группа сообщество канал паблик подписка подписчики участники число
    количество название наименование адрес ссылка площадка соцсеть дата тема тематика имя фамилия контакт источник
    клуб любители любителей кофе чай книги новости школа дизайн маркетинг мамы дети здоровье спорт путешествия еда
    рецепты выпечка работа вакансии бизнес деньги финансы психология отношения юмор машина ремонт цветы сад огород
    город дом мир жизнь время человек люди женщина мужчина общение вязание съёмка объявления цены фото музыка щенки
    хозяин чаепитие этикет форум журнал газета эксперт фотограф бухгалтер юрист учёба ребёнок семья зож йога бег
    москва московский санкт петербург россия казань новосибирск нижний екатеринбург рига
    анна иван мария сергей ольга дмитрий елена алексей татьяна наталья юлия евгений светлана михаил андрей пётр
    николай людмила галина игорь ирина петров иванова смирнов кузнецов соколова попов лебедев новикова фёдоров
    ёлка ёжики её даёт зелёный тёплый актёр надёжный
    группы спільнота її їжа є підписники київ україна мій місто сім'я ґанок львів олексій наталія
"""
GREEK: Final = """
    και το η ο του της των για με στο στη στην από που είναι τα οι ένα μας όλα πιο νέα νέο καλύτερα
    πελάτης πελάτες ομάδα ομάδες κοινότητα σελίδα κανάλι συνδρομητές ακόλουθοι μέλη αριθμός όνομα τίτλος διεύθυνση
    σύνδεσμος ιστοσελίδα πηγή πλατφόρμα δίκτυο ημερομηνία θέμα κατηγορία χρήστης επώνυμο αγοραστής
    αθήνα θεσσαλονίκη ελλάδα κύπρος πάτρα κρήτη λεμεσός καφές φίλοι συνταγές μαγειρική ταξίδια μουσική βιβλία παιδιά
    μαμάδες γονείς υγεία εργασία σχολείο δρόμος ζωή ψυχολογία αυτοκίνητο κήπος ποδήλατο τρέξιμο γυναίκες άνδρες
    ξενοδοχείο ευχαριστώ ιδέες σπίτι αγορά φωτογραφία τέχνη χορός ιστορία επιχειρήσεις λογιστές δικηγόροι νοσοκόμες
    γιώργος μαρία κώστας ελένη δημήτρης παπαδόπουλος νίκος κατερίνα σοφία ιωάννης βασίλης χρήστος άννα όλγα έλενα
    παναγιώτης σπύρος ήβη ύδρα ώρα αϊβαλί μαΐου προϊόντα
"""
LATVIAN: Final = """
    kā arī tā šī būt ļoti mūsu jūsu vēl pēc pār līdz bērni bērniem ēst ēdiens ēdieni ceļojumi ceļotāji kanāls kanāli
    sekotāji sekotāju dalībnieki dalībnieku pircējs lietotājs vārds uzvārds saraksts tīkls sociālais tīkli tēma adrese
    rīga rīgas jūrmala liepāja daugavpils jēkabpils rēzekne ogrē jānis pēteris līga kārlis mārtiņš ģirts bērziņš kalniņš
    ozoliņa ozoliņš liepiņš krūmiņš zariņa zariņš āboliņa kļaviņš vītols dārta inta zanē kristīne laimdota ērika dāvis
    grāmatas mājas māja māmiņas māmiņu dārzs dārzi ziņas skola skolēni jaunākās jaunumi mūzika veselība dzīve biedrība
    lapā ķermenis šodien čats žurnāls žurnālisti darbā iepirkšanās uzņēmēji pašmāju ģimene ērts īpašums ūdens adīšana
    ķīmija māksla vēsture pilsēta tūkstoši gadā kopā brīvais laiks tautastērps klubiņš draugi kafijas cienītāji
    skrējēji velobraucēji zvejnieki šūšana konditori grāmatveži juristi fotogrāfi ļaudis ņemt kāzas ģitāra žēl čempions
"""
WESTERN: Final = """
    à è où déjà très après café crème père mère frère élève école santé beauté vélo société communauté abonnés été
    réseau français française façade garçon leçon ça château pâte âge théâtre être fête forêt tête île boîte maître
    naïf noël août goût sûr cœur françois rené hélène zoé chloé gâteau rêve hôtel côté marché idées métier référence
    für über schön mädchen käse größe straße müller jürgen bücher köln münchen fußball grün können gäste häuser wörter
    zürich österreich brötchen gärtner bäcker küche lösung später frühstück läufer
    españa niño niños señor mañana años corazón canción maría josé garcía martínez lópez gonzález día país también
    aquí está más fútbol música política teléfono diseño inglés andrés ángel óscar lucía cómo qué según málaga bogotá
    são joão não coração comunicação irmão mãe opções avó você português ações cães além água família notícias
    åsa smörgås björn små kök väg malmö göteborg øl københavn kjøtt språk lärare hälsa mödrar båt
    città perché più così caffè però libertà società lunedì virtù
"""
CODECS: Final = {
    "cp1252": WESTERN,
    "cp1251": RUSSIAN,
    "cp1253": GREEK,
    "cp1257": LATVIAN,
    "mac-cyrillic": RUSSIAN,
    "mac-roman": WESTERN,
    "mac-greek": GREEK,
    "cp866": RUSSIAN,
    "koi8-r": RUSSIAN,
}
"""The encodings that are told apart and the language of each; of equals the first wins."""

SAMPLE_BYTES: Final = 500
PIECE: Final = re.compile(rb"[\x80-\xff][A-Za-z\x80-\xff]*[0-9]?")
DIGITS: Final = bytes.maketrans(b"123456789", b"000000000")
OPENING: Final = {
    **dict.fromkeys("«№\u00a0¿¡§„", 1.0),
    **dict.fromkeys("–—", 0.05),
    **dict.fromkeys("“‘’", 0.01),
}
"""How likely a word follows at once; after other signs as rarely as a capital inside."""
SIGNS: Final = {
    **dict.fromkeys("«»–—№’\u00a0", 1e-2),
    **dict.fromkeys("“”„…•·®©™€°¿¡", 3e-3),
    **dict.fromkeys("‘‚±×÷§¤¢£¥¦¬¶¹²³½¼¾´¨¯¸ªºµ†‡‰‹›", 1e-3),
}
STRANGE: Final = 1e-5  # a sign or letter that has no business there
CAPITAL_FIRST: Final = 0.5
CAPITAL_AFTER_CAPITAL: Final = 0.4
CAPITAL_INSIDE: Final = 1e-3
NOT_BEHIND: Final = "«№€„¿¡§°"  # these do not follow a letter at once
NOT_BEFORE: Final = "’»”…"  # these do not begin a word
SELDOM: Final = 0.1  # a sign out of place, a letter at a digit
ELISION: Final = 0.2  # a Latin letter behind an apostrophe
KNOWN: Final[dict[str, dict[tuple[int, int], float]]] = {}
"""Logarithms of pairs that were met, by encoding; the same whoever asks first."""
FEW: Final = 6  # pairs after a letter that weigh as much as the letters alone


def pairs(head: bytes) -> Mapping[tuple[int, int], int]:
    """Count which bytes follow one another in the words that are not ASCII, spaces at both ends.

    Two bytes of ASCII mean the same everywhere and are left out.

    Example:
        >>> sorted(pairs("aé, bé".encode("latin-1")).items())
        [((97, 233), 1), ((98, 233), 1), ((233, 32), 2)]

    """
    words: dict[bytes, None] = {}
    length = 0
    for piece in PIECE.finditer(head):
        before = head[max(piece.start() - 1, 0) : piece.start()]
        word = ((before if before.isalnum() else b"") + piece[0]).translate(DIGITS)
        if word not in words:
            words[word] = None
            length += len(word) + 1
            if length > SAMPLE_BYTES:
                break
    sample = b" " + b" ".join(words)[:SAMPLE_BYTES] + b" "
    counted = Counter(pairwise(sample))
    return {pair: times for pair, times in counted.items() if max(pair) >= 0x80}


def score(codec: str, counted: Mapping[tuple[int, int], int]) -> float:
    """Return the mean logarithm of the likelihood of pairs.

    Example:
        >>> word = pairs("Подписчики".encode("cp1251"))
        >>> score("cp1251", word) > score("koi8-r", word)
        True

    """
    known = KNOWN.setdefault(codec, {})
    for pair in counted.keys() - known.keys():
        known[pair] = math.log(_likelihood(codec, *pair))
    return sum(known[pair] * times for pair, times in counted.items()) / max(sum(counted.values()), 1)


@cache
def undefined(codec: str) -> frozenset[int]:
    """Return the bytes that an encoding does not have."""
    return frozenset(byte for byte, sign in enumerate(_signs(codec)) if sign == "\ufffd")


@cache
def _signs(codec: str) -> str:
    return bytes(range(256)).decode(codec, errors="replace")


@cache
def _learned(words: str) -> tuple[Mapping[str, int], Mapping[str, int], Mapping[str, float]]:
    """Count pairs and their first letters in a list of words, and give each letter its share."""
    text = f" {' '.join(words.split())} "
    follow = Counter(map("".join, pairwise(text)))
    letters = Counter(text)
    return follow, letters, {sign: number / len(text) for sign, number in letters.items()}


def _likelihood(codec: str, first: int, second: int) -> float:
    """Return how likely the second byte follows the first."""
    follow, letters, share = _learned(CODECS[codec])
    one, other = _signs(codec)[first], _signs(codec)[second]
    if _is_sign(other):
        misplaced = other in NOT_BEHIND if one.isalpha() else other in NOT_BEFORE and one == " "
        return SIGNS.get(other, STRANGE) * (SELDOM if misplaced else 1)
    likelihood = 1.0
    if _is_sign(one):
        if other in " 0":
            return likelihood
        likelihood = ELISION if one == "’" and other.isascii() else OPENING.get(one, CAPITAL_INSIDE)
        one = " "
    elif "0" in {one, other}:
        likelihood = SELDOM
        one, other = one.replace("0", " "), other.replace("0", " ")
    small, after = one.lower(), other.lower()
    if small not in letters:
        return STRANGE
    likelihood *= (follow.get(small + after, 0) + FEW * share.get(after, STRANGE)) / (letters[small] + FEW)
    if other != after:
        likelihood *= CAPITAL_FIRST if one == " " else CAPITAL_AFTER_CAPITAL if one != small else CAPITAL_INSIDE
    return likelihood


def _is_sign(sign: str) -> bool:
    return sign not in " 0" and (sign in SIGNS or not sign.isalpha())
