"""The brief: what a marketer writes once per article, what of it holds for one place, and how its file is read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from string import ascii_lowercase
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from outreach.errors import InputError
from outreach.files.toml import Kind, load, load_text
from outreach.files.toml_checks import Faults, checked
from outreach.files.toml_values import flag, language, market, name, text
from outreach.teasers.links import Scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from outreach.campaign.settings import Settings
    from outreach.files.toml import Loaded

__all__ = ["KIND", "MOST_VARIANTS", "Brief", "Disclosure", "Short", "Variant", "brief_in_text", "read_brief"]

MOST_VARIANTS: Final = len(ascii_lowercase)
KIND: Final = Kind("a brief", "problem, solution", "outreach brief new --no-input writes one to fill in")
LINK_PLACES: Final = ("text", "comment", "button", "bio", "sticker")
LONGEST_POST: Final = 10**6  # characters: no network takes more

_TAG: Final = re.compile(r"\w*[^\W\d_]\w*").fullmatch
_BETWEEN: Final = re.compile(r"[\s\-‐-―]+")


@dataclass(frozen=True, slots=True)
class Short:
    """Shorter texts for networks where the others do not fit; empty where there is none."""

    problem: tuple[str, ...] = ()
    solution: tuple[str, ...] = ()
    bonus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a post says where it is paid for or exchanged; empty where nothing was written.

    Args:
        text: The words.
        erid: Token of one advertisement in Russia; another one for each place.
        advertiser: Who pays.

    """

    text: str = ""
    erid: str = ""
    advertiser: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """One set of texts.

    Args:
        name: ``a``, ``b`` and so on.
        problem: What the audience shares.
        solution: A hint of it.
        bonus: What readers get beside the article; may be empty.
        short_problem: Instead of it where there is little room; may be empty, as the next two.
        short_solution: Likewise.
        short_bonus: Likewise.

    """

    name: str
    problem: str
    solution: str
    bonus: str = ""
    short_problem: str = ""
    short_solution: str = ""
    short_bonus: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What every teaser for one article is made from; an empty text was not given.

    Args:
        url: Of the article, without tags.
        campaign: As the marketer calls it.
        problem: What the audience shares; several texts are variants, as in the next two.
        solution: A hint of it.
        bonus: What readers get beside the article.
        bonus_how: How they get it: in the article, no sign-up.
        title: Of the article.
        author: Who wrote it.
        company: Whose it is, so that a check can find the name where it does not belong.
        language: Of the texts: ``en``, ``ru``, ``el``, ``lv``, ``hy`` or another one.
        hashtags: Without their sign.
        image: Path or address of a picture.
        market: Country whose rules hold: ``RU``, ``GR``, ``LV``, ``AM``, ``EU``, ``US``.
        emoji: Whether they may stand in the text.
        link_place: ``text``, ``comment``, ``button``, ``bio`` or ``sticker``, where a place has its own.
        variant: The name of the one that a place gets; empty where they take turns.
        limit: The longest post that a place takes, where it is another one than its network's: each server of Mastodon
            has its own.
        promo: The promotion code of a place alone.
        short: Shorter texts.
        disclosure: What paid posts say.
        utm: How links are tagged.
        places: Platform or key to the brief that holds there, whole.

    """

    url: str
    campaign: str
    problem: tuple[str, ...]
    solution: tuple[str, ...]
    bonus: tuple[str, ...] = ()
    bonus_how: str = ""
    title: str = ""
    author: str = ""
    company: str = ""
    language: str = "en"
    hashtags: tuple[str, ...] = ()
    image: str = ""
    market: str = ""
    emoji: bool = False
    link_place: str = ""
    variant: str = ""
    limit: int | None = None
    promo: str = ""
    short: Short = Short()
    disclosure: Disclosure = Disclosure()
    utm: Scheme = field(default_factory=Scheme)
    places: Mapping[str, Brief] = field(default_factory=lambda: MappingProxyType({}), repr=False, hash=False)

    @property
    def variants(self) -> tuple[Variant, ...]:
        """The texts in sets: the first of each list together, then the second; a list that ends begins again.

        Example:
            >>> brief = Brief("https://example.org", "spring", ("Late?", "Lost?"), ("Plan.",), ("A list.",))
            >>> [(one.name, one.problem, one.solution) for one in brief.variants]
            [('a', 'Late?', 'Plan.'), ('b', 'Lost?', 'Plan.')]

        """
        texts = (self.problem, self.solution, self.bonus, self.short.problem, self.short.solution, self.short.bonus)
        count = max(map(len, texts[:3]))
        return tuple(
            Variant(name, *(one[number % len(one)] if one else "" for one in texts))
            for number, name in enumerate(ascii_lowercase[:count])
        )

    def for_place(self, platform: str, resource: str = "") -> Brief:
        """Return the brief that holds for a resource, given by its key, or else for its platform.

        Example:
            >>> there = Brief("https://example.org", "spring", ("Поздно?",), ("План.",), language="ru")
            >>> brief = Brief("https://example.org", "spring", ("Late?",), ("Plan.",), places={"vk": there})
            >>> brief.for_place("vk", "vk:club7").language, brief.for_place("x", "x:smm").language
            ('ru', 'en')

        """
        return self.places.get(resource) or self.places.get(platform) or self


def read_brief(path: str | Path, usual: Settings | None = None) -> Brief:
    """Read a brief from a TOML file, in UTF-8 or in what Windows saves.

    What holds for one platform or one resource is laid over the rest here: ``[resource."vk:club7"]`` over
    ``[platform.vk]`` over everything else; tables ``short`` and ``disclosure`` name by name.

    Args:
        path: The file.
        usual: Of the campaign: how links are tagged and which market it is, where the brief does not say it.

    Raises:
        InputError: It cannot be read, or something in it cannot be used; a sentence for each, with its line.

    """
    return _brief_from(load(path, KIND), usual)


class UnusableBriefError(InputError):
    """Answers of a brief cannot be used.

    Args:
        faults: What is wrong with which.

    """

    def __init__(self, faults: Faults) -> None:
        super().__init__("\n".join(faults.sentences), hint="outreach brief new --no-input -o - shows what a brief has")
        self.answers: Final = {
            where[0]: sentence.removeprefix(f"{where[0]}: ") for where, sentence in faults.named if len(where) == 1
        }
        """What is wrong by the name of the answer, without file and line: for a form."""
        self.others: Final = len(self.answers) < len(faults.named)
        """Whether there is more that is wrong."""


def brief_in_text(text: str, label: str, usual: Settings | None = None) -> Brief:
    """Return the brief that a text holds, as :func:`read_brief` does of a file.

    Args:
        text: TOML.
        label: What messages call it.
        usual: Of the campaign, as there.

    Raises:
        InputError: Something in it cannot be used; a sentence for each, with its line.

    Example:
        >>> lines = ['url = "https://a.example"', 'campaign = "spring"', 'problem = "Late?"', 'solution = "Plan."']
        >>> brief_in_text(chr(10).join(lines), "brief.toml").problem
        ('Late?',)

    """
    return _brief_from(load_text(text, label, KIND), usual)


def texts(value: object) -> tuple[str, ...]:
    """Return one text or several, none of them empty; of an optional name an empty text is none.

    Example:
        >>> texts("Late?"), texts(["Late?", "Lost?"])
        (('Late?',), ('Late?', 'Lost?'))

    """
    several = [text(one) for one in value] if isinstance(value, list) else [text(value)]
    if not isinstance(value, list) and not several[0]:
        return ()
    if not several or not all(several):
        raise InputError("this list has an empty text" if several else "this list is empty")
    if len(several) > MOST_VARIANTS:
        raise InputError(f"more than {MOST_VARIANTS} variants")
    return tuple(several)


def address(value: object) -> str:
    """Return the address of a page."""
    from outreach.teasers.addresses import cut

    url = text(value)
    if url:
        cut(url)
    return url


def path(value: object) -> str:
    r"""Return the path or the address of a picture.

    Example:
        >>> path("pictures/plan.png")
        'pictures/plan.png'

    """
    if isinstance(value, str) and re.search(r"[\t\n\r\f\x08\x1b]", value):  # "C:\new\team.png" holds no backslash now
        raise InputError(
            "a backslash in it was read as a line break or a tab",
            hint="write the path with / (\"C:/new/pic.png\"), or in single quotes ('C:\\new\\pic.png')",
        )
    return text(value)


def limit(value: object) -> int:
    """Return the longest post that a place takes.

    Raises:
        InputError: It is no whole number above 0.

    """
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < LONGEST_POST:
        raise InputError("a whole number of characters above 0, without quotes")
    return value


def hashtags(value: object) -> tuple[str, ...]:
    """Return words without their sign, each once; what would end a hashtag becomes an underscore.

    Example:
        >>> hashtags(["#SMM", "content marketing", "smm"]), hashtags("#рига #контент-план")
        (('SMM', 'content_marketing'), ('рига', 'контент_план'))

    """
    several = value if isinstance(value, list) else re.split(r"[\s,;]+", text(value))
    found: dict[str, str] = {}
    for one in several:
        word = _BETWEEN.sub("_", unicodedata.normalize("NFC", text(one)).lstrip("#＃").strip())
        if word and not _TAG(word):
            raise InputError("a hashtag has only letters, digits and _, and at least one letter")
        if word:
            found.setdefault(word.casefold(), word)
    return tuple(found.values())


def link_place(value: object) -> str:
    """Return where the link stands; empty for where the platform has it."""
    word = text(value).casefold()
    if word and word not in LINK_PLACES:
        raise InputError("not a place for a link", hint=f"known: {', '.join(LINK_PLACES)}")
    return word


T = TypeVar("T", Short, Disclosure)
Kinds = dict[str, "Callable[[Any], Any]"]

NEEDED: Final = ("url", "campaign", "problem", "solution")
TABLES: Final = ("short", "disclosure", "utm", "platform", "resource")

OF_PLACES: Final[Kinds] = {
    "url": address,
    "problem": texts,
    "solution": texts,
    "bonus": texts,
    "bonus_how": text,
    "title": name,
    "author": name,
    "company": name,
    "language": language,
    "hashtags": hashtags,
    "image": path,
    "market": market,
    "emoji": flag,
    "link_place": link_place,
}
"""What holds for all places, and can be another for some."""

OF_SOME: Final[Kinds] = {**OF_PLACES, "variant": name, "limit": limit}
OF_ONE: Final[Kinds] = {**OF_SOME, "promo": name}
OF_ALL: Final[Kinds] = {**OF_PLACES, "campaign": name}
OF_SHORT: Final[Kinds] = {"problem": texts, "solution": texts, "bonus": texts}
OF_DISCLOSURE: Final[Kinds] = {"text": text, "erid": name, "advertiser": name}
OF_UTM: Final[Kinds] = {"scheme": name, "source": name, "medium": name, "separator": name, "id": flag}


def _brief_from(loaded: Loaded, usual: Settings | None = None) -> Brief:
    """Make a brief of its tables.

    Args:
        loaded: The file.
        usual: Of the campaign, for what it does not say.

    Raises:
        InputError: Something in them cannot be used; a sentence for each.

    """
    faults = Faults(loaded)
    tables = loaded.tables
    given = _checked(tables, OF_ALL, faults, also=TABLES)
    for key in NEEDED:
        if key not in tables:
            faults.note(f"{key} is missing")
    short = _laid_over(Short(), tables.get("short"), OF_SHORT, faults, "short")
    disclosure = _laid_over(Disclosure(), tables.get("disclosure"), OF_DISCLOSURE, faults, "disclosure")
    utm = _scheme(tables.get("utm", {}), usual.utm if usual else {}, faults)
    if given.get("campaign"):
        _try_campaign(given["campaign"], utm, faults)
    needed: dict[str, Any] = {key: () if key in OF_SHORT else "" for key in NEEDED}
    if usual is not None:
        needed["market"] = usual.market
    brief = Brief(**{**needed, **given}, short=short, disclosure=disclosure, utm=utm)
    places = _platforms(brief, faults)
    places.update(_resources(brief, places, faults))
    if faults.sentences:
        raise UnusableBriefError(faults)
    return replace(brief, places=MappingProxyType(places))


def _checked(table: object, kinds: Kinds, faults: Faults, *where: str, also: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the values of a table that can be used; what is wrong with the others is noted."""
    found = checked(table, kinds, faults, *where, also=also)
    for key in NEEDED:
        if key in found and not found[key] and where[:1] != ("short",) and where[-1:] != ("short",):
            faults.note(f"{key} is empty", *where, key)
    return found


