"""The same likes in every dress give the same ranking."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from outreach.errors import InputError

COLUMNS = ("customer", "resource", "name", "subscribers", "followed_at")
ROWS = (
    ("Анна К.", "https://t.me/smm_riga", 'SMM, "Рига"', "48 200", "2025-01-31"),
    ("Анна К.", "vk.com/club7", "Seven; or |7|", "", "2024-01-31 10:00:00"),
    ("Boris", "t.me/s/SMM_Riga", 'SMM, "Рига"', "48200", ""),
    ("Boris", "https://www.instagram.com/p/xyz", "", "", ""),
    ("Չարենց", "vk.com/public7", "", "1000", "2025-02-01"),
    ("Čaks", "@nobody", "", "?", ""),
)
WANT = [
    ("telegram:smm_riga", 'SMM, "Рига"', 48_200, 2, 2),
    ("vk:club7", "Seven; or |7|", 1000, 2, 2),
    ("other:name/@nobody", "@nobody", None, 1, 4),
]
FACTS = ("resource", "name", "subscribers", "overlap", "listed")


def delimited(sign: str, *, quoting: int = csv.QUOTE_MINIMAL, end: str = "\n") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=sign, quoting=quoting, lineterminator=end).writerows([COLUMNS, *ROWS])
    return stream.getvalue()


def records() -> list[dict[str, str | None]]:
    return [dict(zip(COLUMNS, (cell or None for cell in row), strict=True)) for row in ROWS]


def parquet(**options) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(records()), stream, **options)
    return stream.getvalue()


def lines_of_json(*, ascii_only: bool = False) -> str:
    return "".join(json.dumps(record, ensure_ascii=ascii_only) + "\n" for record in records())


CSV = delimited(",")
DRESSES = {
    "likes.csv": CSV,
    "quoted.csv": delimited(",", quoting=csv.QUOTE_ALL),
    "windows.csv": delimited(",", end="\r\n"),
    "old-mac.csv": delimited(",", end="\r"),
    "no-last-newline.csv": CSV.rstrip("\n"),
    "semicolon.csv": delimited(";"),
    "excel.csv": "sep=;\n" + delimited(";", end="\r\n"),
    "pipe.txt": delimited("|"),
    "likes.tsv": delimited("\t"),
    "trailing.csv": CSV.replace("\n", ",\n"),
    "blank-lines.csv": "\n \n" + CSV.replace("\n", "\n\n"),
    "bom.csv": CSV.encode("utf-8-sig"),
    "utf-16.csv": CSV.encode("utf-16"),
    "utf-16-le.csv": CSV.encode("utf-16-le"),
    "utf-16-be.csv": CSV.encode("utf-16-be"),
    "utf-16-be-bom.csv": b"\xfe\xff" + CSV.encode("utf-16-be"),
    "utf-32.csv": CSV.encode("utf-32"),
    "unicode.txt": delimited("\t", end="\r\n").encode("utf-16"),
    "likes.csv.gz": gzip.compress(CSV.encode()),
    "likes.parquet": parquet(),
    "likes.zstd.parquet": parquet(compression="zstd"),
    "likes.parquet.gz": gzip.compress(parquet()),
    "likes.json": json.dumps(records(), ensure_ascii=False),
    "pretty.json": "\n " + json.dumps(records(), indent=2),
    "bom.json": json.dumps(records()).encode("utf-8-sig"),
    "utf-16.json": json.dumps(records(), ensure_ascii=False).encode("utf-16"),
    "likes.json.gz": gzip.compress(json.dumps(records()).encode()),
    "likes.jsonl": lines_of_json(),
    "ascii.ndjson": lines_of_json(ascii_only=True),
    "blank-lines.jsonl": lines_of_json().replace("\n", "\n\n"),
    "json-in.csv": lines_of_json(),
}  # fmt: skip


@pytest.mark.parametrize("name", DRESSES)
def test_every_dress_gives_one_ranking(name, write, reading, ranked):
    """The content tells the format, not the name; one row is rejected in all of them."""
    likes = reading(write(name, DRESSES[name]))
    assert ranked(likes, *FACTS) == WANT
    assert [(one.rows, str(one.reason)) for one in likes.rejections if one.reason.code != "no-customer"] == [
        (1, "instagram.com/p is a post, which does not show its account: give the account")
    ]
    assert likes.engine.rows("select customer, followed_at from likes where followed_at is not null order by all") == [
        ("Анна К.", datetime(2024, 1, 31, 10)),  # noqa: DTZ001 - the engine's times are UTC without saying so
        ("Анна К.", datetime(2025, 1, 31)),  # noqa: DTZ001
        ("Չարենց", datetime(2025, 2, 1)),  # noqa: DTZ001
    ]


def test_standard_input_gives_the_same(monkeypatch, reading, ranked):
    """From a pipe, in two formats."""
    for content in (CSV.encode(), parquet()):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert ranked(reading("-"), *FACTS) == WANT


def test_several_paths_and_folders_give_the_same(write, reading, ranked):
    """Each row in a file of its own, all in different formats; everything twice changes nothing."""
    paths = [
        write("a/one.csv", CSV),
        write("a/two.json", json.dumps(records()[2:4])),
        write("a/b/three.parquet", parquet()),
        write("four.jsonl", lines_of_json()),
    ]
    assert ranked(reading(*paths), *FACTS) == WANT
    assert ranked(reading(paths[0].parent, paths[3]), *FACTS) == WANT


def test_files_of_different_layouts_are_one_reading(reading, ranked):
    """Other columns, in other places, in other languages."""
    likes = reading(
        "customer,resource,subscribers\nAnna,t.me/smm_riga,10\n",
        "Название;Клиент;Ссылка\nSMM Riga;Boris;t.me/s/smm_riga\n",
        "handle\tplatform\tuser\n@smm_riga\tTelegram\tClara\n",
    )
    assert ranked(likes, *FACTS) == [("telegram:smm_riga", "SMM Riga", 10, 3, 3)]


def typed(**columns) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def test_typed_columns_of_parquet(write, reading, ranked):
    """Numbers are labels, ids and sizes as well as texts are; times are times."""
    moment = datetime(2025, 1, 31, 12, 30, tzinfo=UTC)
    path = write(
        "likes.parquet",
        typed(
            customer=pa.array([1, 2, None], pa.int64()),
            resource=["vk.com/club7", "vk.com/club7", "vk.com/club7"],
            subscribers=pa.array([1000.0, None, 5.0], pa.float64()),
            date=pa.array([moment, None, moment], pa.timestamp("us", tz="UTC")),
        ),
    )
    likes = reading(path)
    assert ranked(likes, "resource", "subscribers", "overlap") == [("vk:club7", 1000, 2)]
    assert likes.engine.rows("select customer, followed_at from likes order by all") == [
        ("1", moment.replace(tzinfo=None)),
        ("2", None),
    ]
    assert [(row["line"], row["reason"]) for row in likes.rejected().head()] == [(3, "no customer in this row")]


def test_odd_columns_of_parquet(write, reading):
    """Lists, structures, truth values and bytes are texts like any other: nothing raises."""
    path = write(
        "likes.parquet",
        typed(
            customer=pa.array([b"Anna", b"\xff"], pa.binary()),
            resource=pa.array([["t.me/smm_riga"], None], pa.list_(pa.string())),
            name=pa.array([{"a": 1}, None]),
            topic=pa.array([True, False]),
        ),
    )
    assert reading(path).rejected_count <= 2


@pytest.mark.parametrize("content", [typed(customer=pa.array([], pa.string()), resource=pa.array([], pa.string()))])
def test_empty_parquet(content, write, reading):
    """Columns and no rows."""
    with pytest.raises(InputError, match="a header and no rows"):
        reading(write("likes.parquet", content))


def test_values_of_json(write, reading, ranked):
    """Numbers, truth values, null and nested things: usable or rejected, never a crash."""
    rows = [
        {"customer": 1, "resource": "t.me/smm_riga", "subscribers": 48200},
        {"customer": 2.5, "resource": "t.me/smm_riga", "subscribers": "48 200"},
        {"customer": True, "resource": "t.me/smm_riga"},
        {"customer": None, "resource": "t.me/smm_riga"},
        {"customer": "Anna", "resource": None},
        {"customer": "Anna"},
        {"customer": {"name": "Anna"}, "resource": ["t.me/smm_riga"]},
        {},
    ]
    for name, content in {
        "likes.json": json.dumps(rows),
        "likes.jsonl": "".join(json.dumps(row) + "\n" for row in rows),
    }.items():
        likes = reading(write(name, content))
        assert ranked(likes, "resource", "subscribers", "overlap") == [("telegram:smm_riga", 48_200, 4)]
        assert [row["line"] for row in likes.rejected().head()] == [4, 5, 6, 8]


def test_json_lines_are_numbered_like_the_file(write, reading):
    """Broken lines, half letters and other things than records are rejected with their lines, blank ones counted."""
    good = '{"customer": "Anna", "resource": "t.me/smm_riga"}\n'
    bad = ['{"customer": "An\n', "[1]\n", '"text"\n', "null\n", '{"customer": "\\ud800", "resource": "t.me/x"}\n']
    likes = reading(write("likes.jsonl", good + "\n  \n" + "\n".join(bad) + good))
    assert [row["line"] for row in likes.rejected().head()] == [4, 6, 8, 10, 12]
    assert likes.customers == 1


@pytest.mark.parametrize("number", ["1.39073E+18", "1.39073e18", 1.39073e18])
def test_ids_rounded_by_a_spreadsheet(number, write, reading):
    """Digits are lost: the row is rejected with the reason, in text and in numbers."""
    rows = [{"customer": "Anna", "resource": "t.me/smm_riga"}, {"customer": "Anna", "resource": number}]
    paths = [
        write("likes.json", json.dumps(rows)),
        write("likes.csv", f"customer,resource\nAnna,t.me/smm_riga\nAnna,{number}\n"),
    ]
    for path in paths:
        (rejection,) = reading(path).rejections
        assert rejection.rows == 1
        assert "round" in str(rejection.reason)
