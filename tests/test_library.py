"""The functions of the package: frames in, frames out, with the words of the commands."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
import warnings
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import outreach
from outreach import ranking
from outreach.cli import main
from outreach.cli import rank as rank_module
from outreach.engine import Engine
from outreach.errors import InputError, InputWarning, UnknownResourceError
from outreach.likes import read as read_tables
from outreach.tables import CHECKED, RANKING

CHECK_THE_PATH = "check the path; if it has spaces, put it in quotes"
ROOT = Path(__file__).parents[1]
LIKES_COLUMNS = {
    "customer": "string",
    "platform": "string",
    "resource": "string",
    "name": "string",
    "url": "string",
    "subscribers": "Int64",
    "accepts_posts": "string",
    "topic": "string",
    "followed_at": "datetime64[us, UTC]",
    "source": "string",
}
RANKING_COLUMNS = {
    "rank": "int64",
    "resource": "string",
    "platform": "string",
    "name": "string",
    "url": "string",
    "subscribers": "Int64",
    "overlap": "int64",
    "listed": "int64",
    "share": "float64",
    "share_low": "float64",
    "share_high": "float64",
    "affinity": "float64",
    "accepts_posts": "string",
}
TABLE = """\
customer,resource,name,subscribers,accepts_posts,topic,followed_at,platform
Anna,https://t.me/alpha,Alpha,9 000,yes,SMM,2025-06-01,
Boris,t.me/s/Alpha/12,Alpha,,,,,
Anna,https://vk.com/club7,Seven,4000,no,Ads,2024-01-15 10:30:00,
Clara,,,,,,,vk
Boris,@bravo,,,,,,telegram
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "likes.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def pairs():
    """Give three customers of one channel, of which one also follows another."""
    return pd.DataFrame(
        {
            "customer": ["a", "b", "c", "a"],
            "resource": ["t.me/alpha", "https://t.me/Alpha", "telegram:alpha", "vk.com/bravo"],
        }
    )


def ranked(frame, **options):
    return outreach.rank(frame, **({"min_subscribers": 0} | options))


def dtypes(frame):
    return {name: str(dtype) for name, dtype in frame.dtypes.items()}


def straight(paths, *, same_as=None, **options):
    """Rank files as the command does, without a frame of likes in between."""
    with Engine() as engine:
        result = ranking.rank(read_tables(engine, paths, same_as=same_as), ranking.Choice(**options))
        return pd.DataFrame(result.table.head(), columns=list(RANKING_COLUMNS))


def assert_same_ranking(got, want):
    """Compare what a frame and the engine say, missing values and all."""
    for name, dtype in RANKING_COLUMNS.items():
        pd.testing.assert_series_equal(got[name], want[name].astype(dtype), check_names=False)


# Schema


def test_columns_of_likes(file):
    """Likes have the columns of the design, in order, whatever the file has."""
    assert dtypes(outreach.read_likes(file)) == LIKES_COLUMNS
    assert list(outreach.read_likes(file).columns) == list(LIKES_COLUMNS)


def test_columns_of_the_ranking(file):
    """The ranking has the columns of its schema, in order."""
    assert dtypes(outreach.rank(outreach.read_likes(file))) == RANKING_COLUMNS
    assert tuple(RANKING_COLUMNS) == RANKING.names


def test_empty_frames_keep_their_columns():
    """Nothing in, nothing out, with the same columns and types."""
    empty = pd.DataFrame({"customer": [], "resource": []})
    assert dtypes(outreach.likes_from_frame(empty)) == LIKES_COLUMNS
    assert dtypes(outreach.rank(empty)) == RANKING_COLUMNS
    assert dtypes(outreach.rank(outreach.likes_from_frame(empty))) == RANKING_COLUMNS
    assert len(outreach.likes_from_frame(empty)) == len(outreach.rank(empty)) == 0


