"""Who writes to owners: the table ``[writer]`` of ``outreach.toml``, in the language of the letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Writer", "writer_for"]


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes; what is not known is empty.

    Args:
        name: In full.
        role: What they do, with the company where it reads better: implant dentist at Zobi.
        company: For the signature.
        specialisation: Their field, where the role does not say it.
        years: How long they have been in it.
        proof: A sentence of what they did there, or several.
        published: Addresses of texts that were published, the best first.
        offer: What readers get.
        contact: Telephone or address, for the signature of an e-mail.

    """

    name: str = ""
    role: str = ""
    company: str = ""
    specialisation: str = ""
    years: int = 0
    proof: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    offer: str = ""
    contact: str = ""


def writer_for(table: Mapping[str, Any], language: str) -> Writer:
    """Return the writer as a letter in a language names them: ``[writer.ru]`` goes before ``[writer]``.

    Args:
        table: What ``outreach.toml`` says, checked.
        language: Of the letter.

    Example:
        >>> table = {"name": "Anna Ozola", "years": 14, "languages": {"ru": {"name": "Анна Озола"}}}
        >>> writer_for(table, "ru").name, writer_for(table, "lv").name, writer_for(table, "ru").years
        ('Анна Озола', 'Anna Ozola', 14)

    """
    own = table.get("languages", {}).get(language, {})
    given = {name: value for name, value in {**table, **own}.items() if name != "languages"}
    return Writer(**given)
