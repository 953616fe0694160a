"""Two ledgers of one campaign become one: nothing of either is lost, and nothing is guessed."""

import shutil
import sqlite3
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.campaign.events import status_of
from outreach.campaign.ledger import Placement, open_ledger
from outreach.campaign.ledger.imports import Import, Result
from outreach.campaign.ledger.merge import ORDER, copied_ledger
from outreach.campaign.ledger.merge import merge as merge_ledgers
from outreach.campaign.ledger.results import Results
from outreach.campaign.ledger.secret import LedgerSecret
from outreach.campaign.ledger.ties import Tie, keep_ties, ties_of
from outreach.errors import InputError
from outreach.tables import STATUSES

LINK = "https://example.org/?utm_content="


def merge(ledger, path):
    """Take over a file."""
    with copied_ledger(path) as other:
        return merge_ledgers(ledger, other)


def post(key, **more):
    return Placement(campaign="spring", resource=key, final_url=LINK + key, **more)


@pytest.fixture
def two(tmp_path):
    """A ledger with one post, and a copy of it that somebody else works on."""
    ours = open_ledger(tmp_path / "ours.db")
    ours.put([post("vk:one")])
    LedgerSecret(ours.database)()
    shutil.copy(tmp_path / "ours.db", tmp_path / "theirs.db")
    return ours, open_ledger(tmp_path / "theirs.db"), str(tmp_path / "theirs.db")


def known(ledger):
    return {one.resource: one for one in ledger.placements()}


def test_both_worked_on(two):
    """Posts of both, and what each found out of one that both have."""
    ours, theirs, path = two
    ours.put([post("vk:ours")])
    ours.set([known(ours)["vk:one"]], cost=20.0, currency="EUR")
    theirs.put([post("vk:theirs")])
    theirs.set([known(theirs)["vk:one"]], status="published", post_url="https://vk.com/wall1_1")
    done = merge(ours, path)
    assert (done.added, done.changed, done.conflicts, done.left) == (1, 1, (), ())
    assert set(known(ours)) == {"vk:one", "vk:ours", "vk:theirs"}
    one = known(ours)["vk:one"]
    assert (one.cost, one.status, one.post_url) == (20.0, "published", "https://vk.com/wall1_1")
    again = merge(ours, path)
    assert (again.added, again.changed, again.imports, again.ties) == (0, 0, 0, 0)
    ours.undo()
    assert set(known(ours)) == {"vk:one", "vk:ours"}
    assert known(ours)["vk:one"].status == "drafted"


def test_what_both_say_differently_stays_and_is_listed(two):
    """Of texts only that they differ."""
    ours, theirs, path = two
    ours.set([known(ours)["vk:one"]], cost=20.0, status="removed", text="Ours.")
    theirs.set([known(theirs)["vk:one"]], cost=30.0, status="declined", text="Theirs.")
    done = merge(ours, path)
    assert [str(one) for one in done.conflicts] == [
        "vk:one (spring, a, 1): the text differs",
        "vk:one (spring, a, 1): cost is 20.0 here, and 30.0 there",
        "vk:one (spring, a, 1): status is removed here, and declined there",
    ]
    one = known(ours)["vk:one"]
    assert (one.cost, one.text) == (20.0, "Ours.")
    assert one.status == status_of(ours.events()) in {"removed", "declined"}


@pytest.mark.parametrize(("mine", "other"), [*product(STATUSES, STATUSES)])
def test_the_later_status_holds_whoever_merges(two, mine, other):
    """Or it is a conflict on both sides."""
    ours, theirs, path = two
    ours.set([known(ours)["vk:one"]], status=mine)
    theirs.set([known(theirs)["vk:one"]], status=other)
    forth = merge(ours, path)
    found = known(ours)["vk:one"].status
    assert found == status_of(ours.events()) in {mine, other}
    assert bool(forth.conflicts) == (len({mine, other, "drafted"}) == 3 and not {mine, other} <= set(ORDER))
    if mine == "drafted":
        assert found == other
    with copied_ledger(str(ours.database.file)) as copy:
        merge_ledgers(theirs, copy)
    assert known(theirs)["vk:one"].status == found
    if forth.changed:
        ours.undo()
    assert known(ours)["vk:one"].status == mine == status_of(ours.events())