def test_likes_are_told_row_by_row(file):
    """Each pair once, sorted, with what is known of the resource; an empty list is a row without a resource."""
    got = outreach.read_likes(file)
    assert got[["customer", "platform", "resource", "name", "url"]].fillna("?").to_numpy().tolist() == [
        ["Anna", "telegram", "telegram:alpha", "Alpha", "https://t.me/alpha"],
        ["Anna", "vk", "vk:club7", "Seven", "https://vk.com/club7"],
        ["Boris", "telegram", "telegram:alpha", "Alpha", "https://t.me/alpha"],
        ["Boris", "telegram", "telegram:bravo", "?", "https://t.me/bravo"],
        ["Clara", "vk", "?", "?", "?"],
    ]
    assert got["subscribers"].fillna(-1).tolist() == [9000, 4000, 9000, -1, -1]
    assert got["accepts_posts"].fillna("?").tolist() == ["yes", "no", "yes", "?", "?"]
    assert got["topic"].fillna("?").tolist() == ["SMM", "Ads", "SMM", "?", "?"]
    assert got["source"].dropna().unique().tolist() == [str(file)]


def test_missing_is_missing_and_not_zero(file):
    """Unknown sizes, dates, names and indexes are missing values; the index of rows is plain."""
    likes = outreach.read_likes(file)
    assert likes["subscribers"].isna().sum() == 2
    assert likes["followed_at"].isna().tolist() == [False, False, True, True, True]
    got = outreach.rank(likes, min_subscribers=0).set_index("resource")
    assert got["subscribers"].isna().to_dict() == {"telegram:alpha": False, "vk:club7": False, "telegram:bravo": True}
    assert got["affinity"].isna().all()
    assert pd.isna(got.loc["telegram:bravo", "name"])
    assert not (got["subscribers"] == 0).any()
    assert isinstance(likes.index, pd.RangeIndex)


def test_moments_are_utc(file):
    """Dates are moments in UTC; one without a zone is taken as UTC."""
    got = outreach.read_likes(file)["followed_at"].dropna().tolist()
    assert got == [pd.Timestamp("2025-06-01", tz="UTC"), pd.Timestamp("2024-01-15 10:30", tz="UTC")]


# From likes to rank


def test_round_trip_gives_the_ranking_of_the_file(file):
    """The frame in between holds all that the ranking needs, empty lists too."""
    likes = outreach.read_likes(file)
    for options in ({}, {"min_subscribers": 0}, {"min_subscribers": 0, "since": datetime(2025, 1, 1, tzinfo=UTC)}):
        assert_same_ranking(outreach.rank(likes, **options), straight([file], **options))


def test_round_trip_of_the_sample():
    """The ranking of the sample's likes is that of its file."""
    sample = ROOT / "sample_data" / "likes.csv"
    assert_same_ranking(quietly(outreach.rank, quietly(outreach.read_likes, sample)), straight([sample]))


def quietly(function, *values):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InputWarning)
        return function(*values)


def test_round_trip_of_likes_is_likes(file):
    """Likes of likes are the same likes, but for the source."""
    likes = outreach.read_likes(file)
    again = outreach.likes_from_frame(likes)
    pd.testing.assert_frame_equal(again.drop(columns="source"), likes.drop(columns="source"))


def test_round_trip_of_a_name_that_two_pages_bear(tmp_path):
    """A name that two pages bear joins neither, also when one of them is mostly called otherwise."""
    file = tmp_path / "likes.csv"
    file.write_text(
        "customer,resource,name,platform\na,vk.com/alpha,SMM,vk\nb,vk.com/bravo,SMM,vk\nc,vk.com/bravo,Bravo,vk\n"
        "d,vk.com/bravo,Bravo,vk\ne,,SMM,vk\n",
        encoding="utf-8",
    )
    assert_same_ranking(outreach.rank(outreach.read_likes(file)), straight([file]))


def test_several_files_and_folders(tmp_path):
    """A path, a list of paths and their folder give one table; the source tells them apart."""
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "1.csv").write_text("customer,resource\na,telegram:alpha\n", encoding="utf-8")
    (folder / "2.csv").write_text("customer,resource\nb,telegram:alpha\na,telegram:alpha\n", encoding="utf-8")
    of_list = outreach.read_likes([str(folder / "1.csv"), folder / "2.csv"])
    of_folder = outreach.read_likes(folder)
    pd.testing.assert_frame_equal(of_list, of_folder)
    assert of_list["customer"].tolist() == ["a", "b"]
    assert [Path(source).name for source in of_list["source"]] == ["1.csv", "2.csv"]