def _try_campaign(campaign: str, utm: Scheme, faults: Faults) -> None:
    """Note where no link can be made of the campaign's name."""
    from outreach.teasers.links import tags_for

    try:
        tags_for(campaign, "telegram:place", "a", 1, utm)
    except InputError as err:
        faults.note(f"campaign: {err.message}; {err.hint}", "campaign")


def _laid_over(base: T, table: object, kinds: Kinds, faults: Faults, *where: str) -> T:
    """Return a part of the brief with what a table changes in it."""
    return base if table is None else replace(base, **_checked(table, kinds, faults, *where))


def _scheme(table: object, usual: Mapping[str, Any], faults: Faults) -> Scheme:
    """Return how links are tagged."""
    names = {"scheme": "order", "id": "utm_id"}
    given = {**usual, **_checked(table, OF_UTM, faults, "utm")}
    try:
        return Scheme(**{names.get(key, key): value for key, value in given.items()})
    except InputError as err:
        faults.note(f"{err.message}; {err.hint}", "utm")
        return Scheme()


def _platforms(brief: Brief, faults: Faults) -> dict[str, Brief]:
    """Return the briefs that hold for platforms."""
    from outreach.keys import PLATFORMS, platform_named

    found: dict[str, Brief] = {}
    for word, table in _headings("platform", faults):
        platform = platform_named(word)
        if platform is None:
            faults.note(f"{word} is not a platform; known: {', '.join(PLATFORMS)}", "platform", word)
        elif platform in found:
            faults.note(f"{platform} has a heading already", "platform", word)
        else:
            found[platform] = _changed(brief, table, faults, "platform", word)
    return found