def entry(name="site", **more):
    usual = {"sha256": name, "tool": "ga4", "source_name": name, "grain": "day", "unit": "visit"}
    return Import(**{**usual, **more})


def rows(count, day="2026-05-01", **more):
    return [Result(import_id=0, day=day, utm_content="one", denominator=count, **more)]


def test_results_of_other_days_join(two):
    """The same file is known; other numbers of the same days are left."""
    ours, theirs, path = two
    may = {"period_start": "2026-05-01", "period_end": "2026-05-31"}
    june = {"period_start": "2026-06-01", "period_end": "2026-06-30"}
    Results(ours.database).put(entry(sha256="a", **may), rows(5))
    Results(theirs.database).put(entry(sha256="b", **june), rows(7, "2026-06-01"))
    Results(theirs.database).put(entry("other site", sha256="c", **may), rows(9))
    done = merge(ours, path)
    assert (done.imports, done.left) == (2, ())
    assert sorted(row.denominator for row in Results(ours.database).sums()) == [5, 7, 9]
    assert merge(ours, path).imports == 0
    Results(theirs.database).put(entry(sha256="d", **may), rows(6))
    done = merge(ours, path)
    assert [str(one) for one in done.left] == [
        "site (visits, 2026-05-01 to 2026-05-31): both have results of these days; import the newer file again"
    ]


EVENTS = {"grain": "event", "unit": "", "kind": "sale", "tool": "sign-ups"}


def event(name, numerator=1):
    return Result(import_id=0, day="2026-05-01", utm_content="one", numerator=numerator, event_id=name)


def test_people_join_under_one_secret(two):
    """Each once; who is counted otherwise there is named."""
    ours, theirs, path = two
    Results(ours.database).put(entry(sha256="a", **EVENTS), [event("x"), event("y")])
    Results(theirs.database).put(entry(sha256="b", **EVENTS), [event("y", 0), event("z")])
    done = merge(ours, path)
    assert sum(row.numerator for row in Results(ours.database).sums()) == 3
    assert [str(one) for one in done.left] == [
        "site (sales): 1 person or order counted differently here; import the newer file again"
    ]


def test_people_of_another_secret_are_named(tmp_path, two):
    """Their hashes would never meet ours: one person would be two."""
    ours, _, _ = two
    other = open_ledger(tmp_path / "other.db")
    LedgerSecret(other.database)()
    other.put([post("vk:other")])
    Results(other.database).put(entry(sha256="b", **EVENTS), [event("z")])
    done = merge(ours, str(tmp_path / "other.db"))
    assert (done.added, done.imports) == (1, 0)
    assert [str(one) for one in done.left] == [
        "site (sales): about people, hashed with another secret; import its files again here"
    ]


def test_a_ledger_without_people_takes_the_others_secret(tmp_path, two):
    """So that it goes on with the same hashes."""
    _, theirs, path = two
    Results(theirs.database).put(entry(sha256="b", **EVENTS), [event("z")])
    fresh = open_ledger(tmp_path / "fresh.db")
    assert merge(fresh, path).imports == 1
    assert LedgerSecret(fresh.database)() == LedgerSecret(theirs.database)()