def test_memory_limit_changes_nothing(file):
    """A limit is how, not what."""
    pd.testing.assert_frame_equal(outreach.read_likes(file, memory_limit="500MB"), outreach.read_likes(file))


# Warnings and failures


def reported(function, *values, **named):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        function(*values, **named)
    return caught


def test_rows_that_cannot_be_used_are_counted(tmp_path, pairs):
    """What could not be used is warned of with reasons and counts, never with the text of the row."""
    frame = pd.concat(
        [
            pairs,
            pd.DataFrame({"customer": ["secret", "secret", None], "resource": ["fb.me/xyz", "fb.me/z", "t.me/a_b_c"]}),
        ]
    )
    frame.to_csv(tmp_path / "likes.csv", index=False)
    for function, given in (
        (outreach.read_likes, tmp_path / "likes.csv"),
        (outreach.likes_from_frame, frame),
        (outreach.rank, frame),
    ):
        (warning,) = reported(function, given)
        assert warning.category is InputWarning
        text = str(warning.message)
        assert text.startswith("3 rows could not be used: 2 x ")
        assert "1 x no customer in this row" in text
        assert "secret" not in text
        assert "xyz" not in text


@pytest.mark.parametrize("name", ["read_likes", "likes_from_frame", "rank"])
def test_warnings_point_to_the_caller(tmp_path, name):
    """The line that a warning names is the one that called us."""
    file = tmp_path / "likes.csv"
    file.write_text("customer,resource\na,t.me/alpha\nb,\n", encoding="utf-8")
    given = file if name == "read_likes" else pd.read_csv(file)
    (warning,) = reported(lambda: getattr(outreach, name)(given))
    assert warning.filename == __file__
    assert warning.lineno == inspect.currentframe().f_lineno - 2


def test_clean_input_warns_of_nothing(file, pairs):
    """No warning where every row could be used."""
    assert (
        reported(outreach.read_likes, file)
        == reported(outreach.likes_from_frame, pairs)
        == reported(outreach.rank, pairs)
        == []
    )


def test_a_frame_without_a_customer_is_told(pairs):
    """A frame that does not say who follows what is refused."""
    with pytest.raises(InputError, match="no column has the customer"):
        outreach.rank(pairs.drop(columns="customer"))
    with pytest.raises(InputError, match="no column has the resource"):
        outreach.likes_from_frame(pairs.drop(columns="resource"))
    with pytest.raises(InputError):
        outreach.rank(pairs.set_index("customer"))


@pytest.mark.parametrize(
    "options",
    [
        {"by": "lift"}, {"accepts_posts": "no"}, {"unknown_size": "maybe"}, {"since": "soon"}, {"platform": "nowhere"},
        {"own": "https://www.instagram.com/p/Cx1/"}, {"exclude": ["t.me/alpha", "fb.me/x"]}, {"top": -1},
    ],
)  # fmt: skip
def test_what_no_option_takes_is_told(pairs, options):
    """A value that an option does not have is one of our failures, not the engine's."""
    with pytest.raises(InputError):
        outreach.rank(pairs, **options)


@pytest.mark.parametrize("column", ["customer", "resource"])
def test_half_characters_cost_one_row(pairs, column):
    """A text with half of a character, as a cut may leave it, costs its own row at most."""
    frame = pairs.astype(object)
    frame.loc[0, column] = "half \ud800 a character"
    got = quietly(lambda: ranked(frame)).set_index("resource")["overlap"]
    assert got["telegram:alpha"] in {2, 3}
    assert got["vk:bravo"] == 1


def test_missing_files_are_told(tmp_path):
    """A path that is not there, and no path at all, are refused."""
    for paths in (tmp_path / "none.csv", [], [tmp_path]):
        with pytest.raises(InputError):
            outreach.read_likes(paths)


# Frames of all kinds


@pytest.mark.parametrize(
    "dtype",
    ["object", "string", "string[python]", "string[pyarrow]", "category", pd.StringDtype(na_value=np.nan)],
    ids=str,
)
def test_text_columns_of_any_type(pairs, dtype):
    """Text is text, whatever pandas calls it."""
    assert_same_ranking(ranked(pairs.astype(dtype)), ranked(pairs))


