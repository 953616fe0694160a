"""What ``outreach.toml`` may hold, checked: each name and each value, all faults in one go."""

from __future__ import annotations

import dataclasses
import os
import re
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.toml_checks import Faults, checked
from outreach.files.toml_values import flag, language, market, name, text
from outreach.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from outreach.files.toml import Kind, Loaded

__all__ = ["Campaign", "Settings", "read_campaign", "settings_in_text", "text_of_campaign", "writer_in"]

MOST_SUBSCRIBERS: Final = 10**12
MY_LANGUAGES: Final = ("en", "ru", "el", "lv", "hy")
ACCEPTS_POSTS: Final = ("any", "yes", "not-no")
SECRETS: Final = pattern(r"password|passwd|token|secret|api_?key|credential", re.IGNORECASE)
NO_SECRETS: Final = (
    "keep passwords and tokens out of this file, which is shared with the folder; set environment variables instead, "
    "such as OUTREACH_DB"
)


def _names(value: object) -> tuple[str, ...]:
    """Return one text or several, each once, none of them empty."""
    several = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(filter(None, map(name, several))))


def _platforms(value: object) -> tuple[str, ...]:
    from outreach.keys import platform_asked

    return tuple(dict.fromkeys(platform_asked(one, one) for one in _names(value)))


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_SUBSCRIBERS:
        raise InputError("it must be a whole number", hint="without quotes: 5000")
    return value


def _one_of(known: tuple[str, ...]) -> Callable[[object], str]:
    def check(value: object) -> str:
        word = text(value).casefold()
        if word and word not in known:
            raise InputError(f"it must be one of {', '.join(known)}")
        return word

    return check


def _currency(value: object) -> str:
    from outreach.files.money import currency_of

    word = text(value)
    code = currency_of(word.upper()) or currency_of(word) if word else ""
    if code is None:
        raise InputError("this is not a currency", hint='write its code: "EUR"')
    return code


def _sum(value: object) -> str:
    from outreach.files.money import money

    given = str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else text(value)
    if given and money(given) is None:
        raise InputError("this is not a sum of money", hint='write it like "300 EUR"')
    return given


def _networks(value: object) -> tuple[str, ...]:
    from ipaddress import ip_network

    for one in (found := _names(value)):
        try:
            ip_network(one, strict=False)
        except ValueError:
            raise InputError(f"{one} is not a network address", hint='write it like "203.0.113.7"') from None
    return found


def _database(value: object) -> str:
    from outreach.passwords import without_password

    where = text(value)
    if without_password(where) != where:
        raise InputError("the address has a password", hint=NO_SECRETS)
    return where


def _my_language(value: object) -> str:
    code = language(value)
    if code not in MY_LANGUAGES:
        raise InputError(f"it must be one of {', '.join(MY_LANGUAGES)}")
    return code