def _resources(brief: Brief, platforms: Mapping[str, Brief], faults: Faults) -> dict[str, Brief]:
    """Return the briefs that hold for resources, each laid over that of its platform."""
    from outreach.keys import identify, platform_of

    found: dict[str, Brief] = {}
    for word, table in _headings("resource", faults):
        key, why = identify(word)
        if key is None or key.startswith("other:"):
            faults.note(f"this heading is not a place: {why}; write the key or the address of one", "resource", word)
        elif key in found:
            faults.note(f"{key} has a heading already", "resource", word)
        else:
            found[key] = _changed(platforms.get(platform_of(key), brief), table, faults, "resource", word)
    return found


def _headings(kind: str, faults: Faults) -> list[tuple[str, object]]:
    """Return the headings below ``platform`` or ``resource``, each with its table."""
    table = faults.loaded.tables.get(kind, {})
    if isinstance(table, dict):
        return list(table.items())
    example = "[platform.telegram]" if kind == "platform" else '[resource."telegram:smm_riga"]'
    faults.note(f"{kind} is a heading: {example}", kind)
    return []


def _changed(brief: Brief, table: object, faults: Faults, *where: str) -> Brief:
    """Return the brief with what one place has of its own."""
    given = _checked(table, OF_ONE, faults, *where, also=("short", "disclosure"))
    if not isinstance(table, dict):
        return brief
    short = _laid_over(brief.short, table.get("short"), OF_SHORT, faults, *where, "short")
    disclosure = _laid_over(brief.disclosure, table.get("disclosure"), OF_DISCLOSURE, faults, *where, "disclosure")
    changed = replace(brief, **given, short=short, disclosure=disclosure)
    names = [one.name for one in changed.variants]
    if changed.variant and changed.variant not in names:
        faults.note(f"variant: unknown; known: {', '.join(names)}", *where, "variant")
    return changed