@pytest.mark.parametrize(
    "sizes",
    [
        pd.array([9000, None, 12_000_000, None], dtype="Int64"),
        pd.array([9000, None, 12_000_000, None], dtype="Float64"),
        pd.array([9000, None, 12_000_000, None], dtype="int64[pyarrow]"),
        np.array([9000, np.nan, 12_000_000, np.nan]),
        pd.Categorical([9000, None, 12_000_000, None]),
        pd.Series(["9000", None, "12 000 000", "?"], dtype=object),
        pd.Series([9000, None, 12_000_000.0, "n/a"], dtype=object),
        pd.Series(["9,000", "", "12,000,000", ""], dtype="string"),
    ],
    ids=lambda sizes: str(sizes.dtype),
)
def test_sizes_of_any_type(pairs, sizes):
    """Sizes are whole numbers, or missing, in columns of any type."""
    got = ranked(pairs.assign(subscribers=sizes)).set_index("resource")["subscribers"]
    assert got["telegram:alpha"] == 12_000_000
    assert pd.isna(got["vk:bravo"])


def test_a_size_of_nought_is_unknown_and_said(pairs):
    """A resource that somebody follows has not 0 subscribers: the size is unknown, and the caller hears it."""
    with pytest.warns(InputWarning, match=r"frame, line 2: not a whole number above 0; .* \(1 more such row\)"):
        got = outreach.rank(pairs.assign(subscribers=[9000, 0, 12_000_000, 0])).set_index("resource")["subscribers"]
    assert pd.isna(got["vk:bravo"])


@pytest.mark.parametrize("labels", [[1, 2, 3, 1], ["1", "2", "3", "1"], pd.Categorical([1, 2, 3, 1])], ids=type)
def test_customers_that_are_numbers(pairs, labels):
    """A number is a label like another."""
    got = outreach.likes_from_frame(pairs.assign(customer=labels))
    assert got["customer"].tolist() == ["1", "1", "2", "3"]


def test_whole_customer_numbers_beside_a_gap(pairs):
    """pandas turns numbers beside an empty cell into fractions; the label stays the number that stood in the file."""
    frame = pd.concat([pairs.assign(customer=[1.0, 2.0, np.nan, 1.0]), pairs.assign(customer=["1", "2", "3", "1"])])
    assert quietly(outreach.likes_from_frame, frame)["customer"].unique().tolist() == ["1", "2", "3"]
    assert quietly(outreach.likes_from_frame, pairs.assign(customer=[1.0, 2.0, np.nan, 1.0]))["customer"].tolist() == [
        "1",
        "1",
        "2",
    ]


def test_ids_that_are_numbers():
    """Ids may be whole numbers, also beside a gap."""
    frame = pd.DataFrame({"customer": ["a", "b"], "platform": "facebook", "resource": [100012345678901, 77]})
    assert outreach.likes_from_frame(frame)["resource"].tolist() == ["facebook:100012345678901", "facebook:77"]
    assert outreach.likes_from_frame(frame.astype({"resource": float}))["resource"].tolist() == [
        "facebook:100012345678901",
        "facebook:77",
    ]


def test_a_long_id_is_no_name():
    """An id of sixteen digits in a column of fractions is the id, or rejected, but never a name."""
    frame = pd.DataFrame({"customer": ["a"], "platform": "facebook", "resource": [1234567890123456.0]})
    got = quietly(outreach.likes_from_frame, frame)["resource"].dropna().tolist()
    assert got in ([], ["facebook:1234567890123456"])


