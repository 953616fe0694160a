"""From bytes to tables, for every room: where files come from, and how people write what stands in them."""

from typing import Final

__all__ = ["BLOCK_BYTES", "GZIP", "HEAD_BYTES", "OLE", "ZIP"]

HEAD_BYTES: Final = 64 * 1024
"""So much of a file is read to tell what it is; a shorter head is the whole file."""

BLOCK_BYTES: Final = 1 << 20
"""So much of a file is held at once while it is read through."""

ZIP: Final = b"PK\x03\x04"
"""How a ZIP archive begins; so do the workbooks and documents of today's office programs."""

OLE: Final = b"\xd0\xcf\x11\xe0"
"""How the workbooks and documents of older office programs begin, and those with a password."""

GZIP: Final = b"\x1f\x8b"
