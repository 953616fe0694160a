"""What there is to tell the user, as a code with values; the sentence is made where it is shown.

Rooms hand messages on and decide by their codes. Whoever shows one (the command line, a warning of the library, a page)
calls :func:`describe`.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

__all__ = [
    "LANGUAGES", "Message", "Value", "day_in", "decoded", "describe", "encoded", "filled", "full_sentence",
    "has_sentence", "message", "number_in",
]  # fmt: skip

LANGUAGES: Final = ("en", "ru", "el", "lv", "hy")
"""English has every sentence, the others those of the conclusion that a marketer passes on, and of the settings."""

DAYS: Final = {
    "en": "{0:%d} {month} {0:%Y}", "ru": "{0:%d.%m.%Y}", "el": "{0:%d/%m/%Y}", "lv": "{0:%d.%m.%Y}.",
    "hy": "{0:%d.%m.%Y}",
}  # fmt: skip
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

HALF_UP: Final = 1e-9
"""What is added before a number is rounded, so that 2.5 becomes 3 as in every schoolbook."""

Value: TypeAlias = "str | int | float | Message | tuple[Value, ...]"


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to tell: what it is, and what its sentence names.

    Args:
        code: Which sentence, like ``totals-left-out``; one for each kind of message.
        values: What stands in it by name, sorted by name; texts, numbers, other messages, or several of them.

    """

    code: str
    values: tuple[tuple[str, Value], ...] = ()

    def __getitem__(self, name: str) -> Value:
        return dict(self.values)[name]

    def __str__(self) -> str:
        """Return the sentence in English, for whoever uses the library."""
        return describe(self)


def message(code: str, /, **values: Value) -> Message:
    """Return a message.

    Example:
        >>> message("totals-left-out", rows=2)["rows"]
        2

    """
    return Message(code, tuple(sorted(values.items())))


def describe(message: Message, language: str = "en") -> str:
    """Return the sentence of a message, without a full stop.

    Args:
        message: What to tell.
        language: Code of the language, like ``en``.

    Raises:
        KeyError: There is no sentence for this code, or it names a value that the message does not have.

    Example:
        >>> describe(message("totals-left-out", rows=1)), describe(message("totals-left-out", rows=2))
        ('1 row of totals left out', '2 rows of totals left out')

    """
    return _Sentence(language).vformat(_language(language).sentences[message.code], (), dict(message.values))


def filled(template: str, values: Mapping[str, Value], language: str = "en") -> str:
    """Return a text of another catalogue with its values, as the sentences of messages are filled in.

    Raises:
        KeyError: It names a value that is not there.

    Example:
        >>> filled("{count:# место|# места|# мест}", {"count": 5}, "ru")
        '5 мест'

    """
    return _Sentence(language).vformat(template, (), dict(values))


def number_in(number: float, language: str, decimals: int = 0) -> str:
    r"""Return a number as a language writes it.

    Example:
        >>> number_in(48200, "ru"), number_in(48200.5, "el", 1), number_in(48200, "en")
        ('48\xa0200', '48.200,5', '48,200')

    """
    return _Sentence(language).number(f"{number + HALF_UP:,.{decimals}f}")


def day_in(day: date, language: str) -> str:
    """Return a day as a language writes it.

    Example:
        >>> from datetime import date
        >>> day_in(date(2026, 11, 5), "en"), day_in(date(2026, 11, 5), "el")
        ('05 Nov 2026', '05/11/2026')

    """
    return DAYS[language].format(day, month=MONTHS[day.month - 1])


def has_sentence(message: Message, language: str) -> bool:
    """Return whether there is a sentence for a message, and for those in it, in a language.

    Example:
        >>> has_sentence(message("sentence", text=""), "en"), has_sentence(message("sentence", text=""), "ru")
        (True, False)

    """
    inner = [one for _, value in message.values for one in (value if isinstance(value, tuple) else (value,))]
    return message.code in _language(language).sentences and all(
        has_sentence(one, language) for one in inner if isinstance(one, Message)
    )


def full_sentence(message: Message, language: str = "en") -> str:
    """Return the sentence of a message with what ends it in this language.

    Example:
        >>> full_sentence(message("totals-left-out", rows=1))
        '1 row of totals left out.'

    """
    text = describe(message, language)
    return text if text.endswith(("?", "!", ";")) else text + _language(language).stop