KINDS: Final[Mapping[str, Callable[[Any], Any]]] = MappingProxyType({
    "client": name,
    "lists": _names,
    "own": _names,
    "exclude": _names,
    "same_as": name,
    "customers": name,
    "groups": name,
    "group": name,
    "sheet": name,
    "brief": name,
    "drafts": name,
    "results": _names,
    "min_subscribers": _number,
    "accepts_posts": _one_of(ACCEPTS_POSTS),
    "topic": name,
    "platforms": _platforms,
    "logo": name,
    "field": name,
    "budget": _sum,
    "market": market,
    "language": language,
    "my_language": _my_language,
    "currency": _currency,
    "db": _database,
    "goal": name,
    "visits": name,
    "exclude_ip": _networks,
    "templates": name,
})  # fmt: skip
OF_UTM: Final = {"scheme": name, "source": name, "medium": name, "separator": name, "id": flag}
OF_WRITER: Final[Mapping[str, Callable[[Any], Any]]] = MappingProxyType({
    "name": name,
    "role": name,
    "company": name,
    "specialisation": name,
    "years": _number,
    "proof": _names,
    "published": _names,
    "offer": text,
    "contact": name,
})  # fmt: skip
OF_READING: Final[Mapping[str, Callable[[Any], Any]]] = MappingProxyType({
    "read_as": _one_of(("long", "list", "columns", "matrix", "rows", "blocks", "page", "survey")),
    "customer_is": _one_of(("file", "folder", "tab", "column")),
    "columns": text,
})  # fmt: skip
"""What can be answered about one file of lists."""
TABLES: Final = ("utm", "writer", "reading")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the file says; empty or None where it does not.

    Args:
        client: For whom the campaign is.
        lists: Files and folders with the customers' lists.
        own: Own pages, or files of them: not to be listed.
        exclude: Places, or files of them: likewise.
        same_as: Table of addresses that are one place.
        customers: Table of labels that are one customer.
        groups: Table of the group that each customer is in.
        group: The group whose lists alone are ranked.
        sheet: The resources sheet.
        brief: The brief of the article.
        drafts: Folder of drafts.
        results: Files and folders with analytics exports.
        min_subscribers: Smallest place to list.
        accepts_posts: ``any``, ``yes`` or ``not-no``.
        topic: Text that the topic of places holds.
        platforms: Only these.
        logo: Picture of the client, for the report.
        field: Regulated field, such as health or finance.
        budget: Sum of money for posts.
        market: Country whose rules hold.
        language: Of the audience.
        my_language: Of what is written for the marketer.
        currency: Of sums without one.
        db: The campaign's database.
        goal: Goal that counts as a conversion.
        visits: Source whose visits count.
        exclude_ip: Own addresses, in access logs.
        templates: Folder of own templates.
        utm: How links are tagged, by the names of the brief's table.
        writer: Who writes to owners; under ``languages`` what is said otherwise in some.
        reading: Name of a file of lists to what was answered about it.

    """

    client: str = ""
    lists: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    same_as: str = ""
    customers: str = ""
    groups: str = ""
    group: str = ""
    sheet: str = ""
    brief: str = ""
    drafts: str = ""
    results: tuple[str, ...] = ()
    min_subscribers: int | None = None
    accepts_posts: str = ""
    topic: str = ""
    platforms: tuple[str, ...] = ()
    logo: str = ""
    field: str = ""
    budget: str = ""
    market: str = ""
    language: str = ""
    my_language: str = ""
    currency: str = ""
    db: str = ""
    goal: str = ""
    visits: str = ""
    exclude_ip: tuple[str, ...] = ()
    templates: str = ""
    utm: Mapping[str, Any] = dataclasses.field(default_factory=lambda: MappingProxyType({}), hash=False)
    writer: Mapping[str, Any] = dataclasses.field(default_factory=lambda: MappingProxyType({}), hash=False)
    reading: Mapping[str, Mapping[str, str]] = dataclasses.field(
        default_factory=lambda: MappingProxyType({}), hash=False
    )


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign: its file, and what that says.

    Args:
        file: ``outreach.toml``, in full.
        settings: What it says.

    """

    file: Path
    settings: Settings

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return self.file.parent

    def path(self, given: str) -> str:
        """Return a path of the file as commands started here take it: from the current folder where that is shorter.

        An address of a database or of a place stays as it is.
        """
        if "://" in given or not given:
            return given
        full = os.path.normpath(os.path.join(self.folder, os.path.expanduser(given)))  # noqa: PTH111, PTH118
        try:
            near = os.path.relpath(full)
        except ValueError:  # on another drive
            return full
        return full if near.startswith(os.pardir + os.sep + os.pardir) else near

    def file_or_text(self, given: str) -> str:
        """Return the path of a file of the folder, or what was given where there is no such file."""
        path = self.path(given)
        return path if "://" not in given and os.path.isfile(path) else given  # noqa: PTH113 - long addresses

    @property
    def database_outside(self) -> str:
        """The database where it lies outside the folder; empty where it does not."""
        where = self.settings.db
        if not where or ("://" not in where and _within(self.folder, where)):
            return ""
        return where


