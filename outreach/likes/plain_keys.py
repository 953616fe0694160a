"""Keys of plain addresses, made by the engine: a host, a handle of small letters, and nothing odd about either.

What a platform makes of an address is ``identify``'s to say, here too. Addresses are put into classes that differ in
nothing but letters and digits of the handle; ``identify`` is asked for a few made-up handles of each class, and where
all of them stand in their keys as they are written, the engine writes the keys of the others. Words that the rules of
any platform name are never taken for any letters: a handle that is one is left to ``identify``, one that begins with
one is of a class of its own.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from outreach.engine import literal
from outreach.keys import identify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.engine import Engine

__all__ = ["add_plain_keys"]

MANY: Final = 2_000
"""Of fewer addresses the keys are sooner made one by one."""

MANY_OF_A_CLASS: Final = 50
LETTERS: Final = ("qxw", "qxwz", "zvjkqwxhbn")
DIGITS: Final = ("7", "480", "90817263", "0", "05")
SHORTEST: Final = 4
LONGEST: Final = 20
ADDRESS: Final = (
    f"(?:https?://)?(?:[a-z0-9-]+[.])+[a-z]+/(?:[a-z]+/)?@?[a-z]{{3}}[a-z0-9_]{{{SHORTEST - 3},{LONGEST - 3}}}/?"
)
"""A page of some host that ends with a handle of a length and form that no platform finds odd."""

COMMON_RESTS: Final = ("_0", "0", "x", "x_0", "x0", "x_x")
WORD: Final = re.compile("[a-z0-9_]+")


def add_plain_keys(engine: Engine, addresses: str) -> None:
    """Write the keys of plain addresses into ``identified``, and leave out all others.

    Args:
        engine: Where they lie.
        addresses: The table of addresses (address_id, resource), of rows that tell nothing else.

    """
    if not engine.rows(f"select count(*) > {MANY} from {addresses}")[0][0] or not _words():
        return
    engine.run("create temp table words_of_rules as select unnest($1::varchar[]) as word", [sorted(_words())])
    # A handle begins with a word where its letters up to the first digit are one, or up to the first underscore.
    engine.run(f"""
        create temp table shaped as
        select address_id, handle, word, ends_with(resource, '/') as closed,
            left(resource, length(resource) - length(handle) - closed::integer) as before,
            {_pattern("substr(handle, 1 + length(word))")} as rest
        from (
            select *, case when stem in (from words_of_rules) then stem when first in (from words_of_rules) then first
                else '' end as word
            from (
                select *, regexp_extract(handle, '^[a-z]+(?:_+[a-z]+)*') as stem, str_split(stem, '_')[1] as first
                from (
                    select address_id, resource, rtrim(regexp_extract(resource, '[a-z0-9_]+/?$'), '/') as handle
                    from {addresses} where regexp_full_match(resource, {literal(ADDRESS)})
                )
            )
            where handle not in (from words_of_rules)
        )
    """)
    classes = engine.rows(
        f"select before, closed, word, rest from shaped group by all having count(*) > {MANY_OF_A_CLASS} order by all"
    )
    chosen = [(*one, *ends) for one in classes if (ends := _ends(*one)) is not None]
    engine.run(
        "create temp table plain_classes "
        "(before varchar, closed boolean, word varchar, rest varchar, head varchar, tail varchar)"
    )
    engine.append("plain_classes", [*zip(*chosen, strict=True)])
    engine.run(
        "insert into identified (address_id, key) select address_id, head || handle || tail "
        "from shaped join plain_classes using (before, closed, word, rest)"
    )
    for table in ("shaped", "plain_classes", "words_of_rules"):
        engine.run(f"drop table {table}")


def _pattern(handle: str) -> str:
    """Return the SQL expression of a handle with one ``x`` for letters, one ``0`` for digits: ``x_x0``."""
    common = " ".join(
        f"when regexp_full_match({handle}, {literal(rest.replace('x', '[a-z]+').replace('0', '[0-9]+'))}) "
        f"then {literal(rest)}"
        for rest in COMMON_RESTS
    )
    any_other = f"regexp_replace(regexp_replace({handle}, '[0-9]+', '0', 'g'), '[a-z]+', 'x', 'g')"
    return f"case when {handle} = '' then '' {common} else {any_other} end"  # one match costs less than to replace


def _ends(before: str, closed: bool, word: str, rest: str) -> tuple[str, str] | None:
    """Return what stands around the handles of a class in their keys; None where some made-up one is no part of its."""
    after = "/" if closed else ""
    handles = _specimens(word, rest)
    ends = {_around(handle, identify(f"{before}{handle}{after}").key) for handle in handles}
    return ends.pop() if len(ends) == 1 else None


def _around(handle: str, key: str | None) -> tuple[str, str] | None:
    if key is None or key.count(handle) != 1 or ":name/" in key:
        return None
    head, _, tail = key.partition(handle)
    return head, tail


def _specimens(word: str, rest: str) -> Iterator[str]:
    """Yield made-up handles of a class, as long as handles of its may be."""
    for letters in LETTERS:
        for digits in DIGITS:
            handle = word + rest.replace("x", letters).replace("0", digits)
            if SHORTEST <= len(handle) <= LONGEST:
                yield handle


@cache
def _words() -> frozenset[str]:
    """Return every word that stands in the rules of keys; none where the package is installed without its source."""
    texts = [file.read_text("utf-8") for file in files("outreach.keys").iterdir() if file.name.endswith(".py")]
    return frozenset(word for text in texts for word in WORD.findall(text.lower()))
