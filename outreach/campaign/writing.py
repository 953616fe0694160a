"""``outreach.toml`` as a commented file: what was answered stands there, the rest is a note to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.files.toml import quoted
from outreach.messages import describe, full_sentence, message

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ASKED", "DEFAULTS", "campaign_text", "question"]

ASKED: Final = ("client", "own", "market", "language", "currency", "field", "lists")
"""What a person is asked for a new campaign, in order."""

DEFAULTS: Final[Mapping[str, object]] = {
    "lists": ("lists",),
    "sheet": "sheet.xlsx",
    "brief": "brief.toml",
    "drafts": "drafts",
    "results": ("results",),
    "db": "outreach.db",
    "min_subscribers": 5000,
}
"""What a new campaign has, where nothing else was found or answered."""

EXAMPLES: Final[Mapping[str, object]] = {
    "client": "",
    "lists": ("lists",),
    "own": ("t.me/my_channel",),
    "exclude": ("vk.com/somebody",),
    "market": "LV",
    "language": "ru",
    "my_language": "en",
    "currency": "EUR",
    "field": "health",
    "min_subscribers": 5000,
    "platforms": ("telegram", "facebook"),
    "accepts_posts": "not-no",
    "topic": "",
    "budget": "300 EUR",
    "sheet": "sheet.xlsx",
    "brief": "brief.toml",
    "drafts": "drafts",
    "results": ("results",),
    "db": "outreach.db",
    "goal": "",
    "visits": "",
    "exclude_ip": ("203.0.113.7",),
    "same_as": "same.csv",
    "customers": "customers.csv",
    "groups": "groups.csv",
    "group": "promoters",
    "logo": "logo.png",
    "templates": "templates",
}
"""Every setting in the order of the file, with what stands in its note."""

HEAD: Final = ("setting-head", "setting-typed", "setting-note")

TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "utm": ('scheme = "standard"', 'source = ""', 'medium = "social"', 'separator = "-"', "id = false"),
    "writer": (
        'name = ""', 'role = ""', 'company = ""', 'specialisation = ""', "years = 0", "proof = []", "published = []",
        'offer = ""', 'contact = ""',
    ),
}  # fmt: skip


def question(name: str, language: str = "en") -> str:
    """Return what a setting is, in one of five languages: the question of a person, and the note in the file.

    Example:
        >>> question("client")
        'The client of the campaign: a company or a product'

    """
    return describe(message(f"setting-{name.replace('_', '-')}"), language)


def campaign_text(values: Mapping[str, object], language: str = "en") -> str:
    """Return the file as text.

    Args:
        values: Setting to value; a setting without one becomes a note.
        language: Of the notes.

    Example:
        >>> print(*campaign_text({"client": "Clinic"}).splitlines()[4:9], sep=chr(10))
        # The client of the campaign: a company or a product
        client = "Clinic"
        <BLANKLINE>
        # Files and folders with the customers' lists
        # lists = "lists"

    """
    head = [full_sentence(message(code), language) for code in HEAD]
    parts = ["".join(f"# {line}\n" for line in head)]
    for name, example in EXAMPLES.items():
        value = values.get(name)
        used = value not in (None, "", ())
        parts.append(
            f"# {question(name, language)}\n{'' if used else '# '}{name} = {_value(value if used else example)}\n"
        )
    for heading, lines in TABLES.items():
        parts.append("".join(f"# {line}\n" for line in (question(heading, language), f"[{heading}]", *lines)))
    return "\n".join(parts)


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return quoted(value[0]) if len(value) == 1 else f"[{', '.join(map(quoted, value))}]"
    return str(value) if isinstance(value, int) else quoted(str(value))
