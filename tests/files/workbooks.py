"""Workbooks for tests: as programs write them, and as nobody should."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODS_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def excel(fill: Callable | None = None, /, *, options: Mapping | None = None, **tabs: Sequence[Sequence]) -> bytes:
    """Return a workbook as XlsxWriter writes it: a tab for each keyword; ``fill`` gets the workbook at the end."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **(options or {})}) as book:
        for name, rows in tabs.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        if fill is not None:
            fill(book)
    return stream.getvalue()


def zipped(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def excel_members(*sheets: str, shared: Sequence[str] = (), hidden: Sequence[int] = ()) -> dict[str, str | bytes]:
    """Return the members of a workbook whose sheets' XML is given: their rows, and what comes behind them."""
    numbers = range(1, len(sheets) + 1)
    states = {n: "hidden" if n in hidden else "visible" for n in numbers}
    tags = "".join(f'<sheet name="T{n}" sheetId="{n}" state="{states[n]}" r:id="r{n}"/>' for n in numbers)
    targets = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{tags}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{targets}</Relationships>',
    }
    for n, sheet in zip(numbers, sheets, strict=True):
        rows, _, behind = sheet.partition("|")
        members[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet {MAIN} xmlns:r="{OFFICE}"><sheetData>{rows}</sheetData>{behind}</worksheet>'
        )
    if shared:
        texts = "".join(f"<si><t>{text}</t></si>" for text in shared)
        members["xl/sharedStrings.xml"] = f"<sst {MAIN}>{texts}</sst>"
    return members


def excel_xml(*sheets: str, **others) -> bytes:
    """Return a workbook whose sheets' XML is given."""
    return zipped(excel_members(*sheets, **others))


def ods(content: str, **others: str) -> bytes:
    """Return an OpenDocument workbook whose tables' XML is given."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": others.get("manifest", "<manifest/>"),
            "content.xml": f"<office:document-content {ODS_NAMESPACES} xmlns:xlink='http://www.w3.org/1999/xlink'>"
            f"<office:body><office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>",
        },
        zipfile.ZIP_STORED,
    )


def ole(*streams: str) -> bytes:
    """Return the beginning of a file of an old office program, its list of streams behind the first 64 KiB."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[30:32] = (9).to_bytes(2, "little")
    header[48:52] = (200).to_bytes(4, "little")
    names = b"".join(stream.encode("utf-16-le").ljust(128, b"\0") for stream in ("Root Entry", *streams))
    return bytes(header) + bytes(200 * 512) + names
