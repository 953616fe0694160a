"""Lists of follows inside JSON objects, taken out as flat records: where a word for following stands above them.

``[json]`` in ``words/`` holds the words. Under ``following`` stands what a person follows; under ``other`` followers,
blocks, histories, posts: never read. ``wrapper`` says nothing (``data``, ``items``), ``inside`` is what a record is
about. Keys that are none of these may be customers, each with a list of addresses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from outreach.keys import platform_named
from outreach.likes.tables.cells import holds_address
from outreach.words.columns import map_columns
from outreach.words.fold import fold_header
from outreach.words.vocabulary import texts_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["CUSTOMER", "PLATFORM", "Unwrapper", "is_wrapped", "tells_consumed"]

CUSTOMER: Final = "customer"
PLATFORM: Final = "platform"
"""Keys that records get where something above them tells these."""

DEEPEST: Final = 40
NAMING: Final = frozenset({"url", "handle", "resource", "name"})
TOTALS: Final = ("total", "count")
FOLLOWERS: Final = texts_of("tables.follower")

Record = dict[str, Any]


def is_wrapped(records: Sequence[Any]) -> bool:
    """Return whether records hold lists or objects that tell something of follows, or are none.

    Example:
        >>> is_wrapped([{"customer": "Anna", "resource": ["t.me/a_b_c"]}]), is_wrapped([{"resource": "a", "tags": [1]}])
        (True, False)

    """
    found = [record for record in records if isinstance(record, dict)]
    if len(found) < len(records):
        return any(isinstance(record, str | list) for record in records)
    nested = {name for record in found for name, value in record.items() if isinstance(value, dict | list) and value}
    if not nested:
        return False
    names = list({name: None for record in found for name in record})
    mapped = map_columns(names)
    telling = {names[at] for at in mapped.positions.values()}
    plain = [name for name in names if name not in nested]
    wrapping = any(name in telling or _kind(name) in {"following", "wrapper"} for name in nested)
    return wrapping or not map_columns(plain).tells_resource


def tells_consumed(names: Iterable[str]) -> bool:
    """Return whether records with these keys are of what was heard or watched.

    Example:
        >>> tells_consumed(["endTime", "artistName", "trackName", "msPlayed"]), tells_consumed(["name", "url"])
        (True, False)

    """
    return not words_of("json.consumed").isdisjoint(map(fold_header, names))


@lru_cache(maxsize=4096)
def _kind(key: str) -> str:
    """Return what a key says of what stands under it: other, following, wrapper, inside; empty where nothing."""
    folded = fold_header(key)
    words = folded.split()
    pairs = (" ".join(pair) for pair in pairwise(words))
    parts = {*words, *pairs, folded}
    for kind in ("other", "following"):
        if not words_of(f"json.{kind}").isdisjoint(parts):
            return kind
    for kind in ("wrapper", "inside"):
        if folded in words_of(f"json.{kind}") or (words and words_of(f"json.{kind}").issuperset(words)):
            return kind
    return ""


@dataclass(frozen=True, slots=True)
class _Above:
    """What stands above a list.

    Args:
        customer: Whose it is, where a key or a record tells.
        platform: On which platform.

    """

    customer: str = ""
    platform: str = ""


_List = tuple[_Above, list[Any]]


@dataclass(slots=True)
class Unwrapper:
    """Takes the lists of follows out of documents.

    Args:
        owner: Whose file it is by its name, where that tells.
        followers: Whether lists of followers were left out.
        others: Whether other lists were left out that are no follows.

    Example:
        >>> list(Unwrapper().records({"subscriptions": ["UC0123456789abcdefghijkl"], "watch_history": ["abc"]}))
        [{'resource': 'UC0123456789abcdefghijkl'}]
        >>> list(Unwrapper().records({"Anna": ["t.me/a_b_c"], "Boris": ["vk.com/club7"]}))
        [{'customer': 'Anna', 'resource': 't.me/a_b_c'}, {'customer': 'Boris', 'resource': 'vk.com/club7'}]

    """

    owner: str | None = None
    followers: bool = False
    others: bool = False

    def records(self, document: Any) -> Iterator[Record]:
        """Yield the members of the lists of follows in a document, flat; an empty one stands for what is no record."""
        if isinstance(document, list):
            yield from self._members(document, _Above(), search=True)
            return
        for above, found in self._lists(document):
            yield from self._members(found, above)
            if not found and above.customer:
                yield {CUSTOMER: above.customer}  # rejected with its reason, and not passed over

    def _lists(self, value: Any) -> list[_List]:
        """Return the lists of follows in an object: under words for following, else in wrappers, else of customers."""
        found = list(self._following(value, _Above(), 0))
        return found or list(self._wrapped(value, _Above(), 0)) or list(self._of_keys(value))

    def _following(self, value: Any, above: _Above, depth: int) -> Iterator[_List]:
        """Yield the lists under words for following, however deep they lie."""
        if not isinstance(value, dict) or depth > DEEPEST:
            return
        above = replace(above, customer=above.customer or self._label(value))
        nested = {key: one for key, one in value.items() if isinstance(one, dict | list) and self._may_follow(key)}
        strangers = [key for key, one in nested.items() if isinstance(one, dict) and not _kind(key)]
        for key, one in nested.items():
            inner = replace(above, platform=above.platform or _platform(key))
            if _kind(key) == "following":
                yield from self._below(one, inner, depth + 1)
            elif isinstance(one, list):
                yield from self._of_records(one, inner, depth + 1)
            else:
                named = key in strangers and not inner.platform and (len(strangers) > 1 or self.owner is None)
                label = self._label(one) or key if named and not inner.customer else inner.customer
                yield from self._following(one, replace(inner, customer=label), depth + 1)

    def _below(self, value: Any, above: _Above, depth: int) -> Iterator[_List]:
        """Yield the lists in what stands under a word for following."""
        if isinstance(value, list):
            yield above, value
            return
        found = list(self._following(value, above, depth)) or list(self._wrapped(value, above, depth))
        yield from found or ([(above, places)] if (places := _addresses(value)) else ())

    def _of_records(self, values: list[Any], above: _Above, depth: int) -> Iterator[_List]:
        """Yield the lists of follows that stand in records of another list: customers with what each follows."""
        records = [one for one in values if isinstance(one, dict)] if depth <= DEEPEST else []
        for one in records:
            yield from self._of_record(one, above, depth, several=len(records) > 1)

    def _wrapped(self, value: Any, above: _Above, depth: int) -> Iterator[_List]:
        """Yield the lists that stand under wrappers and names of platforms alone."""
        if not isinstance(value, dict) or depth > DEEPEST:
            return
        above = replace(above, customer=above.customer or self._label(value))
        for key, one in value.items():
            platform = _platform(key)
            if not isinstance(one, dict | list) or not (platform or _kind(key) in {"wrapper", "inside"}):
                continue
            inner = replace(above, platform=above.platform or platform)
            if isinstance(one, list):
                yield inner, one
            else:
                yield from self._wrapped(one, inner, depth + 1)

    def _of_keys(self, value: Any) -> Iterator[_List]:
        """Yield the lists of an object whose keys are customers, or the other way round places."""
        if not isinstance(value, dict) or any(map(_kind, value)):
            return
        lists: dict[str, Any] = {
            key: [one] if isinstance(one, str) and holds_address(one) else one for key, one in value.items()
        }
        if lists and all(map(_is_by_platform, lists.values())):
            yield from (
                (_Above(customer, _platform(platform)), found)
                for customer, one in lists.items()
                for platform, found in one.items()
            )
            return
        if not all(isinstance(one, list) for one in lists.values()):
            return
        if lists and all(map(holds_address, lists)):
            yield _Above(), [{CUSTOMER: label, "resource": key} for key, one in lists.items() for label in one]
        elif any(_tells(one) for found in lists.values() for one in found):
            alone = len(lists) == 1 and self.owner is not None
            yield from ((_Above("" if alone else key), one) for key, one in lists.items())

    def _may_follow(self, key: str) -> bool:
        """Return whether lists of follows may stand under a key; note what is left out."""
        if _kind(key) != "other":
            return True
        self.followers = self.followers or any(word in fold_header(key) for word in FOLLOWERS)
        self.others = True
        return False

    def _label(self, record: Mapping[str, Any]) -> str:
        """Return the customer whom an object is about: by a word for customers, or where no name of a file tells."""
        known = words_of("headers.customers")
        strict = {key: one for key, one in record.items() if fold_header(key) in known}
        return _label_of(strict or record) if strict or self.owner is None else ""

    def _members(
        self, values: Sequence[Any], above: _Above, depth: int = 0, *, search: bool = False
    ) -> Iterator[Record]:
        """Yield the members of a list, flat; with ``search`` they may be customers with what each follows."""
        if depth > DEEPEST:
            return
        several = sum(isinstance(one, dict) for one in values) > 1
        for one in values:
            lists = self._of_record(one, above, depth, several=several) if search and isinstance(one, dict) else ()
            if lists:
                for inner, found in lists:
                    yield from self._members(found, inner, depth + 1)
                    if not found and inner.customer:
                        yield {CUSTOMER: inner.customer}
            elif isinstance(one, dict):
                yield from (_under(record, above) for record in self._flat(one, depth))
            elif isinstance(one, list):
                yield from self._members(one, above, depth + 1, search=search)
            else:
                yield _under({} if one is None or isinstance(one, bool) else {"resource": str(one)}, above)

    def _of_record(self, record: Record, above: _Above, depth: int, *, several: bool) -> list[_List]:
        """Return the lists of follows in one record of a list: what one of several customers follows."""
        label = above.customer or (_label_of(record) if several else self._label(record))
        return list(self._following(record, replace(above, customer=label), depth))

    def _flat(self, record: Mapping[str, Any], depth: int) -> Iterator[Record]:
        """Yield a record without lists and objects in it; one for each member of a list of places."""
        plain = {key: one for key, one in record.items() if not isinstance(one, dict | list)}
        nested = {key: one for key, one in record.items() if isinstance(one, dict | list) and one}
        names = list(record)
        roles = {names[at]: role for role, at in map_columns(names).positions.items()} if nested else {}
        beside = any(role in NAMING for role in roles.values())
        for key, one in nested.items():
            if roles.get(key) in {CUSTOMER, PLATFORM} and isinstance(one, dict) and beside:
                plain[key] = _label_of(one)
            elif roles.get(key) == "subscribers" and isinstance(one, dict):
                plain[key] = next((one[name] for name in TOTALS if isinstance(one.get(name), int)), None)
        places = [key for key in nested if roles.get(key) in NAMING]
        if nested and not places and not map_columns(list(plain)).tells_resource:
            places = [key for key, one in nested.items() if _kind(key) in {"inside", "wrapper"} or _holds(one)]
        if not places or depth > DEEPEST:
            yield plain
            return
        kept = {key: one for key, one in plain.items() if roles.get(key) in {CUSTOMER, PLATFORM, "followed_at"}}
        for key in places:
            one = nested[key]
            inner = self._flat(one, depth + 1) if isinstance(one, dict) else self._members(one, _Above(), depth + 1)
            yield from ({**found, **kept} for found in inner)


def _under(record: Record, above: _Above) -> Record:
    """Return a record with what stands above it."""
    known = {key: text for key, text in ((CUSTOMER, above.customer), (PLATFORM, above.platform)) if text}
    return {**known, **{key: one for key, one in record.items() if key not in known}}


def _is_by_platform(value: Any) -> bool:
    """Return whether an object holds a list for each of some platforms."""
    return isinstance(value, dict) and all(_platform(key) and isinstance(one, list) for key, one in value.items())


def _addresses(value: Mapping[str, Any]) -> list[Record]:
    """Return the keys of an object that are addresses or ids, each with what stands under it."""
    return [
        {"resource": key, **(one if isinstance(one, dict) else {})} for key, one in value.items() if holds_address(key)
    ]


def _tells(value: Any) -> bool:
    """Return whether a member of a list may be something that is followed."""
    if isinstance(value, dict):
        return map_columns(list(value)).tells_resource
    return isinstance(value, str) and holds_address(value)


def _holds(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, str) and holds_address(one) for one in value)


def _platform(key: str) -> str:
    return platform_named(key) or ""


def _label_of(record: Mapping[str, Any]) -> str:
    """Return the label in a record of a customer: under a word for customers, else a name or a handle."""
    texts = {key: one for key, one in record.items() if isinstance(one, str | int) and not isinstance(one, bool)}
    positions = map_columns(list(texts)).positions
    at = next((positions[role] for role in (CUSTOMER, "name", "handle") if role in positions), None)
    return "" if at is None else " ".join(str(list(texts.values())[at]).split())
