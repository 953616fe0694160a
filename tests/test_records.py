"""Frozen dataclasses of our own making are those of Python."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import FrozenInstanceError, field, replace

import pytest

from outreach.records import dataclass


@dataclass(frozen=True, slots=True)
class Ours:
    """A value."""

    key: str
    size: int = 0
    names: tuple[str, ...] = field(default_factory=tuple)


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """The same value."""

    key: str
    size: int = 0
    names: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A value by its names."""

    key: str
    size: int = 0


def test_both_kinds_behave_alike():
    """Fields, defaults, equality, hash, text, and what may not be changed."""
    for kind in (Ours, Theirs):
        one = kind("vk:a", names=("b",))
        assert (one.key, one.size, one.names, kind("vk:a").names) == ("vk:a", 0, ("b",), ())
        assert one == kind("vk:a", 0, ("b",))
        assert one != kind("vk:a")
        assert hash(one) == hash(kind("vk:a", 0, ("b",)))
        assert repr(one).endswith("(key='vk:a', size=0, names=('b',))")
        assert replace(one, size=5) == kind("vk:a", 5, ("b",))
        assert dataclasses.asdict(one) == {"key": "vk:a", "size": 0, "names": ("b",)}
        assert copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own
        with pytest.raises(FrozenInstanceError):
            one.size = 7
        with pytest.raises(FrozenInstanceError):
            del one.size
        with pytest.raises((AttributeError, TypeError)):
            one.other = 1
        with pytest.raises(TypeError):
            kind()
        match one:
            case kind("vk:a", size):
                assert size == 0
    assert Ours("vk:a") != Theirs("vk:a")
    assert [*inspect.signature(Ours).parameters] == [*inspect.signature(Theirs).parameters]


def test_fields_that_go_by_name_only():
    """They take no place."""
    assert Named(key="vk:a") == Named(size=0, key="vk:a")
    with pytest.raises(TypeError):
        Named("vk:a")


def test_another_kind_is_refused():
    """Where it may be changed, Python's own is to be used."""
    with pytest.raises(TypeError, match="only frozen"):
        dataclass(frozen=False, slots=True)
