"""Which column of a table says what: one mapper for every form of table.

A header is compared after folding: case, accents, punctuation and camelCase do not matter. Of two columns with one
meaning the first counts; our own name of a column beats other words for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError, OptionError
from outreach.words.fold import fold_header
from outreach.words.sizes import is_size_header, unit_of
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

__all__ = [
    "ROLES", "VOCABULARY", "Form", "Mapped", "choose_columns", "find_column", "map_columns", "map_headers",
    "named_columns", "no_column", "parse_columns", "tells_likes",
]  # fmt: skip

ROLES: Final = (
    "customer", "url", "handle", "resource", "name", "platform",
    "subscribers", "followed_at", "accepts_posts", "topic", "direction",
)  # fmt: skip
"""What a table of likes can say; ``url``, ``handle``, ``resource`` and ``name`` together tell which resource."""

VOCABULARY: Final[Mapping[str, frozenset[str]]] = {
    role: words_of(f"headers.likes.{role}") for role in ("queried", *ROLES)
}
NAMING: Final = frozenset({"url", "handle", "resource", "name"})


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of table, and what its columns can say.

    Args:
        section: Table of the vocabulary that lists the headers of each role.
        roles: In the order in which they get a column, where one header has two meanings.
        bare: Roles without words: only their own name, as it is, means them.
        more: Roles and lists of the vocabulary that count after the form's own words.
        several: Roles that all of the columns have that bear their name.

    """

    section: str
    roles: tuple[str, ...]
    bare: tuple[str, ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    several: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mapped:
    """Which column plays which role.

    Args:
        positions: Role to position, from 0.
        headers: The header texts, as written; None where the table has no header line.
        queried: Whether the customer column is an exporter's queried account.
        several: Role to all of its positions, where a form allows several.

    """

    positions: Mapping[str, int]
    headers: Sequence[str] | None
    queried: bool = False
    several: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def complete(self) -> bool:
        """Whether the table tells who follows what."""
        return "customer" in self.positions and self.tells_resource

    @property
    def tells_resource(self) -> bool:
        """Whether the table tells what is followed."""
        return not NAMING.isdisjoint(self.positions)

    @property
    def size_unit(self) -> str:
        """What the header says of the numbers of subscribers: ``K`` where they are in thousands, ``M`` in millions."""
        at = self.positions.get("subscribers")
        return "" if at is None or self.headers is None else unit_of(self.headers[at])

    def describe(self) -> str:
        """Return the mapping for a remark; only headers that were recognised are repeated.

        Example:
            >>> Mapped({"customer": 0, "resource": 2}, ["Client", "x", "Page"]).describe()
            'customer = Client, resource = Page'

        """
        return ", ".join(
            f"{role} = {self.headers[position] if self.headers else f'column {position + 1}'}"
            for role, position in sorted(self.positions.items(), key=lambda item: ROLES.index(item[0]))
        )


class _Claims:
    """Gives columns to roles: each role gets the first column that bears one of its names and is still free."""

    def __init__(self, headers: Sequence[str]) -> None:
        self.texts = [fold_header(header) for header in headers]
        self.positions: dict[str, int] = {}

    def claim(self, role: str, words: Collection[str], texts: Sequence[str] | None = None) -> None:
        taken = set(self.positions.values())
        fitting = (at for at, text in enumerate(texts or self.texts) if text in words and at not in taken)
        if role not in self.positions and (position := next(fitting, None)) is not None:
            self.positions[role] = position

    def all_of(self, words: Collection[str]) -> tuple[int, ...]:
        return tuple(at for at, text in enumerate(self.texts) if text in words)


def map_headers(headers: Sequence[str], form: Form) -> Mapped:
    """Recognise the columns of a table of a form by their headers.

    Args:
        headers: Texts of the header line.
        form: What such a table can say.

    Example:
        >>> results = Form("headers.results", ("place", "visits", "conversions"), several=frozenset({"conversions"}))
        >>> mapped = map_headers(["Площадка", "Визиты", "Регистрации", "Заказы"], results)
        >>> mapped.positions, mapped.several
        ({'place': 0, 'visits': 1, 'conversions': 2}, {'conversions': (2, 3)})

    """
    claims = _Claims(headers)
    plain = [header.strip().casefold() for header in headers]
    for role in form.bare:
        claims.claim(role, (role,), plain)
    for role in form.roles:
        claims.claim(role, (fold_header(role),))
    own = frozenset(claims.positions)
    for role in form.roles:
        claims.claim(role, words_of(f"{form.section}.{role}"))
    for role, section in form.more:
        claims.claim(role, words_of(section))
    several = {
        role: claims.all_of((fold_header(role),) if role in own else words_of(f"{form.section}.{role}"))
        for role in form.several & claims.positions.keys()
    }
    roles = dict.fromkeys((*form.bare, *form.roles, *(role for role, _ in form.more)))
    ordered = {role: claims.positions[role] for role in roles if role in claims.positions}
    return Mapped(ordered, list(headers), several=several)


def tells_likes(headers: Sequence[str]) -> bool:
    """Return whether a header names customers and where they are: a list of likes, and no table of places.

    A word that may name a place too, such as "name" in a report of ours, names no customer here.

    Example:
        >>> tells_likes(["customer", "resource"]), tells_likes(["resource", "name", "visits"])
        (True, False)

    """
    customers = VOCABULARY["customer"] - VOCABULARY["name"]
    if not any(fold_header(cell) in customers for cell in headers):
        return False
    mapped = map_columns(headers)
    return "customer" in mapped.positions and (mapped.tells_resource or "platform" in mapped.positions)


def map_columns(headers: Sequence[str]) -> Mapped:
    """Recognise the columns of a table of likes by their headers.

    ``X name`` is the name of X. Where a table has two account columns, the one that was *queried* is the customer
    (exporters write ``queryUsername`` or ``target_username``) and the one that was found is the resource.

    Args:
        headers: Texts of the header line. Of two columns with one meaning the first counts.

    Returns:
        The mapping; ask it whether it is ``complete``.

    Example:
        >>> map_columns(["Клиент", "Сообщество", "Подписчики"]).describe()
        'customer = Клиент, resource = Сообщество, subscribers = Подписчики'
        >>> map_columns(["queryUsername", "username", "fullName"]).describe()
        'customer = queryUsername, handle = username, name = fullName'

    """
    map_texts = _mapped if len(headers) <= FEW else _mapped.__wrapped__
    positions, queried = map_texts(tuple(headers))
    return Mapped(dict(positions), list(headers), queried=queried)


@lru_cache(maxsize=256)
def _mapped(headers: tuple[str, ...]) -> tuple[Mapping[str, int], bool]:
    """Return where the columns of each role are, and whether the customer is an exporter's queried account."""
    claims = _Claims(headers)
    texts = claims.texts
    if not any(text in _known() or _is_about(text) or is_size_header(text) for text in texts):
        return {}, False  # most rows are no header, and many are looked at
    words = {name: words_of(f"headers.likes.{name}") for name in MORE}
    queried = next(iter(claims.all_of(VOCABULARY["queried"])), None)
    if queried is not None:
        claims.positions["customer"] = queried
        claims.claim("direction", VOCABULARY["direction"])
        claims.claim("handle", VOCABULARY["handle"] | words["account"])
    claims.claim("platform", VOCABULARY["platform"])
    if claims.all_of(VOCABULARY["resource"] - words["place_or_platform"]):  # "площадка, сообщество": the first is wider
        claims.claim("platform", words["place_or_platform"])
    claims.claim("subscribers", VOCABULARY["subscribers"])
    claims.claim("subscribers", ("subscribers",), ["subscribers" * is_size_header(header) for header in headers])
    if queried is None:
        claims.claim("customer", VOCABULARY["customer"] - {"full name"})
    links = _about_resource(claims.texts, words["url_behind"], words["url_before"])
    claims.claim("url", VOCABULARY["url"] | links)
    claims.claim("name", _about_resource(claims.texts, words["name_behind"], words["name_before"]))
    claims.claim("handle", VOCABULARY["handle"])
    claims.claim("resource", VOCABULARY["resource"])
    claims.claim("customer", words["name_of_person"])  # "name, page": then the name is the person's
    claims.claim("name", VOCABULARY["name"])
    for role in ("followed_at", "accepts_posts", "topic"):
        claims.claim(role, VOCABULARY[role])
    if NAMING.isdisjoint(claims.positions):
        claims.claim("resource", words["pronouns"])
    return claims.positions, queried is not None


FEW: Final = 64
"""Headers of so many columns are remembered: files that lie together mostly have the same."""

MORE: Final = (
    "account", "place_or_platform", "url_behind", "url_before", "name_behind", "name_before", "name_of_person",
    "pronouns",
)  # fmt: skip
"""Lists of words beside those of the roles."""


@cache
def _known() -> frozenset[str]:
    """Return all headers of one word or more that say something by themselves."""
    return frozenset().union(*VOCABULARY.values(), *(words_of(f"headers.likes.{name}") for name in MORE))


def _is_about(text: str) -> bool:
    """Return whether a header of several words may say "X name" of a resource X: it begins or ends like one."""
    words = text.split(" ")
    return len(words) > 1 and not _ends_of_resources().isdisjoint((words[0], words[-1]))


@cache
def _ends_of_resources() -> frozenset[str]:
    return frozenset(
        end for noun in VOCABULARY["resource"] for words in [noun.split(" ")] for end in (words[0], words[-1])
    )


def _about_resource(texts: Sequence[str], behind: frozenset[str], before: frozenset[str]) -> frozenset[str]:
    """Return the headers that say "X name" or "name of X" for a resource X."""
    nouns = VOCABULARY["resource"]
    return frozenset(
        text
        for text in texts
        for at in (place for place, sign in enumerate(text) if sign == " ")
        if (text[:at] in nouns and text[at + 1 :] in behind) or (text[:at] in before and text[at + 1 :] in nouns)
    )


def parse_columns(
    text: str, roles: Collection[str] = ROLES, example: str = "customer=Client,resource=Page"
) -> dict[str, str]:
    """Parse what ``--columns`` takes: ``customer=A,resource=B``.

    Args:
        text: As it was typed.
        roles: Those that the command knows.
        example: Shown where the text is none.

    Raises:
        OptionError: A part is not ``role=column``, or the role is unknown.

    Example:
        >>> parse_columns("customer=Who, resource=Where do you read?")
        {'customer': 'Who', 'resource': 'Where do you read?'}

    """
    chosen: dict[str, str] = {}
    for part in text.split(","):
        role, equals, column = (piece.strip() for piece in part.partition("="))
        if not equals or not role or not column:
            raise OptionError(
                "--columns: write role=column pairs, separated by commas",
                hint=f"for example {example}; if a header has a comma, give the number of the column",
            )
        if role not in roles:
            raise OptionError(f"--columns {role}=…: no such role", hint=f"roles: {', '.join(roles)}")
        chosen[role] = column
    return chosen


def find_column(headers: Sequence[str], column: str) -> int | None:
    """Return where a column stands that the user named, by its header or by its number from 1; None where it is not.

    Example:
        >>> find_column(["Who?", "Кто"], "кто"), find_column(["a", "b"], "2"), find_column(["a"], "c")
        (1, 1, None)

    """
    texts = [header.strip() for header in headers]
    if column.strip() in texts:
        return texts.index(column.strip())
    wanted = fold_header(column)
    if wanted and wanted in (folded := [fold_header(text) for text in texts]):
        return folded.index(wanted)
    return int(column) - 1 if column.isdecimal() and 1 <= int(column) <= len(texts) else None


def named_columns(headers: Sequence[str], chosen: Mapping[str, str], label: str) -> dict[str, int]:
    """Return the positions of the columns that the user named.

    Args:
        headers: Texts of the header line.
        chosen: Role to header or number.
        label: What messages call the table.

    Raises:
        InputError: A named column is not in the table.

    Example:
        >>> named_columns(["Who", "What"], {"customer": "who", "resource": "2"}, "likes.csv")
        {'customer': 0, 'resource': 1}

    """
    found = {}
    for role, column in chosen.items():
        position = find_column(headers, column)
        if position is None:
            raise no_column(label, role)
        found[role] = position
    return found


def no_column(label: str, role: str) -> InputError:
    """Return the error for a column that the user named and the table does not have."""
    return InputError(
        f"{label}: --columns names a {role} column that the table does not have",
        hint="write the header as in the file, or the number of the column from 1",
    )


def choose_columns(headers: Sequence[str], chosen: Mapping[str, str], label: str) -> Mapped:
    """Map the columns of a table of likes that the user named; the others by their headers.

    Raises:
        InputError: A named column is not in the table.

    """
    forced = named_columns(headers, chosen, label)
    guessed = map_columns(headers)
    taken = set(forced.values())
    rest = {
        role: position
        for role, position in guessed.positions.items()
        if role not in forced and position not in taken and not (role in NAMING and NAMING & set(forced))
    }
    numbers_only = all(column.isdecimal() and column not in headers for column in chosen.values())
    return Mapped(
        forced if numbers_only else {**rest, **forced},
        None if numbers_only else list(headers),
        queried="customer" not in forced and guessed.queried,
    )
