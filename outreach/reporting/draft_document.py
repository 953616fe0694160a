"""Drafts as one Word document: to read through, to comment on, to agree upon."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from outreach.messages import describe
from outreach.patterns import pattern
from outreach.reporting.words import safe_address
from outreach.teasers.draft_files import WHERE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from outreach.teasers.drafts import Draft

__all__ = ["document", "document_edited", "is_document", "same_document"]

MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the same drafts give the same file, whatever the clock says
STAMP: Final = (2000, 1, 1, 0, 0, 0)
MARK: Final = "outreach-drafts"
BODY: Final = "word/document.xml"
ABOUT: Final = "docProps/core.xml"
LARGEST: Final = 1 << 26
SHADE: Final = "F2F2F2"
BLUE: Final = "0563C1"

_NOT_XML: Final = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKED: Final = re.compile(rf"{MARK} ([0-9a-f]{{32}})".encode())


def document(drafts: Sequence[Draft], addresses: Mapping[str, str]) -> bytes:
    """Return the document: a heading a place, below it the texts, the links, what to look at.

    Args:
        drafts: In their order; those of one place stand together.
        addresses: Of the places, by key.

    """
    import docx

    made = docx.Document()
    _set_up(made)
    places: dict[str, list[Draft]] = {}
    for one in drafts:
        places.setdefault(one.resource, []).append(one)
    for resource, several in places.items():
        _write_place(made, several, addresses.get(resource, ""))
    about = made.core_properties
    about.title = f"Drafts: {drafts[0].campaign}" if drafts else "Drafts"
    about.author, about.last_modified_by, about.comments = "outreach", "", ""
    about.created = about.modified = MADE
    about.keywords = f"{MARK} {_hash(_part(_saved(made), BODY))}"
    return _repacked(_saved(made))


def is_document(content: bytes) -> bool:
    """Tell whether a file is a document of ours, edited or not."""
    return _mark(content) is not None


def document_edited(content: bytes) -> bool:
    r"""Tell whether a person saved a document after it was written.

    Example:
        >>> document_edited(b"a letter")
        True

    """
    return _mark(content) != _hash(_part(content, BODY)).encode()


def same_document(one: bytes, other: bytes) -> bool:
    """Tell whether two documents say the same."""
    return _part(one, BODY) == _part(other, BODY) != b""


def _set_up(made: Document) -> None:
    """Set paper and margins."""
    from docx.shared import Cm

    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(2)


def _write_place(made: Document, drafts: Sequence[Draft], address: str) -> None:
    first = drafts[0]
    made.add_heading(_clean(first.name or first.resource), level=1)
    _put_link(made.add_paragraph(), address or first.resource)
    if first.rules:
        made.add_paragraph(_clean(f"Rules of the place: {first.rules}"))
    cost = "" if first.cost is None else f", {first.cost:g} {first.currency or ''}".rstrip()
    if first.deal != "free" or cost:
        made.add_paragraph(_clean(f"Deal: {first.deal}{cost}"))
    for one in drafts:
        _write_draft(made, one, several=len(drafts) > 1)


def _write_draft(made: Document, one: Draft, *, several: bool) -> None:
    of = f", variant {one.variant}" if several else ""
    if one.title:
        made.add_heading(f"Title{of}", level=2)
        made.add_paragraph(_clean(one.title))
    made.add_heading(f"Text{of}", level=2)
    _put_text(made, one.text)
    limit = f" of {one.limit}" if one.limit is not None else ""
    made.add_paragraph(f"Length: {one.length}{limit} ({one.unit})").style = "Caption"
    made.add_heading(f"Link{of}, {WHERE[one.link_place]}", level=2)
    _put_link(made.add_paragraph(), one.link)
    if one.comment:
        made.add_heading(f"First comment{of}", level=2)
        _put_text(made, one.comment)
    if one.promo:
        made.add_heading(f"Code of this place{of}", level=2)
        made.add_paragraph(_clean(one.promo))
    if one.warnings:
        made.add_heading(f"To look at{of}", level=2)
        for warning in one.warnings:
            made.add_paragraph(_clean(describe(warning)), style="List Bullet")


def _put_text(made: Document, text: str) -> None:
    """Write a text as one paragraph, so that it is copied with its line breaks as they are."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = made.add_paragraph(_clean(text))
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), SHADE)
    paragraph._p.get_or_add_pPr().append(shade)  # noqa: SLF001 - python-docx has no call for it


def _put_link(paragraph: Paragraph, text: str) -> None:
    """Write an address that a click opens, or a text where it is no safe one."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    run = paragraph.add_run(_clean(text))
    if (address := safe_address(text)) is None:
        return
    run.font.underline, run.font.color.rgb = True, RGBColor.from_string(BLUE)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(_clean(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(run._r)  # noqa: SLF001 - python-docx has no call for it
    paragraph._p.append(link)  # noqa: SLF001


def _clean(text: str) -> str:
    """Return a text that XML can hold."""
    return _NOT_XML.sub("\ufffd", text)


def _saved(made: Document) -> bytes:
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def _repacked(content: bytes) -> bytes:
    """Return the same package without the time at which it was made."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            entry = zipfile.ZipInfo(info.filename, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(info))
    return stream.getvalue()


def _part(content: bytes, name: str) -> bytes:
    """Return a part of a package; empty where there is none, or an unlikely large one."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return package.read(name) if package.getinfo(name).file_size <= LARGEST else b""
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error):
        return b""


def _mark(content: bytes) -> bytes | None:
    found = _MARKED.search(_part(content, ABOUT))
    return found[1] if found else None


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]
