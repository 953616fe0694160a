"""From tables to likes: once each, under one name."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outreach.engine import Engine
from outreach.likes import read
from outreach.messages import describe, message
from outreach.ranking import Choice, rank, who
from tests.examples import examples


def test_repeats_count_once(reading, ranked):
    """In one file, in several, in other spellings, with white space around."""
    likes = reading(
        "customer,resource\nAnna,t.me/smm_riga\nAnna,https://T.me/SMM_riga/\n Anna\u00a0,t.me/s/smm_riga?x=1\n",
        "customer,resource\n\u200bAnna, @smm_riga \n",
        assume_platform="telegram",
    )
    assert ranked(likes, "resource", "overlap", "listed") == [("telegram:smm_riga", 1, 1)]
    assert likes.rejections == ()


def test_labels_in_two_unicode_forms_are_one_customer(reading):
    """Composed on Windows, decomposed on a Mac."""
    assert reading("customer,resource\nJ\u0101nis,t.me/abcde\nJa\u0304nis,t.me/abcde\n").customers == 1


def test_labels_keep_their_case(reading):
    """Only what is surely the same is joined."""
    assert reading("customer,resource\nanna,t.me/abcde\nAnna,t.me/abcde\n").customers == 2


def test_two_identifiers_in_a_row_are_one_resource(reading, ranked):
    """A VK id and a short name in one row join rows that hold either."""
    likes = reading(
        "customer,url,screen name\n"
        "anna,vk.com/club7,smm_riga\n"
        "boris,vk.com/smm_riga,\n"
        "clara,vk.com/public7,\n"
        "dina,https://m.vk.com/smm_riga?w=wall-7_1,\n"
    )
    assert ranked(likes, "resource", "overlap", "listed") == [("vk:club7", 4, 4)]
    assert likes.gathering.places.conflicts == ()


def test_aliases_go_on_from_row_to_row_and_file_to_file(reading, ranked):
    """did = handle in one file, handle = name in another."""
    likes = reading(
        "customer,did,url\nanna,did:plc:ewvi7nxzyoun6zhxrhs64oiz,https://bsky.app/profile/smm.bsky.social\n",
        "customer,url,name\nboris,https://bsky.app/profile/smm.bsky.social,SMM Riga\n",
        "customer,name,platform\nclara,smm  RIGA,bluesky\n",
    )
    assert ranked(likes, "overlap", "name") == [(3, "SMM Riga")]


def test_a_name_joins_the_one_page_that_bears_it(reading, ranked):
    """Name-only rows go to the address of that name on their platform."""
    likes = reading(
        "customer,platform,url,name\n"
        "anna,facebook,facebook.com/smmriga,SMM Riga\n"
        "boris,facebook,,smm riga\n"
        "clara,vk,,SMM Riga\n"
    )
    assert ranked(likes, "resource", "overlap") == [("facebook:smmriga", 2), ("vk:name/smm%20riga", 1)]


def test_a_name_of_two_pages_joins_neither(reading, ranked):
    """Two pages can share a name."""
    likes = reading(
        "customer,platform,url,name\n"
        "anna,facebook,facebook.com/smmriga,SMM Riga\n"
        "anna,facebook,facebook.com/smmriga2,SMM Riga\n"
        "boris,facebook,,SMM Riga\n"
    )
    assert {row[0] for row in ranked(likes, "resource")} == {
        "facebook:smmriga",
        "facebook:smmriga2",
        "facebook:name/smm%20riga",
    }


def test_conflicts_are_told_and_not_followed(reading, ranked):
    """One short name cannot be two ids."""
    likes = reading("customer,url,screen name\nanna,vk.com/club7,smm\nboris,vk.com/club8,smm\nclara,vk.com/smm,\n")
    assert {row[0] for row in ranked(likes, "resource")} >= {"vk:club7", "vk:club8"}
    assert len(likes.gathering.places.conflicts) == 1
    assert [describe(doubt) for doubt in likes.doubts] == [
        "Pairs in --same-as that cannot be one place: 1 (vk:smm and vk:club8); kept apart"
    ]


def test_same_as_joins_across_platforms(reading, ranked, write):
    """A place on two platforms is listed for everybody of whom either list is known."""
    by_hand = write("same.csv", "resource,same_as\nt.me/smm_riga,vk.com/club7\n\n@other_one@example.org,t.me/nobody1\n")
    likes = reading(
        "customer,resource\n"
        "anna,t.me/smm_riga\nanna,vk.com/club7\n"
        "boris,vk.com/club7\n"
        "clara,t.me/another\n"
        "dina,youtube.com/@smm\n",
        same_as=by_hand,
    )
    rows = {row[0]: row[1:] for row in ranked(likes, "resource", "overlap", "listed")}
    assert rows == {"vk:club7": (2, 3), "telegram:another": (1, 2), "youtube:@smm": (1, 1)}


def test_a_number_or_a_handle_is_a_name_only_where_nobody_tells_one(reading, ranked):
    """However many write the handle, the one who writes the name is heard."""
    likes = reading(
        "customer,resource,name\nanna,vk.com/club7,\nboris,vk:club7,\nclara,club7,\ndina,vk:club7,Семь\nanna,vk:club8,\n"
    )
    assert dict(ranked(likes, "resource", "name"))["vk:club7"] == "Семь"


def test_an_empty_list_is_an_answer(reading, ranked):
    """A customer with a platform and nothing else was asked, and follows nothing there."""
    likes = reading(
        "customer,platform,resource\nanna,telegram,smm_riga\nboris,telegram,\nclara,telegram,\nclara,vk,\ndina,vk,smm\n"
    )
    assert ranked(likes, "resource", "overlap", "listed") == [("telegram:smm_riga", 1, 3), ("vk:smm", 1, 2)]
    assert likes.customers == 4
    assert likes.rejections == ()


def test_lists_are_counted_by_platform_and_the_web_by_everybody(reading, ranked):
    """``web:`` and ``other:`` have no lists of their own."""
    likes = reading(
        "customer,resource\nanna,t.me/smm_riga\nboris,vk.com/club7\nclara,https://example.org/blog\ndina,Some page\n"
    )
    assert {row[0]: row[1] for row in ranked(likes, "resource", "listed")} == {
        "telegram:smm_riga": 1,
        "vk:club7": 1,
        "web:example.org/blog": 4,
        "other:name/some%20page": 4,
    }


def test_the_most_frequent_name_counts(reading, ranked):
    """Ties go by code point; the facts of all spellings and files come together."""
    likes = reading(
        "customer,resource,name,topic\n"
        "anna,t.me/first1,B name,SMM\nboris,t.me/s/first1,A name,smm\nclara,t.me/first1,B name,smm\n"
        "anna,t.me/second,Zeta,\nboris,t.me/second,alpha,\n"
        "anna,t.me/third1,,\n"
    )
    assert {row[0]: row[1] for row in ranked(likes, "resource", "name")} == {
        "telegram:first1": "B name",
        "telegram:second": "Zeta",
        "telegram:third1": None,
    }
    assert likes.engine.rows("select topic from resources where resource = 'telegram:first1'") == [("smm",)]


def test_the_largest_size_counts_and_apart_ones_are_told(write, reading, ranked):
    """A factor of two apart is a remark; unknown ones and nonsense count for nothing."""
    path = write(
        "likes.csv",
        "customer,resource,subscribers\n"
        "anna,t.me/first1,1000\nboris,t.me/first1,1 999\n"
        "anna,t.me/second,1000\nboris,t.me/second,2000\nclara,t.me/second,?\n"
        "anna,t.me/third1,many\nboris,t.me/third1,-\nclara,t.me/third1,lots\n",
    )
    likes = reading(path)
    assert {row[0]: row[1] for row in ranked(likes, "resource", "subscribers")} == {
        "telegram:first1": 1999,
        "telegram:second": 2000,
        "telegram:third1": None,
    }
    assert likes.remarks[1:] == (message("two-sizes", resources=1),)
    assert [describe(doubt) for doubt in likes.doubts] == [
        f"{path}, line 7: not a whole number above 0; taken as unknown: write 12500 or 12 500 (1 more such row)"
    ]


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("Да", "yes"),
        ("yes", "yes"),
        ("НЕТ", "no"),
        ("Nē", "no"),
        ("Όχι", "no"),
        ("Платно", "paid"),
        ("Barter", "barter"),
        ("", None),
    ],
)
def test_accepting_posts(word, meaning, reading, ranked):
    """Yes, no, paid and ask in the languages of our users, as in the sheet; other words as they are."""
    likes = reading(f"customer,resource,accepts posts\nanna,t.me/smm_riga,{word}\n")
    assert ranked(likes, "accepts_posts") == [(meaning,)]


def test_dates(reading):
    """ISO, Russian and Unix dates are understood as UTC; the latest counts; others are told."""
    dates = ["2025-01-31", "31.01.2025", "2025-01-31T00:00:00Z", "1738281600", "2025-01-31 02:00:00+02:00", "Friday"]
    likes = reading(
        "customer,resource,date\n" + "".join(f"c{n},t.me/smm_riga,{date}\n" for n, date in enumerate(dates))
    )
    found = [str(moment) for (moment,) in likes.engine.rows("select followed_at from likes order by customer")]
    assert found == ["2025-01-31 00:00:00"] * 5 + ["None"]
    assert likes.doubts == (message("dates-not-understood", dates=1),)


def test_ids_that_a_spreadsheet_may_have_rounded_are_told(reading, ranked):
    """One or two zeros behind the fifteenth digit can be chance: the place counts, and it is told."""
    likes = reading("customer,platform,resource\nanna,x,12345678901234500\nboris,x,1234567890123456\n")
    assert len(ranked(likes)) == 2
    (doubt,) = likes.doubts
    assert doubt == message("ids-maybe-rounded", ids=1)


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ("customer,page\nanna,vc.ru\nanna,tert.am\n", ["web:tert.am", "web:vc.ru"]),
        (
            "customer,page,link\nanna,will.i.am,\nanna,smm,t.me/smm_riga\n",
            ["other:name/will.i.am", "telegram:smm_riga"],
        ),
        ("customer,page,link\nanna,vc.ru,https://vc.ru/\n", ["web:vc.ru"]),
        ("customer,artist\nanna,will.i.am\nanna,sleepy.ab\n", ["other:name/sleepy.ab", "other:name/will.i.am"]),
    ],
)
def test_names_that_look_like_sites(table, keys, reading, ranked):
    """In a column of places they are sites; beside a column of addresses, or among artists, names."""
    assert sorted(key for (key,) in ranked(reading(table), "resource")) == keys


def test_an_address_of_several_subreddits_is_several_places(reading, ranked):
    """Each of them is followed."""
    likes = reading("customer,page\nanna,https://www.reddit.com/r/smm+copywriting/\nboris,r/SMM\n")
    assert sorted(ranked(likes, "resource", "overlap")) == [("reddit:r/copywriting", 1), ("reddit:r/smm", 2)]


def test_rejected_rows_have_line_and_reason(write, reading):
    """Of every file, with all reasons, in order."""
    one = write("one.csv", 'customer,resource\nAnna,t.me/smm_riga\n,t.me/smm_riga\nAnna,"x\nAnna,\ncustomer,resource\n')
    two = write("two.csv", "customer,resource\nAnna,t.me/smm_riga,x\nanna,a@example.com\n")
    likes = reading(one, two)
    assert [(Path(row["source"]).name, row["line"], row["reason"]) for row in likes.rejected().head()] == [
        ("one.csv", 3, "no customer in this row"),
        ("one.csv", 4, "a quotation mark is opened and never closed"),
        ("one.csv", 5, "no place in this row"),
        ("one.csv", 6, "the header line again"),
        ("two.csv", 2, "more cells than the header has columns: quote the cells that contain the separator"),
        ("two.csv", 3, likes.rejected().head()[-1]["reason"]),
    ]
    assert likes.rejected_count == 6
    assert "example" not in str(likes.rejected().head())


def test_who(reading):
    """Sorted, under any address of the resource."""
    likes = reading("customer,url,screen name\nBoris,vk.com/club7,smm\nAnna,vk.com/smm,\nClara,vk.com/club8,\n")
    assert who(likes, "vk.com/public7") == who(likes, "vk:smm") == ["Anna", "Boris"]
    assert who(likes, "vk.com/nobody") == []


ADDRESSES = (
    "t.me/smm_riga", "https://telegram.me/SMM_Riga", "vk.com/club7", "vk.com/public7", "vk.com/smm", "facebook.com/smm",
    "m.facebook.com/Smm", "youtube.com/@smm", "https://example.org/a", "Some page", "some  PAGE", "instagram.com/p/1",
    "", "a@example.com",
)  # fmt: skip
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Anna", "Boris", " Anna ", "Čaks", ""]),  # GOOD twice: with repeats an empty one is a fault
        st.sampled_from(ADDRESSES),
        st.sampled_from(["", "Some page", "SMM", "Other"]),
        st.sampled_from(["", "10", "25", "1 000", "x"]),
        st.sampled_from(["", "vk", "facebook"]),
    ),
    max_size=25,
)


def everything(parts) -> tuple[object, ...]:
    """Return all that is read from tables and their ranking, and the numbers of rows."""
    with tempfile.TemporaryDirectory() as folder, Engine() as engine:
        paths = []
        for number, rows in enumerate(parts):
            path = Path(folder) / f"{number}.csv"
            path.write_text("customer,resource,name,size,platform\n" + "".join(",".join(row) + "\n" for row in rows))
            paths.append(path)
        likes = read(engine, paths)
        return (
            rank(likes, Choice(min_subscribers=0)).table.head(),
            engine.rows("select customer, resource from likes join resources using (resource_id) order by all"),
            engine.rows("select * from lists order by all"),
            [(one.rows, one.reason) for one in likes.rejections],
            likes.gathering.places.conflicts,
        )


GOOD = ("Anna", "t.me/smm_riga", "", "", "")


@settings(max_examples=examples(30))  # two readings each
@given(ROWS, st.randoms(use_true_random=False), st.integers(1, 4))
def test_order_and_files_do_not_matter(rows, random, files):
    """Rows in any order in any number of files give the same likes, ranking and rejections."""
    rows = [GOOD, *rows]
    parts = {number: [GOOD, GOOD] for number in range(files)}
    for row in random.sample(rows, len(rows)):
        parts[random.randrange(files)].append(row)
    assert everything(parts.values()) == everything([[GOOD, GOOD, *rows]])


@settings(max_examples=examples(50))
@given(ROWS)
@example([("", "", "", "", "")])
def test_every_row_is_used_or_rejected(rows):
    """Rows = usable rows + rejected rows; blank ones are neither."""
    with tempfile.TemporaryDirectory() as folder, Engine() as engine:
        path = Path(folder) / "likes.csv"
        rows = [GOOD, GOOD, *rows]
        path.write_text("customer,resource,name,size,platform\n" + "".join(",".join(row) + "\n" for row in rows))
        likes = read(engine, [path])
        (usable,) = engine.rows(
            "select sum(rows) from counts f join identified i on i.reason is null and f.fault = 0 join addresses a "
            "on a.address_id = i.address_id and f.url is not distinct from a.url "
            "and f.handle is not distinct from a.handle and f.resource is not distinct from a.resource "
            "and f.name is not distinct from a.name and f.platform is not distinct from a.platform"
        )
        assert usable[0] + likes.rejected_count == sum(any(row) for row in rows)
        assert len(likes.rejected()) == likes.rejected_count
