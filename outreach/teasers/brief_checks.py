"""Whether the tables of a brief say what they have to: each name, each value, and what holds for some places only."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from outreach.errors import InputError
from outreach.files.toml_checks import Faults, checked
from outreach.files.toml_values import flag, language, market, name, text
from outreach.teasers.brief import Brief, Disclosure, Short
from outreach.teasers.brief_values import address, hashtags, limit, link_place, path, texts
from outreach.teasers.links import Scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from outreach.files.toml import Loaded

__all__ = ["brief_from"]

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


def brief_from(loaded: Loaded, usual_utm: Mapping[str, Any] = MappingProxyType({})) -> Brief:
    """Make a brief of its tables.

    Args:
        loaded: The file.
        usual_utm: How links are tagged where it does not say it.

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
    utm = _scheme(tables.get("utm", {}), usual_utm, faults)
    if given.get("campaign"):
        _try_campaign(given["campaign"], utm, faults)
    needed = {key: () if key in OF_SHORT else "" for key in NEEDED}
    brief = Brief(**{**needed, **given}, short=short, disclosure=disclosure, utm=utm)
    places = _platforms(brief, faults)
    places.update(_resources(brief, places, faults))
    if faults.sentences:
        raise InputError("\n".join(faults.sentences), hint="outreach brief new --no-input -o - shows what a brief has")
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
