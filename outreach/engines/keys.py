"""The keys of addresses, made by the workers of a cluster: the one function of ours that runs there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.keys import name_key, platform_of
from outreach.likes.addresses import Addresses
from outreach.messages import encoded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    import pyarrow as pa

__all__ = ["BEARERS", "KEYED", "bearer_finder", "key_maker"]

KEYED: Final = (
    "address string, called string, word string, lines bigint, subscribers bigint, "
    "key string, empty_list string, reason string"
)
"""What comes out: the columns that went in, and three more."""

BEARERS: Final = "named string, key string"
"""A key made of a name, and the key of an address that bears the name."""


def key_maker(
    assumed: str | None, headers: Collection[str]
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return the function that puts the key beside each address.

    Args:
        assumed: The platform of handles that come without one.
        headers: Texts of header lines, to recognise one that is repeated among the rows.

    """

    def keyed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        addresses = Addresses(assume_platform=assumed, headers=headers)
        for batch in batches:
            texts, names, words = (batch.column(at).to_pylist() for at in range(3))
            none = [None] * len(texts)
            asked = zip(none, none, texts, names, words, range(len(texts)), strict=True)
            numbers, keys, others = addresses.answers(asked)
            gaps = [None] * len(keys)
            rows = batch.take(pa.array([*numbers, *(number for number, _ in others)], pa.int64()))
            answers = [answer for _, answer in others]
            added = (
                [*keys, *(answer.key for answer in answers)],
                [*gaps, *(answer.empty_list for answer in answers)],
                [*gaps, *(answer.reason and encoded(answer.reason) for answer in answers)],
            )
            yield pa.RecordBatch.from_arrays(
                [*rows.columns, *(pa.array(values, pa.string()) for values in added)],
                [column.split()[0] for column in KEYED.split(", ")],
            )

    return keyed


def bearer_finder(wanted: Collection[str]) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return the function that finds which addresses bear one of these names; it takes keys and names."""

    def found(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        for batch in batches:
            keys, names = (column.to_pylist() for column in batch.columns)
            named = [name_key(name, platform_of(key)) for key, name in zip(keys, names, strict=True)]
            pairs = [(name, key) for name, key in zip(named, keys, strict=True) if name in wanted]
            columns = [pa.array([pair[at] for pair in pairs], pa.string()) for at in range(2)]
            yield pa.RecordBatch.from_arrays(columns, ["named", "key"])

    return found
