"""One person, by an e-mail address or a telephone number, however it is written and whichever of them a row has."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["Numbers", "joined_persons", "name_of_number"]

LEAST_DIGITS: Final = 5
MOST_SHARED: Final = 3
"""A number that more people have is the shop's own, or a made-up one."""


class _Plan(NamedTuple):
    """How numbers are written in a country: its code, what stands before them inside of it, how long they are."""

    code: str
    trunk: str
    lengths: frozenset[int]


@lru_cache(maxsize=64)
def _plan_of(region: str) -> _Plan | None:
    import phonenumbers

    found = phonenumbers.PhoneMetadata.metadata_for_region(region)
    if found is None:
        return None
    lengths = found.general_desc.possible_length if found.general_desc else ()
    return _Plan(str(found.country_code), found.national_prefix or "", frozenset(lengths or ()))


def region_of(texts: Iterable[str]) -> str:
    """Return the country of most numbers that are written with their code, empty where none is.

    Example:
        >>> region_of(["+371 29 000 001", "29000002"]), region_of(["29000002"])
        ('LV', '')

    """
    international = ["+" + _digits(text) for text in texts if text.strip().startswith(("+", "00"))]
    if not international:
        return ""
    import phonenumbers

    regions: Counter[str] = Counter()
    for number in international[:200]:
        for length in (1, 2, 3):
            code = int(number[1 : 1 + length] or 0)
            if code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
                regions[phonenumbers.region_code_for_country_code(code)] += 1
                break
    return max(sorted(regions), key=lambda region: regions[region], default="")


class Numbers:
    """How telephone numbers of one table are written.

    Args:
        region: Two letters of the country where a number without a code is; empty where the other numbers tell it.
        others: All numbers of the table, looked at where one has no code.

    Example:
        >>> in_latvia, in_russia = Numbers("LV"), Numbers("RU")
        >>> in_latvia.tidy("29 000 001"), in_latvia.tidy("+371 29000001"), in_latvia.tidy("00371-29000001")
        ('37129000001', '37129000001', '37129000001')
        >>> in_russia.tidy("8 (999) 111-22-33"), in_russia.tidy("+7 999 111 22 33"), in_russia.tidy("999 1112233")
        ('79991112233', '79991112233', '79991112233')

    """

    def __init__(self, region: str, others: Callable[[], Iterable[str]] = tuple) -> None:
        self._region: Final = region
        self._others: Final = others

    @cached_property
    def _plan(self) -> _Plan | None:
        region = self._region or region_of(self._others())
        return _plan_of(region) if region else None

    def tidy(self, text: str) -> str:
        """Return a number's digits with the code of its country, empty for what is none."""
        digits = _digits(text)
        if len(digits) < LEAST_DIGITS:
            return ""
        if text.strip().startswith(("+", "00")):
            return digits
        plan = self._plan
        if plan is None:  # 8 900 ... is how people in Russia write +7 900 ...
            return f"7{digits[1:]}" if len(digits) == 11 and digits.startswith("89") else digits
        national = digits.removeprefix(plan.trunk)
        if len(national) in plan.lengths and (len(digits) not in plan.lengths or national == digits):
            return plan.code + national
        return plan.code + digits if len(digits) in plan.lengths else digits


def _digits(text: str) -> str:
    digits = "".join(sign for sign in text if sign.isdecimal())
    return digits.removeprefix("00") if text.strip().startswith("00") else digits


def name_of_number(text: str) -> str:
    """Return what a number that was called is known by, in the ledger and in ties.

    Example:
        >>> name_of_number("+371 67 000 001"), name_of_number("00371-67000001")
        ('tel 37167000001', 'tel 37167000001')

    """
    return f"tel {_digits(text)}"


def joined_persons(pairs: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """Return who is behind an e-mail address and a number: one name for all rows that share either of them.

    Args:
        pairs: Address and number of each row, empty where it has none.

    Example:
        >>> found = joined_persons([("a@x.lv", "371290"), ("", "371290"), ("b@x.lv", "")])
        >>> found["", "371290"], found["b@x.lv", ""]
        ('a@x.lv', 'b@x.lv')

    """
    distinct = dict.fromkeys(pair for pair in pairs if pair[0] or pair[1])
    of_number: dict[str, set[str]] = defaultdict(set)
    for email, number in distinct:
        if email and number:
            of_number[number].add(email)
    above: dict[str, str] = {}
    for number, emails in of_number.items():
        if len(emails) <= MOST_SHARED:
            for email in emails:
                _join(above, number, email)
    names: dict[str, str] = {}
    for name in sorted(above, key=lambda one: ("@" not in one, one)):
        names.setdefault(_root(above, name), name)
    found = {}
    for email, number in distinct:
        own = email or number
        found[email, number] = names[_root(above, own)] if own in above else own
    return found


def _root(above: dict[str, str], name: str) -> str:
    while above[name] != name:
        above[name] = above[above[name]]
        name = above[name]
    return name


def _join(above: dict[str, str], one: str, other: str) -> None:
    above.setdefault(one, one)
    above.setdefault(other, other)
    above[_root(above, one)] = _root(above, other)