@pytest.mark.parametrize(
    "moments",
    [
        pd.to_datetime(["2025-06-01 10:15:00"]),
        pd.to_datetime(["2025-06-01 10:15:00"]).tz_localize("UTC"),
        pd.to_datetime(["2025-06-01 13:15:00"]).tz_localize("Europe/Riga"),
        pd.to_datetime(["2025-06-01 10:15:00"]).astype("datetime64[s]"),
        pd.Series([datetime(2025, 6, 1, 10, 15, tzinfo=UTC)], dtype=object),
        pd.Series([datetime(2025, 6, 1, 14, 15, tzinfo=timezone(timedelta(hours=4)))], dtype=object),
        ["2025-06-01 10:15:00"],
        ["2025-06-01T10:15:00Z"],
        ["2025-06-01T13:15:00+03:00"],
        ["2025-06-01T10:15:00.000Z"],
        ["01.06.2025 10:15"],
        [1748772900],
        [1748772900.0],
    ],
    ids=lambda moments: f"{type(moments[0]).__name__} {moments[0]}",
)
def test_moments_of_any_type(moments):
    """A moment is told by a datetime of any kind, by text, or by seconds since 1970."""
    frame = pd.DataFrame({"customer": ["a"], "resource": ["t.me/alpha"], "followed_at": moments})
    assert outreach.likes_from_frame(frame)["followed_at"].tolist() == [pd.Timestamp("2025-06-01 10:15", tz="UTC")]


@pytest.mark.parametrize("day", [date(2025, 6, 1), "2025-06-01", "01.06.2025", "2025/06/01"])
def test_days_of_any_type(day):
    """A day is its first moment in UTC."""
    frame = pd.DataFrame({"customer": ["a"], "resource": ["t.me/alpha"], "date": pd.Series([day], dtype=object)})
    assert outreach.likes_from_frame(frame)["followed_at"].tolist() == [pd.Timestamp("2025-06-01", tz="UTC")]


def test_the_zone_of_the_machine_does_not_matter(tmp_path):
    """The same file tells the same moments wherever it is read, and ``since`` means the same."""
    file = tmp_path / "likes.csv"
    file.write_text(
        "customer,resource,followed_at\n"
        "a,telegram:alpha,2025-06-01T10:15\nb,telegram:alpha,2025-06-01 10:15\nc,telegram:alpha,2025-06-01\n",
        encoding="utf-8",
    )
    code = (
        "import os, sys, time\n"
        "os.environ['TZ'] = sys.argv[2]\n"
        "getattr(time, 'tzset', int)()\n"
        "import datetime, outreach\n"
        "likes = outreach.read_likes(sys.argv[1])\n"
        "since = datetime.datetime(2025, 6, 1, 10, 0)\n"
        "print(likes['followed_at'].astype(str).tolist(), outreach.rank(likes, since=since)['overlap'].tolist())\n"
    )
    answers = {run(code, str(file), zone) for zone in ("UTC", "America/New_York", "Asia/Yerevan")}
    assert len(answers) == 1


@pytest.mark.parametrize(
    "since",
    [
        "2025-01-01", datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 1), pd.Timestamp("2025-01-01"),  # noqa: DTZ001
        pd.Timestamp("2025-01-01", tz="Europe/Riga"), date(2025, 1, 1),
    ],
    ids=repr,
)  # fmt: skip
def test_since_is_any_date(pairs, since):
    """The border is a text, a date or a moment of any kind, as dates come in frames."""
    frame = pairs.assign(followed_at=["2025-06-01", "2024-06-01", "2025-06-01", "2024-06-01"])
    assert ranked(frame, since=since)["overlap"].tolist() == [2]


@pytest.mark.parametrize(
    "names",
    [
        ("customer", "resource", "subscribers"),
        ("Client", "Page", "Followers"),
        ("Клиент", "Сообщество", "Подписчики"),
        ("Πελάτης", "Σελίδα", "Συνδρομητές"),
        ("Klients", "Lapa", "Sekotāji"),
        ("հաճախորդ", "էջ", "անդամներ"),
        ("queryUsername", "username", "Followers"),
        ("name", "URL", "Members"),
    ],
)
def test_columns_by_synonyms(names):
    """Columns are found under the names that our users give them."""
    frame = pd.DataFrame([["a", "https://t.me/alpha", 9000], ["b", "https://t.me/alpha", 9000]], columns=list(names))
    got = outreach.rank(frame)
    assert got[["resource", "subscribers", "overlap"]].to_numpy().tolist() == [["telegram:alpha", 9000, 2]]


