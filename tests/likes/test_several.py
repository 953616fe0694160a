"""How many customers follow several places: a number, never who."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from outreach.engine import Engine
from outreach.likes import following_several, read

KEYS = ["vk:a1", "vk:b2", "telegram:chan_c", "x:d4"]
pairs = st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from(KEYS)), min_size=1)


@given(pairs, st.lists(st.sampled_from([*KEYS, "x:nobody"])))
def test_agrees_with_pandas(tmp_path_factory, likes, keys):
    """A plain group-by counts the same."""
    path = tmp_path_factory.mktemp("likes") / "likes.csv"
    frame = pd.DataFrame(likes, columns=["customer", "resource"])
    frame.to_csv(path, index=False)
    wanted = frame[frame["resource"].isin(keys)].drop_duplicates().groupby("customer").size()
    with Engine() as engine:
        assert following_several(read(engine, [path]), keys) == int((wanted > 1).sum())


def test_two_addresses_of_one_place_are_one(tmp_path):
    """Whoever follows it, follows one."""
    path = tmp_path / "likes.csv"
    path.write_text("customer,resource\nAnna,https://m.vk.com/club7\nAnna,vk.com/public7\n")
    with Engine() as engine:
        assert following_several(read(engine, [path]), ["vk:club7", "vk:club7"]) == 0
