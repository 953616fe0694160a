"""The brief: what a marketer writes once per article, and what of it holds for one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from string import ascii_lowercase
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from outreach.files.toml import Kind, load, load_text
from outreach.teasers.links import Scheme

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["KIND", "MOST_VARIANTS", "Brief", "Disclosure", "Short", "Variant", "brief_in_text", "read_brief"]

MOST_VARIANTS: Final = len(ascii_lowercase)
KIND: Final = Kind("a brief", "problem, solution", "outreach brief new --no-input writes one to fill in")


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


def read_brief(path: str | Path, utm: Mapping[str, Any] = MappingProxyType({})) -> Brief:
    """Read a brief from a TOML file, in UTF-8 or in what Windows saves.

    What holds for one platform or one resource is laid over the rest here: ``[resource."vk:club7"]`` over
    ``[platform.vk]`` over everything else; tables ``short`` and ``disclosure`` name by name.

    Args:
        path: The file.
        utm: How links are tagged where the brief does not say it; names as below ``[utm]``.

    Raises:
        InputError: It cannot be read, or something in it cannot be used; a sentence for each, with its line.

    """
    from outreach.teasers.brief_checks import brief_from

    return brief_from(load(path, KIND), utm)


def brief_in_text(text: str, label: str, utm: Mapping[str, Any] = MappingProxyType({})) -> Brief:
    """Return the brief that a text holds, as :func:`read_brief` does of a file.

    Args:
        text: TOML.
        label: What messages call it.
        utm: How links are tagged where the brief does not say it.

    Raises:
        InputError: Something in it cannot be used; a sentence for each, with its line.

    Example:
        >>> lines = ['url = "https://a.example"', 'campaign = "spring"', 'problem = "Late?"', 'solution = "Plan."']
        >>> brief_in_text(chr(10).join(lines), "brief.toml").problem
        ('Late?',)

    """
    from outreach.teasers.brief_checks import brief_from

    return brief_from(load_text(text, label, KIND), utm)
