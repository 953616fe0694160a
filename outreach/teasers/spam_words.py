"""Words by which readers and moderators know an advertisement, in the languages of our users.

A star stands for any ending. Only what sells and does not tell: a plain "free" or "бесплатно" may be true and useful.
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.teasers.folding import searchable

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "spam_words"]

_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "100% free|absolutely free|act now|act fast|hurry up|click here|click below|buy now|order now|"
        "sign up now|limited time*|limited offer|last chance|only today|today only|don't miss out|"
        "don't miss this|risk free|risk-free|no risk|guaranteed|money back|make money|earn money|"
        "easy money|extra income|be your own boss|double your*|special offer|exclusive offer|"
        "exclusive deal|incredible deal|best price|lowest price|miracle*|life-changing|game-changer|"
        "mind-blowing|once in a lifetime|congratulations|you won|no obligation|what are you waiting for|"
        "secret formula|get rich",
        "ru": "100% бесплатно|абсолютно бесплатно|совершенно бесплатно|только сегодня|успей*|спешите|спеши|"
        "поторопи*|жми|жмите|жми сюда|кликай*|кликни*|купи сейчас|купите сейчас|купи прямо сейчас|"
        "закажи сейчас|закажите сейчас|последний шанс|не упусти*|не пропусти*|количество ограничено|"
        "места ограничены|количество мест ограничено|акция ограничена|уникальн* предложени*|"
        "эксклюзивн* предложени*|выгодн* предложени*|лучшая цена|низкие цены|по низкой цене|гарантируем|"
        "гарантирую|гарантированн*|100% гаранти*|без риска|без вложений|легкие деньги|легких денег|"
        "быстрые деньги|быстрый заработок|пассивный доход|заработай*|поздравляем|вы выиграли|сенсаци*|"
        "шок|чудо-*|волшебн* таблетк*|секретн* формул*",
        "el": "100% δωρεάν|εντελώς δωρεάν|απολύτως δωρεάν|μόνο σήμερα|κάντε κλικ*|κάνε κλικ*|πατήστε εδώ|"
        "πάτα εδώ|αγοράστε τώρα|αγόρασε τώρα|παραγγείλτε τώρα|παράγγειλε τώρα|τελευταία ευκαιρία|"
        "μοναδική ευκαιρία|μοναδική προσφορά|αποκλειστική προσφορά|περιορισμένη προσφορά|"
        "για περιορισμένο χρόνο|περιορισμένες θέσεις|μην χάσετε|μη χάσετε|μην χάσεις|μη χάσεις|"
        "μην το χάσεις|μην το χάσετε|βιαστείτε|βιάσου|προλάβετε|πρόλαβε|εγγυημέν*|χωρίς ρίσκο|"
        "εύκολο χρήμα|εύκολα χρήματα|γρήγορο κέρδος|κερδίστε χρήματα|κέρδισε χρήματα|καλύτερη τιμή|"
        "χαμηλότερη τιμή|συγχαρητήρια|κερδίσατε|θαυματουργ*|σοκ",
        "lv": "100% bez maksas|pilnīgi bez maksas|tikai šodien|pasteidzies|pasteidzieties|steidzies|"
        "steidzieties|klikšķini*|spied šeit|spiediet šeit|pērc tagad|pērciet tagad|pasūti tagad|"
        "pasūtiet tagad|pēdējā iespēja|nepalaid garām|nepalaidiet garām|ierobežots laiks|"
        "ierobežots skaits|ierobežots piedāvājums|ierobežotu laiku|vietu skaits ierobežots|"
        "unikāls piedāvājums|ekskluzīvs piedāvājums|īpašais piedāvājums|labākā cena|zemākā cena|"
        "garantēti|garantējam|garantēts|garantēta|bez riska|viegla nauda|vieglu naudu|ātra nauda|"
        "ātru naudu|nopelni|apsveicam|jūs laimējāt|tu laimēji|sensācij*|šoks|brīnumlīdzek*",
        "hy": "100% անվճար|լիովին անվճար|բոլորովին անվճար|միայն այսօր|շտապեք|շտապիր|սեղմեք այստեղ|"
        "սեղմիր այստեղ|սեղմեք հղմանը|գնեք հիմա|գնիր հիմա|պատվիրեք հիմա|պատվիրիր հիմա|"
        "վերջին հնարավորություն*|վերջին շանս*|բաց մի թողեք|բաց մի թող|բաց չթողնեք|սահմանափակ առաջարկ*|"
        "տեղերը սահմանափակ են|քանակը սահմանափակ է|եզակի առաջարկ*|եզակի հնարավորություն*|բացառիկ առաջարկ*|"
        "հատուկ առաջարկ*|լավագույն գին*|ամենացածր գին*|երաշխավորված|երաշխավորում ենք|առանց ռիսկի|"
        "հեշտ գումար*|արագ գումար*|հեշտ փող*|շնորհավորում ենք|դուք շահել եք|սենսացիա*|շոկ|հրաշք միջոց*",
    }
)
LANGUAGES: Final = tuple(_WORDS)


def spam_words(text: str, language: str) -> list[str]:
    """Return the words of an advertisement in a text, in order, each once; those of English in every language.

    Example:
        >>> spam_words("Շտապե՛ք, click here. Μόνο σήμερα", "hy")
        ['շտապեք', 'click here']

    """
    searched = searchable(text)
    shown = text.lower() if len(text) == len(searched) else searched  # with accents where that is easy
    found = _pattern(language.partition("-")[0].lower()).finditer(searched)
    return list(dict.fromkeys(shown[match.start() : match.end()] for match in found))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = searchable("|".join(dict.fromkeys([_WORDS.get(language, ""), _WORDS["en"]])).strip("|")).split("|")
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    spellings = (re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in longest_first)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(spellings)})(?![\w])")
