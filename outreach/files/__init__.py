"""From bytes to tables, for every room: where files come from, and how people write what stands in them."""

from typing import Final

__all__ = ["BLOCK_BYTES", "HEAD_BYTES", "ZIP"]

HEAD_BYTES: Final = 64 * 1024
"""So much of a file is read to tell what it is; a shorter head is the whole file."""

BLOCK_BYTES: Final = 1 << 20
"""So much of a file is held at once while it is read through."""

ZIP: Final = b"PK\x03\x04"
"""How a ZIP archive begins; so do the workbooks and documents of today's office programs."""