def test_columns_by_name(pairs):
    """Columns that nobody could guess are named, by header or by number from 1."""
    frame = pairs.rename(columns={"customer": "Q1", "resource": "Q2"})
    for columns in ({"customer": "Q1", "resource": "Q2"}, {"customer": "1", "resource": "2"}):
        assert outreach.likes_from_frame(frame, columns=columns)["resource"].value_counts()["telegram:alpha"] == 3
    with pytest.raises(InputError):
        outreach.likes_from_frame(frame, columns={"customer": "Q1", "resource": "Q3"})
    with pytest.raises(InputError):
        outreach.likes_from_frame(frame)


@pytest.mark.parametrize(
    "index",
    [[7, 7, 7, 7], ["w", "x", "y", "z"], pd.MultiIndex.from_product([[1, 2], ["x", "y"]]), [3, 2, 1, 0]],
    ids=type,
)
def test_the_index_does_not_matter(pairs, index):
    """Rows are rows, whatever their index; parts of frames too."""
    frame = pairs.assign(subscribers=[1000, 2000, 3000, 4000])
    assert_same_ranking(ranked(frame.set_axis(index)), ranked(frame))
    again = outreach.likes_from_frame(frame.set_axis(index)[1:])
    pd.testing.assert_frame_equal(again, outreach.likes_from_frame(frame[1:]))


def test_of_two_columns_with_one_name_the_first_counts():
    """Duplicated column names are no obstacle."""
    frame = pd.DataFrame(
        [["a", "t.me/alpha", "t.me/bravo", 1, 2]],
        columns=["customer", "resource", "resource", "subscribers", "subscribers"],
    )
    got = outreach.likes_from_frame(frame)
    assert got[["resource", "subscribers"]].to_numpy().tolist() == [["telegram:alpha", 1]]


def test_a_rare_value_in_a_long_column_is_seen():
    """A column that is empty for long is not taken for an empty one."""
    rows = 20_000
    names = pd.Series([None] * (rows - 1) + ["Alpha"], dtype=object)
    frame = pd.DataFrame(
        {"customer": range(rows), "resource": "t.me/alpha", "name": names, "subscribers": names.map({"Alpha": "9 000"})}
    )
    got = outreach.rank(frame)
    assert got[["name", "subscribers", "overlap"]].to_numpy().tolist() == [["Alpha", 9000, rows]]


def test_the_input_is_left_alone(pairs):
    """Frames and lists that are given in stay what they were."""
    frame = pairs.assign(subscribers=[1.0, None, 3.0, None], date=pd.to_datetime("2025-01-01")).set_axis(list("wxyz"))
    own, columns = ["t.me/alpha"], {"customer": "customer"}
    before = frame.copy(deep=True)
    ranked(frame, own=own, exclude=["vk.com/bravo"])
    likes = outreach.likes_from_frame(frame, columns=columns)
    again = likes.copy(deep=True)
    outreach.rank(likes)
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(likes, again)
    assert (own, columns) == (["t.me/alpha"], {"customer": "customer"})


def test_what_is_returned_belongs_to_the_caller(pairs):
    """The frames live on without the engine and can be changed."""
    got = ranked(pairs)
    got.loc[0, "name"] = "Alpha"
    got["mine"] = range(len(got))
    assert ranked(pairs)["name"].isna().all()


# The same words as the command line


def test_options_are_those_of_the_command():
    """Each option of ``outreach rank`` is a parameter here, but for those that say how to show the result."""
    shown = {"wide", "format_name", "output", "rejected", "paths", "language"}
    options = {option.name for option in rank_module.rank.params} - shown
    assert "min_subscribers" in options
    words = {"platforms": "platform"}
    known = {*inspect.signature(outreach.rank).parameters, *inspect.signature(outreach.read_likes).parameters}
    assert {words.get(option, option) for option in options} <= known


