"""What is skipped and what is taken of a JSON text, beside Python's own parser."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.files.json_stream import Broken, JsonStream
from tests.examples import examples

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from('"\\[]{},:\n\0/ub')), max_size=12)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=30,
)
CUTS = st.lists(st.integers(1, 9), min_size=1, max_size=5)


def blocks(raw, sizes):
    """Yield the bytes in blocks of these sizes, over and over."""
    at = 0
    while at < len(raw):
        for size in sizes:
            yield raw[at : at + size]
            at += size


def shallow(stream):
    """Return the value that comes, with None for objects and arrays inside it."""
    sign = stream.next()
    if sign == b"{":
        return {key: stream.scalar() for key in stream.members()}
    if sign == b"[":
        return [stream.scalar() for _ in stream.items()]
    return stream.scalar()


def flat(value):
    """Return what ``shallow`` should."""
    if isinstance(value, dict):
        return {key: None if isinstance(inner, dict | list) else inner for key, inner in value.items()}
    if isinstance(value, list):
        return [None if isinstance(inner, dict | list) else inner for inner in value]
    return value


@settings(max_examples=examples(500), deadline=None)
@given(VALUES, st.booleans(), st.sampled_from([None, 0, 1]), CUTS, st.sampled_from([1, 2, 3, 7, 64, 4096]))
def test_it_says_what_json_says(value, ascii_only, indent, cuts, smallest):
    """Whatever the value, its spelling, the borders of blocks and the size of steps."""
    raw = json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode("utf-8", "surrogatepass")
    stream = JsonStream(blocks(raw, cuts), smallest=smallest)
    want = flat(json.loads(raw.decode("utf-8", "replace")))
    assert repr(shallow(stream)) == repr(want)  # repr: a NaN is none of itself
    assert stream.ended()
    assert stream.byte == len(raw)


@settings(max_examples=examples(300), deadline=None)
@given(VALUES, CUTS, st.sampled_from([1, 3, 64]))
def test_members_that_are_not_taken_are_skipped(value, cuts, smallest):
    """What comes after a skipped value is found."""
    raw = json.dumps({"first": value, "then": [value, value], "last": "Ω"}).encode()
    stream = JsonStream(blocks(raw, cuts), smallest=smallest)
    assert [stream.scalar() for key in stream.members() if key == "last"] == ["Ω"]
    stream = JsonStream(blocks(raw, cuts), smallest=smallest)
    assert [sum(1 for _ in stream.items()) for key in stream.members() if key == "then"] == [2]


@settings(max_examples=examples(500), deadline=None)
@given(VALUES, st.data(), CUTS, st.sampled_from([1, 3, 64, 4096]))
def test_damage_is_told_or_harmless(value, data, cuts, smallest):
    """A text with one byte changed or its end cut off gives values or a break inside it, nothing else."""
    raw = bytearray(json.dumps([value, value], ensure_ascii=False).encode("utf-8", "surrogatepass"))
    at = data.draw(st.integers(0, len(raw) - 1))
    if data.draw(st.booleans()):
        raw[at] = data.draw(st.integers(0, 255))
    else:
        del raw[at:]
    stream = JsonStream(blocks(bytes(raw), cuts), smallest=smallest)
    at = 0
    try:
        shallow(stream)
    except Broken as broken:
        at = broken.byte
    assert 0 <= at <= len(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b'{"a"',
        b'{"a":',
        b'{"a":1',
        b'{"a":1,',
        b'{"a":1,}',
        b"[1,]",
        b"[1 2]",
        b'["a',
        b'["a\\',
        b"[nul]",
        b"[12",
    ],
)
def test_what_breaks_off_is_told(raw):
    """Also one byte before its end."""
    with pytest.raises(Broken):
        shallow(JsonStream([raw]))


@pytest.mark.parametrize("raw", [b"[[\\]]", b"[[}]", b'[["\n"]]', b"[[\0]]", b'[["\0"]]', b"[{]}]", b"[" * 20_000])
@pytest.mark.parametrize("smallest", [1, 2, 4096])
def test_skipping_notices(raw, smallest):
    """Brackets that do not match, line breaks in texts, zero bytes and bottomless nesting are no JSON."""
    with pytest.raises(Broken):
        shallow(JsonStream([raw], smallest=smallest))


def test_a_line_break_inside_a_text_is_found_where_it_is():
    """A lost quote would turn texts and structure round; the next line tells."""
    raw = b'["' + b"x" * 100_000 + b'", [{"text": "lost},\n{"text": "fine"}]]'
    with pytest.raises(Broken) as broken:
        shallow(JsonStream([raw]))
    assert broken.value.byte == raw.index(b"\n")


def test_deep_nesting_takes_no_stack():
    """Ten thousand brackets are skipped as fast as ten."""
    stream = JsonStream([b'{"deep": ' + b"[" * 9000 + b"]" * 9000 + b', "after": 1}'])
    assert [stream.scalar() for key in stream.members() if key == "after"] == [1]


def test_long_texts_are_not_kept():
    """A text that is no name costs no memory; what follows it is read."""
    stream = JsonStream([b'["', *[b"\\u0416" * 20_000] * 3, b'", "next"]'])
    assert [stream.scalar() for _ in stream.items()] == ["", "next"]
