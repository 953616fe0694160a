"""How people write the names of platforms, in the languages of our users."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from outreach.words.fold import fold

__all__ = ["platform_named"]

_SPELLINGS: Final = {
    "bluesky": "bluesky|bsky|blue sky|bsky app|bsky social|блюскай|блускай|блю скай|μπλουσκάι",
    "discord": "discord|discordapp|discord gg|дискорд|дискор|ντίσκορντ|diskords|դիսկորդ",
    "dzen": "dzen|zen|yandex zen|yandex dzen|zen yandex|яндекс дзен|дзен|я дзен|dzens|դզեն",
    "facebook": "facebook|fb|face book|meta facebook|фейсбук|фейсбуке|фэйсбук|фб|φέισμπουκ|φέϊσμπουκ|"
    "feisbuks|feisbuka|feisbukā|ֆեյսբուք|ֆեյսբուկ|ֆբ|facebook meta",
    "github": "github|gh|git hub|гитхаб|гит хаб|γκίτχαμπ|github stars|գիթհաբ",
    "instagram": "instagram|ig|insta|insta gram|инстаграм|инстаграмм|инста|інстаграм|ίνσταγκραμ|ίνστα|"
    "instagrams|instagramā|ինստագրամ|ինստա",
    "linkedin": "linkedin|linked in|линкедин|линкдин|линкедін|лінкедін|λίνκεντιν|λινκντίν|linkedins|լինքդին|լինքեդին",
    "mastodon": "mastodon|masto|fediverse|the fediverse|мастодон|федиверс|μάστοντον|mastodons|մաստոդոն",
    "medium": "medium|медиум|միդիում",
    "meetup": "meetup|meet up|митап|митапы|միթափ",
    "ok": "ok|ок|ok ru|odnoklassniki|одноклассники|однокласники|одноклассниках|օդնոկլասնիկի|одн",
    "other": "other|others|другое|другая|прочее|иное|інше|άλλο|άλλα|cits|cita|citi|այլ|misc",
    "pinterest": "pinterest|пинтерест|пінтерест|πίντερεστ|pinterests|պինտերեստ",
    "reddit": "reddit|subreddit|subreddits|реддит|редит|сабреддит|реддіт|ρέντιτ|redits|ռեդիթ|ռեդդիթ",
    "rutube": "rutube|ru tube|рутуб|рутьюб|ռութուբ",
    "slack": "slack|слак|слэк|σλακ|slacks|սլակ",
    "spotify": "spotify|спотифай|спотіфай|σπότιφαϊ|սփոթիֆայ|սպոտիֆայ",
    "substack": "substack|sub stack|сабстек|сабстак|σάμπστακ",
    "telegram": "telegram|tg|t me|телеграм|телеграмм|телега|тг|тгк|телеграме|τέλεγκραμ|τηλέγκραμ|telegrams|telegramā|"
    "տելեգրամ|թելեգրամ",
    "threads": "threads|instagram threads|тредс|тредз|θρεντς|թրեդս",
    "tiktok": "tiktok|tik tok|tt|тикток|тик ток|тт|тікток|τικτόκ|τικ τοκ|tiktoks|թիքթոք|տիկտոկ",
    "twitch": "twitch|twitch tv|твич|твитч|τουίτς|թվիչ",
    "vk": "vk|vkontakte|v kontakte|вк|вконтакте|в контакте|вконтакті|vkcom|вк видео|vk video|vkvideo|βκοντάκτε|վկ|"
    "վկոնտակտե|վկոնտակտ",
    "web": "web|website|web site|site|www|homepage|url|сайт|сайты|веб|веб "
    "сайт|вебсайт|ιστοσελίδα|ιστότοπος|mājaslapa|"
    "mājas lapa|vietne|tīmekļa vietne|կայք|կայքէջ",
    "whatsapp": "whatsapp|whats app|wa|вотсап|ватсап|вацап|вотсапп|ватсапп|γουάτσαπ|vatsaps|whatsapps|վաթսափ|վոթսափ",
    "x": "x|twitter|tw|x twitter|twitter x|x ex twitter|x formerly twitter|formerly twitter|ex twitter|х|х "
    "твиттер|твиттер|"
    "твитер|твіттер|икс|τουίτερ|τουίτερ x|x τουίτερ|tviteris|tviters|թվիթեր|թվիտեր|տվիտեր|twitter now x",
    "youtube": "youtube|yt|you tube|youtube music|ютуб|ютьюб|ютюб|ютуб "
    "музыка|γιουτιούμπ|γιουτούμπ|jutubs|jūtūbs|youtubs|"
    "youtubs|youtube com|յութուբ|յություբ|յուտուբ",
}
_KINDS = frozenset(
    [
        "page", "pages", "group", "groups", "channel", "channels", "community", "communities", "account", "profile",
        "страница", "страницы", "группа", "группы", "канал", "каналы", "сообщество", "сообщества", "паблик",
        "аккаунт",
        "сторінка", "група", "спільнота", "σελίδα", "ομάδα", "κανάλι", "lapa", "grupa", "kanāls", "էջ", "խումբ",
        "ալիք",
    ]
)  # fmt: skip
_ENDINGS = re.compile(r"\.(?:com|ru|net|tv|org|app|social|me|gg)/?$")
_GAPS = re.compile(r"[\W_]+")


def platform_named(word: str) -> str | None:
    """The platform that a word means, None if unknown.

    Case, accents, spaces, punctuation, ``www.``, the top-level domain and words such as "page" or "группа"
    do not matter.

    Example:
        >>> [platform_named(word) for word in ("FB", "X (Twitter)", "группа ВКонтакте", "t.me", "Ίνσταγκραμ")]
        ['facebook', 'x', 'vk', 'telegram', 'instagram']

    """
    if word in _SPELLINGS:
        return word
    if len(word) > 60:
        return None
    text = word.strip().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    for spelling in (text, _ENDINGS.sub("", text.casefold())):
        words = _words(spelling)
        found = _table().get("".join(words)) or _table().get("".join(w for w in words if w not in _kinds()))
        if found:
            return found
    return None


@cache
def _table() -> dict[str, str]:
    """Platforms by folded spelling; made on first use, because most runs never ask."""
    table = {"".join(_words(word)): name for name, words in _SPELLINGS.items() for word in words.split("|")}
    return table | {"vkcom": "vk", "vkru": "vk", "xcom": "x", "okru": "ok", "zenyandexru": "dzen"}


@cache
def _kinds() -> frozenset[str]:
    return frozenset("".join(_words(kind)) for kind in _KINDS)


def _words(text: str) -> list[str]:
    """The words of a spelling, without case and accents."""
    return [word for word in _GAPS.split(fold(text)) if word]