def test_defaults_are_those_of_the_command():
    """Where the command has a default the function has the same."""
    typed = rank_module.rank.make_context("rank", ["likes.csv"]).params
    defaults = {name: value.default for name, value in inspect.signature(outreach.rank).parameters.items()}
    shared = typed.keys() & defaults.keys()
    assert {"min_subscribers", "unknown_size", "min_overlap", "accepts_posts", "topic", "own", "by", "top"} <= shared
    assert {name: typed[name] for name in shared} == {name: defaults[name] for name in shared}


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("", {}),
        ("--min-subscribers 0", {"min_subscribers": 0}),
        ("--unknown-size drop", {"unknown_size": "drop"}),
        ("--min-overlap 3", {"min_overlap": 3}),
        ("--accepts-posts yes", {"accepts_posts": "yes"}),
        ("--accepts-posts not-no", {"accepts_posts": "not-no"}),
        ("--topic market", {"topic": "market"}),
        ("--platform telegram --platform VK", {"platform": ["telegram", "VK"]}),
        ("--platform fb", {"platform": "fb"}),
        ("--by share", {"by": "share"}),
        ("--by affinity --min-overlap 4", {"by": "affinity", "min_overlap": 4}),
        ("--top 3", {"top": 3}),
        ("--top 0", {"top": 0}),
        ("--since 2025-01-01", {"since": "2025-01-01"}),
        ("--own t.me/alpha --exclude vk.com/bravo", {"own": "t.me/alpha", "exclude": ["vk.com/bravo"]}),
    ],
)
def test_options_mean_what_they_mean_to_the_command(words, options):
    """The function gives the table that the command writes."""
    sample = str(ROOT / "sample_data" / "likes.csv")
    done = CliRunner().invoke(main, ["rank", sample, "--format", "json", *words.split()])
    assert done.exit_code == 0, done.stderr
    got = quietly(lambda: outreach.rank(outreach.read_likes(sample), **options))
    assert_same_ranking(got, pd.DataFrame(json.loads(done.stdout), columns=list(RANKING_COLUMNS)))


def test_numbers_of_numpy_are_numbers(pairs):
    """An option may come out of a frame."""
    frame = pairs.assign(subscribers=9000)
    got = outreach.rank(frame, min_subscribers=np.int64(5000), min_overlap=np.int64(1), top=np.int64(1))
    assert got["resource"].tolist() == ["telegram:alpha"]


# The other functions


def test_check(file):
    """One row a table, with the columns of its schema; what cannot be read is a row, too."""
    got = outreach.check([file, "nowhere.csv"])
    assert tuple(got.columns) == CHECKED.names
    assert got[["customers", "likes", "rejected"]].fillna(-1).to_numpy().tolist() == [[3, 4, 0], [-1, -1, -1]]
    assert got["passed_over"].fillna("").tolist() == ["", "no such file or folder; " + CHECK_THE_PATH]
    assert inspect.signature(outreach.check).parameters == inspect.signature(outreach.read_likes).parameters
    with pytest.raises(InputError, match="not a platform"):
        outreach.check(file, assume_platform="nowhere")


def test_key():
    """The key of an address, None where it names no resource."""
    assert outreach.key("https://t.me/s/Alpha/12") == "telegram:alpha"
    assert outreach.key("@alpha", "Телеграм") == "telegram:alpha"
    assert outreach.key("@alpha") == "other:name/@alpha"
    assert outreach.key("") is outreach.key("https://www.instagram.com/p/Cx1/") is None
    assert outreach.key(outreach.key("Baltic  Marketers", "facebook")) == "facebook:name/baltic%20marketers"
    with pytest.raises(InputError, match="not a platform"):
        outreach.key("@alpha", "nowhere")


def test_bare_handles_get_the_assumed_platform(tmp_path):
    """A platform by any of its names turns bare handles into addresses."""
    frame = pd.DataFrame({"customer": ["a"], "resource": ["@alpha"]})
    frame.to_csv(tmp_path / "likes.csv", index=False)
    assert outreach.likes_from_frame(frame)["resource"].tolist() == ["other:name/@alpha"]
    for got in (
        outreach.likes_from_frame(frame, assume_platform="TikTok"),
        outreach.read_likes(tmp_path / "likes.csv", assume_platform="tiktok"),
    ):
        assert got["resource"].tolist() == ["tiktok:alpha"]
    with pytest.raises(InputError, match="not a platform"):
        outreach.likes_from_frame(frame, assume_platform="nowhere")