def _within(folder: Path, given: str) -> bool:
    full = Path(os.path.realpath(folder / Path(given).expanduser()))
    return full.is_relative_to(os.path.realpath(folder))


def read_campaign(file: Path) -> Campaign:
    """Read the file of a campaign.

    Raises:
        InputError: It cannot be read, or something in it cannot be used; a sentence for each, with its line.

    """
    from outreach.files.toml import load

    return Campaign(file, _settings(load(_label(file), _kind())))


def settings_in_text(file: Path, text: str) -> Settings:
    """Return what a text says that may become the file of a campaign.

    Args:
        file: The file, for messages.
        text: Of the file.

    Raises:
        InputError: Something in it cannot be used; a sentence for each, with its line.

    """
    from outreach.files.toml import load_text

    return _settings(load_text(text, _label(file), _kind()))


def text_of_campaign(file: Path) -> str:
    """Return the text of a campaign's file, in whatever encoding it is, with line ends as TOML wants them.

    Raises:
        InputError: It cannot be read.

    """
    from outreach.files.toml import text_in_file

    return text_in_file(_label(file), _kind())


def _kind() -> Kind:
    from outreach.files.toml import Kind

    return Kind("the settings of a campaign", "lists, own, sheet", "outreach init writes one", may_be_empty=True)


def _label(file: Path) -> str:
    try:
        return os.path.relpath(file)
    except ValueError:
        return str(file)


def _settings(loaded: Loaded) -> Settings:
    faults = Faults(loaded)
    secrets = [key for key in loaded.tables if SECRETS.search(key)]
    for key in secrets:
        faults.note(f"{key}: {NO_SECRETS}", key)
    plain = {key: value for key, value in loaded.tables.items() if key not in secrets}
    given = checked(plain, KINDS, faults, also=TABLES)
    utm = _table(loaded, OF_UTM, faults, "utm")
    writer = writer_in(loaded, faults)
    reading = _of_files(loaded, faults)
    if faults.sentences:
        raise InputError("\n".join(faults.sentences), hint="change it with any plain text editor")
    return Settings(
        **given, utm=MappingProxyType(utm), writer=MappingProxyType(writer), reading=MappingProxyType(reading)
    )


def _of_files(loaded: Loaded, faults: Faults) -> dict[str, Mapping[str, str]]:
    """Return what was answered about single files."""
    found: dict[str, Mapping[str, str]] = {}
    for file, answers in loaded.tables.get("reading", {}).items():
        if isinstance(answers, dict):
            found[file] = MappingProxyType(checked(answers, OF_READING, faults, f"reading.{file}"))
        else:
            faults.note(f'reading.{file}: write it as [reading."{file}"], with read_as = "matrix" below', file)
    return found


def writer_in(loaded: Loaded, faults: Faults) -> dict[str, Any]:
    """Return the table ``[writer]`` of a file, checked; what is said otherwise in a language is under ``languages``.

    Args:
        loaded: The file.
        faults: Where it is noted what cannot be used.

    """
    if "writer" not in loaded.tables:
        return {}
    table = loaded.tables["writer"]
    writer = checked(table, OF_WRITER, faults, "writer", also=MY_LANGUAGES)
    own = {
        code: MappingProxyType(checked(table[code], OF_WRITER, faults, "writer", code))
        for code in MY_LANGUAGES
        if isinstance(table, dict) and code in table
    }
    return writer | ({"languages": MappingProxyType(own)} if own else {})


def _table(loaded: Loaded, kinds: Mapping[str, Callable[[Any], Any]], faults: Faults, heading: str) -> dict[str, Any]:
    if heading not in loaded.tables:
        return {}
    return checked(loaded.tables[heading], kinds, faults, heading)
