"""Which keys are one resource: aliases are closed, ids never joined, and the order of the rows does not matter."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.keys import platform_of, strength
from outreach.keys.aliases import WHY, Alias, close

IDS = ("vk:club1", "vk:club2", "vk:club3", "telegram:id/7", "telegram:id/8", "x:id/5", "bluesky:did:plc:" + "a" * 24)
HANDLES = ("vk:alpha", "vk:bravo", "telegram:alpha", "telegram:bravo", "x:alpha", "x:bravo", "reddit:r/alpha")
NAMES = ("vk:name/alpha", "telegram:name/alpha", "x:name/alpha", "other:name/alpha")
KEYS = (*IDS, *HANDLES, *NAMES)

whys = st.sampled_from(WHY)


def aliases_of(keys):
    return st.lists(st.builds(Alias, st.sampled_from(keys), st.sampled_from(keys), whys), max_size=14)


def groups_of(closure, keys):
    """Return every group of keys that are one resource."""
    groups = {}
    for key in keys:
        groups.setdefault(closure.same_as.get(key, key), set()).add(key)
    return set(map(frozenset, groups.values()))


def components(aliases, keys):
    graph = nx.Graph()
    graph.add_nodes_from(keys)
    graph.add_edges_from((alias.key, alias.same_as) for alias in aliases)
    return set(map(frozenset, nx.connected_components(graph)))


def has_two_ids(group):
    """Tell whether a group holds two immutable ids of one platform."""
    platforms = Counter(platform_of(key) for key in group if strength(key) == 0)
    return any(count > 1 for count in platforms.values())


def unordered(aliases):
    return sorted((*sorted(alias[:2]), alias.why) for alias in aliases)


def test_the_keys_here_are_what_they_are_called():
    """The ids are immutable, the handles are not, the names are the weakest."""
    assert [{strength(key) for key in keys} for keys in (IDS, HANDLES, NAMES)] == [{0}, {1}, {2}]


@given(aliases_of((*HANDLES, *NAMES, "vk:club1", "telegram:id/7", "x:id/5")))
def test_closure_is_the_connected_components(aliases):
    """Where no two ids of a platform meet, one resource is one connected component."""
    closure = close(aliases)
    assert closure.conflicts == ()
    assert groups_of(closure, KEYS) == components(aliases, KEYS)


@given(aliases_of(KEYS))
def test_no_two_ids_of_one_platform_are_joined(aliases):
    """Whatever is said, no group holds two immutable ids of one platform."""
    assert not any(has_two_ids(group) for group in groups_of(close(aliases), KEYS))


@given(aliases_of(KEYS))
def test_what_is_not_reported_is_followed(aliases):
    """The groups are the components of what was said without the conflicts; each conflict would have joined two ids."""
    closure = close(aliases)
    refused = {frozenset(alias[:2]) for alias in closure.conflicts}
    groups = groups_of(closure, KEYS)
    assert groups == components([alias for alias in aliases if frozenset(alias[:2]) not in refused], KEYS)
    home = {key: group for group in groups for key in group}
    for alias in closure.conflicts:
        assert home[alias.key] != home[alias.same_as]
        assert has_two_ids(home[alias.key] | home[alias.same_as])
    said = unordered(aliases)
    assert all(alias in said for alias in unordered(closure.conflicts))


@given(aliases_of(KEYS))
def test_without_two_ids_in_a_component_nothing_is_refused(aliases):
    """A conflict needs a component that holds two ids of one platform."""
    closure = close(aliases)
    assert bool(closure.conflicts) == any(has_two_ids(group) for group in components(aliases, KEYS))


@given(aliases_of(KEYS))
def test_representative_is_the_strongest(aliases):
    """A group goes by its immutable id, else by a handle, else by a name; of equals the first by code point."""
    closure = close(aliases)
    for group in groups_of(closure, KEYS):
        best = min(group, key=lambda key: (strength(key), key))
        assert {closure.same_as.get(key, key) for key in group} == {best}
        assert best not in closure.same_as


@given(aliases_of(KEYS), st.randoms(use_true_random=False))
def test_order_does_not_matter(aliases, random):
    """In another order, turned round, or told twice, aliases say the same."""
    shuffled = [Alias(a.same_as, a.key, a.why) if random.random() < 0.5 else a for a in (*aliases, *aliases[:3])]
    random.shuffle(shuffled)
    closure, other = close(aliases), close(shuffled)
    assert closure == other
    assert list(closure.same_as.items()) == list(other.same_as.items())


@given(aliases_of(KEYS))
def test_closing_again_changes_nothing(aliases):
    """What was closed is closed: its result told as aliases gives itself, without conflicts."""
    closure = close(aliases)
    again = close(Alias(key, best, "same row") for key, best in closure.same_as.items())
    assert again.same_as == closure.same_as
    assert again.conflicts == ()


@given(aliases_of(KEYS))
def test_the_most_trusted_are_followed_first(aliases):
    """Less trusted aliases never undo what the more trusted ones say."""
    for place in range(1, len(WHY)):
        trusted = close(alias for alias in aliases if alias.why in WHY[:place])
        everything = close(aliases)
        home = {key: group for group in groups_of(everything, KEYS) for key in group}
        for group in groups_of(trusted, KEYS):
            assert all(group <= home[key] for key in group)


def test_nothing_said_joins_nothing():
    """No aliases, and a key that is itself, give an empty closure."""
    assert close([]).same_as == close([Alias("vk:alpha", "vk:alpha", "same row")]).same_as == {}
    assert close([]).conflicts == close([Alias("vk:club1", "vk:club1", "by hand")]).conflicts == ()


def test_ids_of_different_platforms_may_be_one():
    """One community may have an id on each of two platforms, where a person says so."""
    closure = close([Alias("vk:club1", "telegram:id/7", "by hand"), Alias("vk:alpha", "vk:club1", "same row")])
    assert closure.same_as == {"vk:alpha": "telegram:id/7", "vk:club1": "telegram:id/7"}
    assert closure.conflicts == ()


@pytest.mark.parametrize("why", WHY)
def test_two_ids_in_one_row_are_a_conflict(why):
    """Two ids of one platform are two resources, whoever says otherwise."""
    closure = close([Alias("vk:club1", "vk:club2", why)])
    assert (closure.same_as, unordered(closure.conflicts)) == ({}, [("vk:club1", "vk:club2", why)])


def test_a_conflict_far_away_is_found():
    """Ids that would meet over a chain of handles and another platform are kept apart at the least trusted link."""
    closure = close(
        [
            Alias("vk:club1", "vk:alpha", "by hand"),
            Alias("vk:alpha", "telegram:alpha", "name"),
            Alias("telegram:alpha", "telegram:bravo", "same row"),
            Alias("telegram:bravo", "vk:club2", "by hand"),
        ]
    )
    assert unordered(closure.conflicts) == [("telegram:alpha", "vk:alpha", "name")]
    assert closure.same_as == {"vk:alpha": "vk:club1", "telegram:alpha": "vk:club2", "telegram:bravo": "vk:club2"}