def test_aliases_by_hand(tmp_path, pairs):
    """A table of addresses that are one resource joins them."""
    same = tmp_path / "same.csv"
    same.write_text("resource,same_as\nhttps://vk.com/bravo,t.me/alpha\n", encoding="utf-8")
    assert set(outreach.likes_from_frame(pairs, same_as=same)["resource"].dropna()) == {"telegram:alpha"}
    same.write_text("resource,same_as\nhttps://vk.com/bravo,fb.me/x\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        outreach.likes_from_frame(pairs, same_as=same)


def test_own_is_found_under_any_address(pairs):
    """An own page may be given by any of its addresses; one that names nothing is told."""
    for own in (
        "t.me/s/ALPHA",
        "telegram:alpha",
        ["https://telegram.me/alpha"],
        ("@nobody:x", "tg://resolve?domain=alpha"),
    ):
        assert ranked(pairs, own=own)["resource"].tolist() == ["vk:bravo"]
    with pytest.raises(UnknownResourceError):
        ranked(pairs, own="https://www.instagram.com/p/Cx1/")


def run(code, *arguments):
    """Run code in a fresh Python and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_is_light():
    """Importing the package imports nothing heavy; a key needs none of it either."""
    heavy = "{'pandas', 'duckdb', 'numpy', 'networkx', 'rich', 'click', 'requests', 'jinja2'}"
    assert run(f"import sys, outreach; print(sorted({heavy} & set(sys.modules)))") == "[]"
    used = "import sys, outreach; outreach.key('t.me/alpha'); outreach.key('Имя', 'vk'); "
    assert run(f"{used}print(sorted({heavy} & set(sys.modules)))") == "[]"


@pytest.mark.parametrize(
    "before", ["", "import outreach.files.find; ", "import outreach.likes; ", "from outreach.likes import read; "]
)
def test_the_old_name_of_likes_from_frame_works_whatever_was_imported(before):
    """``outreach.likes(frame)`` still makes a likes table, and warns; the room of that name is not hidden."""
    code = (
        f"{before}import outreach, warnings, pandas as pd\n"
        "frame = pd.DataFrame({'customer': ['a'], 'resource': ['t.me/alpha']})\n"
        "outreach.rank(frame)\n"
        "from outreach import likes\n"
        "with warnings.catch_warnings(record=True) as caught:\n"
        "    warnings.simplefilter('always')\n"
        "    print(outreach.likes(frame)['resource'].tolist(), likes(frame=frame)['customer'].tolist())\n"
        "print({(one.category.__name__, str(one.message)) for one in caught}, likes.read.__name__)\n"
    )
    assert run(code).splitlines() == [
        "['telegram:alpha'] ['a']",
        "{('DeprecationWarning', 'outreach.likes() is now outreach.likes_from_frame()')} read",
    ]


def test_public_names_are_sorted_and_there():
    """Everything that is announced exists, has a docstring, and stands in order."""
    assert list(outreach.__all__) == sorted(outreach.__all__)
    for name in outreach.__all__:
        assert callable(getattr(outreach, name))
        assert getattr(outreach, name).__doc__


def outreach_command(*words):
    """Run a command."""
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == 0, done.stderr
    return done


def test_link_is_that_of_the_command():
    """The same words give the same link."""
    words = {"source": "telegram", "campaign": "Весна 2026", "content": "smm"}
    flags = [text for word, value in words.items() for text in (f"--{word}", value)]
    url = "https://example.org/guide?page=2#top"
    assert outreach.link(url, **words) == outreach_command("link", url, *flags).stdout.strip()


def test_drafts_are_those_of_the_command():
    """One row a draft, in the order of the places; what gets none is warned of."""
    brief = ROOT / "sample_data" / "brief.toml"
    places = ["facebook.com/contentoodlery", "t.me/smm_riga"]
    told = json.loads(outreach_command("draft", str(brief), *places, "--format", "json").stdout)
    frame = outreach.draft(brief, places)
    assert frame["resource"].tolist() == ["facebook:contentoodlery", "telegram:smm_riga"]
    assert frame[["link", "text"]].to_dict("records") == [{"link": one["link"], "text": one["text"]} for one in told]