def encoded(message: Message) -> str:
    """Return a message as one line of text, for :func:`decoded`.

    Example:
        >>> encoded(message("totals-left-out", rows=2))
        '{"code": "totals-left-out", "values": {"rows": 2}}'

    """
    import json

    return json.dumps(_as_json(message), ensure_ascii=False)


def _as_json(value: Value) -> object:
    if isinstance(value, Message):
        return {"code": value.code, "values": {name: _as_json(one) for name, one in value.values}}
    return [_as_json(one) for one in value] if isinstance(value, tuple) else value


def decoded(text: str) -> Message:
    """Return the message that a line holds; any other line is a sentence already.

    Example:
        >>> decoded('{"code": "totals-left-out", "values": {"rows": 2}}') == message("totals-left-out", rows=2)
        True
        >>> describe(decoded("sampled at 10 %"))
        'sampled at 10 %'

    """
    import json

    try:
        found = json.loads(text) if text.startswith("{") else None
        if found is not None and isinstance(made := _from_json(found), Message):
            return made
    except (ValueError, LookupError, TypeError, RecursionError):
        pass
    return message("sentence", text=text)


def _from_json(value: Any) -> Value:
    if isinstance(value, dict):
        return message(str(value["code"]), **{name: _from_json(one) for name, one in value["values"].items()})
    return tuple(map(_from_json, value)) if isinstance(value, list) else value


class _Sentence(string.Formatter):
    """Fills a sentence in: ``{rows:# row|# rows}`` chooses by the number, several values stand with commas between.

    ``{notes:;}`` parts them by semicolons; ``{amount:money}``, ``{rate:percent}``, ``{rate:tenths}``, ``{low:whole}``
    are numbers as the language writes them; ``{count:Words}`` and ``{number:ordinal}`` are words, in English only.
    """

    def __init__(self, language: str) -> None:
        self._language: Final = language
        self._signs: Final = _language(language)

    def get_value(self, key: int | str, _args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        return kwargs[str(key)]

    def format_field(self, value: Any, format_spec: str) -> str:
        if "#" in format_spec or "|" in format_spec:
            return self._form(value, format_spec.split("|"))
        if isinstance(value, tuple):
            between, inner = (self._signs.semicolon, "") if format_spec == ";" else (", ", format_spec)
            return between.join(self.format_field(one, inner) for one in value)
        if isinstance(value, Message):
            return describe(value, self._language)
        if format_spec in ("Words", "ordinal"):
            return self._english(value, format_spec)
        if format_spec in ("money", "percent", "tenths", "whole"):
            return self.number(_digits(value, format_spec))
        return format(value, format_spec)

    def _english(self, number: int, kind: str) -> str:
        """Return a small number as a word, a large one in digits."""
        from outreach.messages import en

        words = en.NUMBERS if kind == "Words" else en.ONE_MORE
        if 0 < number <= len(words):
            return words[number - 1]
        return self.number(f"{number:,}") + ("th" if kind == "ordinal" else "")

    def number(self, text: str) -> str:
        return text.translate({ord(","): self._signs.thousands, ord("."): self._signs.decimal})

    def _form(self, number: int, forms: Sequence[str]) -> str:
        """Return the form of a noun that a number takes in this language, with the number in it."""
        from outreach.messages.plurals import FORM

        form = forms[0] if len(forms) == 1 else forms[FORM[self._language](number)]  # {size:#} is a number alone
        return form.replace("#", self.number(f"{number:,}"))


def _digits(number: float, kind: str) -> str:
    """Return a number with the decimals worth showing: cents where there are any, tenths below one percent."""
    if kind == "tenths":
        return f"{round(number, 1) + 0.0:,.1f}"  # + 0.0: no "-0.0"
    whole = kind == "whole" or (number == int(number) if kind == "money" else not 0 < number < 0.95)
    return f"{number + HALF_UP:,.{0 if whole else 2 if kind == 'money' else 1}f}"


@dataclass(frozen=True, slots=True)
class _Language:
    """The sentences of a language by their codes, and the signs that it writes differently."""

    sentences: Mapping[str, str]
    thousands: str = ","
    decimal: str = "."
    semicolon: str = "; "
    stop: str = "."


@cache
def _language(code: str) -> _Language:
    if code == "en":
        from outreach.messages.en import SENTENCES

        return _Language(SENTENCES)
    import tomllib
    from importlib.resources import files

    return _Language(**tomllib.loads(files(__package__).joinpath(f"{code}.toml").read_text("utf-8")))