def test_ties_join_and_answers_keep_their_places(two):
    """The numbers of ties differ between ledgers."""
    ours, theirs, path = two
    keep_ties(ours.database, [Tie(kind="tag", text="riga", resource="vk:one")])
    keep_ties(theirs.database, [Tie(kind="answer", text="the one", resource="vk:one"),
                                Tie(kind="tag", text="riga", resource="vk:two")])  # fmt: skip
    answered = {**EVENTS, "kind": "answer"}
    Results(theirs.database).put(
        entry(sha256="b", **answered), [event("p")._replace(utm_content="", resource="answer 1")]
    )
    done = merge(ours, path)
    assert done.ties == 1
    assert [str(one) for one in done.conflicts] == ["a tied tag: vk:one here, and vk:two there"]
    (number,) = [one.number for one in ties_of(ours.database) if one.kind == "answer"]
    assert [row.resource for row in Results(ours.database).sums()] == [f"answer {number}"]


def test_a_code_of_two_places_is_not_added(two):
    """It would tell of neither."""
    ours, theirs, path = two
    ours.set([known(ours)["vk:one"]], promo="RIGA10")
    theirs.put([post("vk:theirs", promo="RIGA10")])
    done = merge(ours, path)
    assert (done.added, len(done.conflicts)) == (0, 1)


@pytest.mark.parametrize("made", ["trigger", "view"])
def test_what_runs_by_itself_is_refused(two, made):
    """No ledger of ours has any."""
    ours, _, path = two
    with sqlite3.connect(path) as opened:
        opened.execute(
            "create view v as select 1" if made == "view" else
            "create trigger t after insert on placements begin delete from placements; end"
        )  # fmt: skip
    opened.close()
    with pytest.raises(InputError, match="triggers or views"):
        merge(ours, path)


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + bytes(2000)])
def test_what_is_no_ledger_is_refused(two, tmp_path, content):
    """In one sentence, and ours stays."""
    ours, _, _ = two
    (tmp_path / "broken.db").write_bytes(content)
    before = ours.placements()
    with pytest.raises(InputError):
        merge(ours, str(tmp_path / "broken.db"))
    assert ours.placements() == before


def test_another_programs_database_and_a_folder_are_refused(two, tmp_path):
    """Neither is taken for a ledger without posts."""
    ours, _, _ = two
    with sqlite3.connect(tmp_path / "notes.db") as opened:
        opened.execute("create table notes (text)")
    opened.close()
    for path in (tmp_path / "notes.db", tmp_path):
        with pytest.raises(InputError):
            merge(ours, str(path))


def test_the_other_file_is_not_changed(two, tmp_path):
    """Neither its bytes nor what lies beside it."""
    ours, theirs, path = two
    theirs.put([post("vk:theirs")])
    before = (tmp_path / "theirs.db").read_bytes()
    names = sorted(file.name for file in tmp_path.iterdir())
    merge(ours, path)
    assert (tmp_path / "theirs.db").read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == names


COSTS = st.one_of(st.none(), st.sampled_from([1.0, 2.0]))


@settings(max_examples=20)
@given(st.dictionaries(st.sampled_from("abc"), COSTS), st.dictionaries(st.sampled_from("abc"), COSTS))
def test_merging_both_ways_gives_the_same_but_for_conflicts(tmp_path_factory, mine, other):
    """Whoever merges has every post, and every value that the other side alone has."""
    folder = tmp_path_factory.mktemp("merge")
    stores = []
    for name, posts in (("one.db", mine), ("two.db", other)):
        ledger = open_ledger(folder / name)
        ledger.put([post(f"vk:page_{key}", cost=cost, currency="EUR" if cost else None) for key, cost in posts.items()])
        stores.append(ledger)
    copies = [shutil.copy(folder / name, folder / f"copy_{name}") for name in ("one.db", "two.db")]
    forth, back = merge(stores[0], copies[1]), merge(stores[1], copies[0])
    assert len(forth.conflicts) == len(back.conflicts)
    one, two = known(stores[0]), known(stores[1])
    assert one.keys() == two.keys() == {f"vk:page_{key}" for key in {*mine, *other}}
    if not forth.conflicts:
        assert {key: place.cost for key, place in one.items()} == {key: place.cost for key, place in two.items()}
