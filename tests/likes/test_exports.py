"""Exports of platforms: whose they are, what is passed over, and that the same list twice counts once."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from outreach.engine import Engine
from outreach.errors import InputError
from outreach.files.contract import Registry, Rejected, Skipped, sentence
from outreach.likes import read
from outreach.likes.exports import READERS
from outreach.likes.exports.base import Like, Listed
from outreach.likes.exports.meta import repaired
from outreach.likes.exports.owner import label_in, owner
from outreach.likes.plan import ReadOptions
from outreach.messages import describe, message


class Follows:
    """A made-up platform's export: ``{"follows_v1": ["club1", …]}`` in ``lists/follows.json``."""

    name = "follows"
    platform = "vk"
    reads = ask = "made up"
    evidence = "documents"
    paths = re.compile(r"(?:lists/)?(?:follows|followers)\.json$")

    def identify(self, source):
        return "follows_v1" in source.json_keys or "followers_v1" in source.json_keys

    def read(self, sources, _options):
        (source,) = sources
        if "followers_v1" in source.json_keys:
            yield Skipped(source.label, sentence("a table of followers, not of follows"), quiet=True)
            return
        yield Listed("vk")
        for number, one in enumerate(source.json["follows_v1"], 1):
            person = str(one).startswith("id")
            if one:
                yield Like("vk", resource=one, line=number, person=person)
            else:
                yield Rejected(source.label, number, sentence("an empty record"))


@pytest.fixture(autouse=True)
def readers(monkeypatch):
    """Let the made-up reader be the only one."""
    only = Registry("outreach.none", __name__, ())
    monkeypatch.setattr(only, "readers", lambda: (Follows(),))
    for module in ("likes.exports.find", "likes.planning"):
        monkeypatch.setattr(f"outreach.{module}.READERS", only)


@pytest.fixture
def likes(tmp_path, monkeypatch):
    """Read paths in an empty folder; give customer -> sorted keys, lists, labels of what was passed over."""
    monkeypatch.chdir(tmp_path)

    def run(*paths, customer=None, people=(), profiles=False):
        with Engine() as engine:
            found = read(engine, paths, ReadOptions(customer=customer, people=dict(people), profiles=profiles))
            pairs = engine.rows("select customer, resource from likes join resources using (resource_id) order by all")
            lists = engine.rows("select customer from lists order by customer")
            run.rejected = sorted(found.rejected().head(), key=lambda row: row["reason"])
            return pairs, [one for (one,) in lists], [(one.source, describe(one.why)) for one in found.skipped], found

    return run


def follows(*keys):
    return json.dumps({"follows_v1": list(keys)})


def zipped(path, **members):
    """Write an archive; the dot before an ending is written as two underscores."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        for name, content in members.items():
            file.writestr(re.sub("__(?=json$|jpg$)", ".", name), content)
    path.write_bytes(whole.getvalue())


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


@pytest.mark.parametrize(
    "path",
    [
        "exports/anna/vk.zip", "exports/anna.zip", "exports/anna/facebook-anna-2026-05-01-AbCd.zip",
        "exports/anna-vk.zip", "exports/anna/archive (2).zip", "exports/anna/2026/export.zip",
    ],
)  # fmt: skip
def test_an_archive_is_of_the_customer_whose_name_is_around_it(likes, tmp_path, path):
    """A folder's name, or the archive's own, but never a name that a platform gave."""
    zipped(tmp_path / path, **{"root/lists/follows__json": follows("club1", "club2"), "photos/a__jpg": "x"})
    pairs, *_ = likes("exports")
    assert pairs == [("anna", "vk:club1"), ("anna", "vk:club2")]


@pytest.mark.parametrize(
    "path",
    [
        "exports/anna/lists/follows.json", "exports/anna-vk/lists/follows.json", "exports/anna/vk/lists/follows.json",
        "exports/anna/facebook-x-2026/lists/follows.json", "exports/anna/follows.json", "exports/anna.json",
    ],
)  # fmt: skip
def test_an_unpacked_export_too(likes, tmp_path, path):
    """Folders of the export itself are nobody's names."""
    write(tmp_path / path, follows("club1"))
    assert likes("exports")[0] == [("anna", "vk:club1")]
    assert likes("exports/anna" if "anna/" in path else path)[0] == [("anna", "vk:club1")]


def test_nothing_tells_whose_it_is(likes, tmp_path):
    """Then the user says it; a guess would be a wrong customer."""
    zipped(tmp_path / "facebook-xyz-2026.zip", follows__json=follows("club1"))
    with pytest.raises(InputError, match=r"facebook-xyz-2026\.zip: follows\.json: it is unknown whose export") as told:
        likes("facebook-xyz-2026.zip")
    assert "--customer NAME" in told.value.hint
    assert likes("facebook-xyz-2026.zip", customer="Анна П.")[0] == [("Анна П.", "vk:club1")]


def test_exports_that_only_the_folder_s_name_tells_are_not_one_person_s(likes, tmp_path):
    """It would make one customer of two; refused with the way out, whatever platforms they are of."""
    for name, key in (("anna", "club1"), ("boris", "club2")):
        zipped(tmp_path / "two" / f"facebook-{name}-2026-05-02-aB.zip", follows__json=follows(key))
    with pytest.raises(InputError, match="it is unknown whose export this is, and the others") as told:
        likes("two")
    assert told.value.hint.startswith(
        "--customer NAME if all of them are one person's; otherwise, put it into a folder"
    )
    zipped(tmp_path / "two" / "clara.zip", follows__json=follows("club3"))
    pairs, _, skipped, _ = likes("two")
    assert pairs == [("clara", "vk:club3")]
    assert [source for source, why in skipped if "and the others next to it" in why] == [
        "two/facebook-anna-2026-05-02-aB.zip: follows.json",
        "two/facebook-boris-2026-05-02-aB.zip: follows.json",
    ]


def test_a_nameless_export_beside_a_customer_s_is_not_the_folder_s(likes, tmp_path):
    """Where one customer has a folder, the folder above is no customer."""
    zipped(tmp_path / "mix" / "anna" / "vk.zip", follows__json=follows("club1"))
    zipped(tmp_path / "mix" / "facebook-boris-2026-05-02-aB.zip", follows__json=follows("club2"))
    pairs, _, skipped, found = likes("mix")
    assert pairs == [("anna", "vk:club1")]
    assert ("mix/facebook-boris-2026-05-02-aB.zip: follows.json", "it is unknown whose export this is") in skipped
    (remark,) = [one for one in map(describe, found.remarks) if "facebook-boris" in one]
    assert "--customers FILE" in remark, "the way out stands in the ranking's remarks, too"


def test_the_name_that_a_platform_gave_may_be_a_customer_s_alias(likes, tmp_path):
    """Nobody has to rename or move what was downloaded."""
    for name, key in (("anna", "club1"), ("boris", "club2")):
        zipped(tmp_path / "Downloads" / f"facebook-{name}-2026.zip", follows__json=follows(key))
    people = {"facebook-anna-2026": "Анна П.", "facebook-boris-2026.zip": "Boris"}
    assert likes("Downloads", people=people)[0] == [("Boris", "vk:club2"), ("Анна П.", "vk:club1")]


def test_a_second_list_for_one_name_is_said(likes, tmp_path):
    """The user may mean it; two accounts may also be two people's."""
    for name, key in (("anna", "club1"), ("boris", "club2")):
        zipped(tmp_path / "Downloads" / f"facebook-{name}-2026.zip", follows__json=follows(key))
    pairs, *_, found = likes("Downloads", customer="Anna")
    assert pairs == [("Anna", "vk:club1"), ("Anna", "vk:club2")]
    assert sum("is it the same person's?" in remark for remark in map(describe, found.remarks)) == 1


def test_an_absolute_path_tells_by_its_last_folder(likes, tmp_path):
    """That is what a file is when it is dragged into a terminal; the folders further up are this computer's."""
    write(tmp_path / "anna" / "follows.json", follows("club1"))
    write(tmp_path / "anna" / "vk" / "lists" / "follows.json", follows("club2"))
    assert likes(tmp_path / "anna" / "follows.json")[0] == [("anna", "vk:club1")]
    with pytest.raises(InputError, match="it is unknown whose export this is"):
        likes(tmp_path / "anna" / "vk" / "lists" / "follows.json")


@pytest.mark.parametrize("inner", ["{}/lists/follows.json", "{}.zip", "{}/vk.zip", "{}/facebook-x-2026/follows.json"])
def test_a_folder_around_the_customers_folders_is_no_customer(likes, tmp_path, inner):
    """Those of May are two people's, since the same list lies in both."""
    for name, key in (("anna", "club1"), ("boris", "club1")):
        path = tmp_path / "exports" / "may" / inner.format(name)
        if path.suffix == ".zip":
            zipped(path, follows__json=follows(key, "club7"))
        else:
            write(path, follows(key, "club7"))
    pairs, lists, *_ = likes("exports")
    assert lists == ["anna", "boris"]
    assert pairs == [(name, key) for name in ("anna", "boris") for key in ("vk:club1", "vk:club7")]


def test_the_folders_in_a_customer_s_folder_are_none(likes, tmp_path):
    """One list in it, or the same one in folders that no person is called after."""
    write(tmp_path / "exports" / "anna" / "my things" / "lists" / "follows.json", follows("club1"))
    for name in ("old", "phone"):
        write(tmp_path / "exports" / "boris" / name / "lists" / "follows.json", follows("club2"))
    assert likes("exports")[0] == [("anna", "vk:club1"), ("boris", "vk:club2")]


def test_what_unpacks_to_far_too_much_is_refused(likes, tmp_path):
    """Seven hundred times its size: no list is, and it would fill the memory."""
    (tmp_path / "exports").mkdir()
    with zipfile.ZipFile(tmp_path / "exports" / "anna.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("follows.json", '{"follows_v1": [' + " " * 70_000_000 + "]}")
    zipped(tmp_path / "exports" / "boris.zip", follows__json=follows("club1"))
    pairs, _, skipped, _ = likes("exports")
    assert pairs == [("boris", "vk:club1")]
    assert [one for one in skipped if "anna.zip" in one[0]] == [
        ("exports/anna.zip: follows.json", "it unpacks to more than 200 times its size")
    ]


def test_a_list_that_does_not_fit_into_memory_is_told(likes, tmp_path, monkeypatch):
    """The others are read."""

    def read(self, sources, options):
        if "anna" in sources[0].label:
            raise MemoryError
        yield from plain(self, sources, options)

    plain = Follows.read
    monkeypatch.setattr(Follows, "read", read)
    for name in ("anna", "boris"):
        zipped(tmp_path / "exports" / f"{name}.zip", follows__json=follows("club1"))
    pairs, _, skipped, _ = likes("exports")
    assert pairs == [("boris", "vk:club1")]
    assert ("exports/anna.zip: follows.json", "there is not enough memory for it") in skipped


def test_one_archive_of_several_people(likes, tmp_path):
    """Each folder in it is a customer where the same list lies in several; so is each archive."""
    zipped(tmp_path / "all.zip", **{"anna/follows__json": follows("club1"), "boris/follows__json": follows("club1")})
    assert likes("all.zip")[0] == [("anna", "vk:club1"), ("boris", "vk:club1")]
    for name in ("anna", "boris"):
        zipped(tmp_path / "in" / f"{name}.zip", follows__json=follows("club1"))
    with zipfile.ZipFile(tmp_path / "exports.zip", "w") as file:
        for name in ("anna", "boris"):
            file.write(tmp_path / "in" / f"{name}.zip", f"{name}.zip")
    assert likes("exports.zip")[0] == [("anna", "vk:club1"), ("boris", "vk:club1")]
    (tmp_path / "exports.zip").rename(tmp_path / "may.zip")
    assert likes("may.zip")[1] == ["anna", "boris"]


def test_a_list_in_an_archive_that_is_nobody_s_costs_no_other(likes, tmp_path):
    """It lies beside the folders of two people."""
    zipped(
        tmp_path / "exports.zip",
        **{
            "follows__json": follows("club9"),
            "anna/follows__json": follows("club1"),
            "boris/follows__json": follows("club2"),
        },
    )
    pairs, _, skipped, _ = likes("exports.zip")
    assert pairs == [("anna", "vk:club1"), ("boris", "vk:club2")]
    assert ("exports.zip: follows.json", "it is unknown whose export this is") in skipped


def test_the_folders_in_one_person_s_archive_are_no_customers(likes, tmp_path):
    """Parts of one export, a folder around it, an archive of another platform."""
    zipped(
        tmp_path / "anna.zip", **{"my stuff/follows__json": follows("club1"), "part-2/follows__json": follows("club2")}
    )
    assert likes("anna.zip")[0] == [("anna", "vk:club1"), ("anna", "vk:club2")]


def test_a_damaged_archive_inside_costs_nothing_else(likes, tmp_path):
    """Takeout brings whatever lay in the person's Drive."""
    (tmp_path / "exports").mkdir()
    with zipfile.ZipFile(tmp_path / "exports" / "anna.zip", "w") as file:
        file.writestr("lists/follows.json", follows("club1"))
        file.writestr("Drive/broken.zip", b"PK\x03\x04garbage")
        file.writestr("Drive/text.zip", b"garbage")
    pairs, _, skipped, _ = likes("exports")
    assert pairs == [("anna", "vk:club1")]
    assert [source for source, why in skipped if "cut off or damaged" in why] == [
        "exports/anna.zip: Drive/broken.zip", "exports/anna.zip: Drive/text.zip",
    ]  # fmt: skip


def test_a_list_by_name_that_nobody_knows_is_said(likes, tmp_path):
    """In an archive as in a folder: it should have been read."""
    zipped(
        tmp_path / "exports" / "anna.zip", **{"follows__json": '{"other": 1}', "lists/follows__json": follows("club1")}
    )
    *_, skipped, found = likes("exports")
    assert ("exports/anna.zip: follows.json", "named like a list of follows, but not recognised as one") in skipped
    assert [one.source for one in found.skipped if one.wanted] == ["exports/anna.zip: follows.json"]


def test_what_lies_beside_an_unpacked_list_is_of_the_same_export(likes, tmp_path):
    """Messages and posts are no tables of likes; the user's own table beside them is one."""
    folder = tmp_path / "exports" / "anna"
    write(folder / "lists" / "follows.json", follows("club1"))
    write(folder / "messages" / "message_1.json", '{"participants": [{"name": "Bob"}], "title": "Bob"}')
    write(folder / "skills.csv", "Name\nSEO\nSMM\n")
    write(folder / "mine.csv", "customer,resource\nclara,vk.com/club7\n")
    write(tmp_path / "exports" / "boris.csv", "resource\nvk.com/club8\n")
    pairs, _, skipped, found = likes("exports")
    assert pairs == [("anna", "vk:club1"), ("boris", "vk:club8"), ("clara", "vk:club7")]
    assert ("2 files of exports/anna", "next to a list of follows, with names of other lists") in skipped
    assert [one.parts for one in found.skipped if one.parts] == [("anna/messages/message_1.json", "anna/skills.csv")]


def test_beside_a_flat_list_the_folders_are_others(likes, tmp_path):
    """An export without folders says nothing of those that lie beside it."""
    write(tmp_path / "exports" / "anna" / "follows.json", follows("club1"))
    write(tmp_path / "exports" / "anna" / "posts.json", '[{"title": "Bob"}]')
    write(tmp_path / "exports" / "anna" / "more" / "list.csv", "customer;resource\nboris;vk.com/club7\n")
    assert likes("exports")[0] == [("anna", "vk:club1"), ("boris", "vk:club7")]


def test_what_the_user_says_of_a_folder_is_of_those_that_nothing_tells(likes, tmp_path):
    """Anna stays Anna."""
    zipped(tmp_path / "exports" / "anna.zip", follows__json=follows("club1"))
    zipped(tmp_path / "exports" / "takeout-2026.zip", follows__json=follows("club2"))
    assert likes("exports", customer="Maria")[0] == [("Maria", "vk:club2"), ("anna", "vk:club1")]
    assert likes("exports/anna.zip", customer="Maria")[0] == [("Maria", "vk:club1")]


def test_a_bad_archive_does_not_cost_the_others(likes, tmp_path):
    """It is said, and the folder is read."""
    zipped(tmp_path / "exports" / "anna.zip", follows__json=follows("club1"))
    zipped(tmp_path / "exports" / "boris.zip", follows__json=follows("club2"))
    (tmp_path / "exports" / "boris.zip").write_bytes((tmp_path / "exports" / "boris.zip").read_bytes()[:-30])
    pairs, _, skipped, _ = likes("exports")
    assert pairs == [("anna", "vk:club1")]
    assert any(source == "exports/boris.zip" and "cut off or damaged" in why for source, why in skipped)


def test_what_is_called_an_archive_and_is_none_is_no_table(likes, tmp_path):
    """A page that a browser saved in its place would be somebody's list of one line."""
    write(tmp_path / "anna.zip", "not a zip at all\n")
    with pytest.raises(InputError, match=r"anna\.zip: named \.zip, but not a ZIP archive"):
        likes("anna.zip")


def test_archives_and_lists_that_hold_nothing_for_us(likes, tmp_path):
    """Photographs only, followers only: said with the reason."""
    zipped(tmp_path / "photos" / "anna.zip", a__jpg="x")
    with pytest.raises(InputError, match=r"photos/anna\.zip: a ZIP archive of 1 file without a list of follows"):
        likes("photos/anna.zip")
    with pytest.raises(InputError, match=r"photos/anna\.zip: a ZIP archive of 1 file without a list of follows"):
        likes("photos")
    write(tmp_path / "anna" / "followers.json", '{"followers_v1": []}')
    with pytest.raises(InputError, match=r"anna/followers\.json: a table of followers, not of follows"):
        likes("anna/followers.json")


def test_the_same_list_twice_counts_once(likes, tmp_path):
    """An archive and its copy under another name are one person's; short lists may be alike by chance."""
    long, short = follows(*(f"club{number}" for number in range(1, 13))), follows("club1")
    zipped(tmp_path / "exports" / "anna.zip", follows__json=long)
    zipped(tmp_path / "exports" / "boris.zip", follows__json=long)
    pairs, lists, skipped, _ = likes("exports")
    assert lists == ["anna"]
    assert len(pairs) == 12
    assert ("exports/boris.zip: follows.json", "the same list as exports/anna.zip: follows.json; read once") in skipped
    zipped(tmp_path / "few" / "anna.zip", follows__json=short)
    zipped(tmp_path / "few" / "boris.zip", follows__json=short)
    assert likes("few")[1] == ["anna", "boris"]


def test_what_holds_no_follows_is_passed_over_and_counted(likes, tmp_path):
    """Followers, photographs, messages: none is a like, none is silently lost."""
    zipped(
        tmp_path / "anna.zip",
        **{"lists/follows__json": follows("club1", ""), "lists/followers__json": '{"followers_v1": ["club9"]}',
           "a__jpg": "x", "messages/inbox__json": "[]", "__MACOSX/lists/._follows__json": "junk"},
    )  # fmt: skip
    pairs, _, skipped, found = likes("anna.zip")
    assert pairs == [("anna", "vk:club1")]
    assert ("anna.zip: lists/followers.json", "a table of followers, not of follows") in skipped
    assert ("2 files of anna.zip", "by their names not lists of follows") in skipped
    assert [one.parts for one in found.skipped if one.parts] == [("a.jpg", "messages/inbox.json")]
    assert [(one.rows, str(one.reason)) for one in found.rejections] == [(1, "an empty record")]


def test_an_empty_list_is_an_answer(likes, tmp_path):
    """Boris has a list and follows nothing: he counts in `listed`."""
    zipped(tmp_path / "exports" / "anna.zip", follows__json=follows("club1"))
    zipped(tmp_path / "exports" / "boris.zip", follows__json=follows())
    assert likes("exports")[:2] == ([("anna", "vk:club1")], ["anna", "boris"])


def test_people_count_when_asked_for(likes, tmp_path):
    """Their profiles are no communities; they are left out and said."""
    zipped(tmp_path / "anna.zip", follows__json=follows("club1", "id7"))
    pairs, *_, found = likes("anna.zip")
    assert pairs == [("anna", "vk:club1")]
    assert "people are not communities and were left out: 1 (--include-people counts them)" in describe(
        found.remarks[0]
    )
    assert likes("anna.zip", profiles=True)[0] == [("anna", "vk:club1"), ("anna", "vk:id7")]


def test_many_lists_are_read_together(likes, tmp_path):
    """The same likes, and each rejected row is told with its own file and line."""
    for number in range(25):
        zipped(
            tmp_path / "exports" / f"person {number}.zip",
            follows__json=follows("club1", "", f"club{number + 2}", "x@example.org"),
        )
    pairs, lists, _, found = likes("exports")
    assert len(lists) == 25
    assert len(found.gathering.tables) == 1
    assert ("person 7", "vk:club1") in pairs
    assert ("person 7", "vk:club9") in pairs
    assert len(pairs) == 50
    told = [(row["source"], row["line"]) for row in likes.rejected if "person 7" in row["source"]]
    assert told == [("exports/person 7.zip: follows.json", 4), ("exports/person 7.zip: follows.json", 2)]


def test_exports_stand_beside_tables(likes, tmp_path):
    """What no reader knows is a plain table as ever."""
    zipped(tmp_path / "exports" / "anna.zip", follows__json=follows("club1"))
    write(tmp_path / "exports" / "likes.csv", "customer,resource\nboris,vk.com/club1\n")
    assert likes("exports")[0] == [("anna", "vk:club1"), ("boris", "vk:club1")]


def test_one_person_under_several_labels(likes, tmp_path):
    """The sheet says Анна П., the export anna."""
    zipped(tmp_path / "exports" / "anna.zip", follows__json=follows("club1"))
    write(tmp_path / "exports" / "likes.csv", "customer,resource\nАнна П.,vk.com/club1\nАнна П.,vk.com/club2\n")
    pairs, lists, *_ = likes("exports", people={"anna": "Анна П."})
    assert pairs == [("Анна П.", "vk:club1"), ("Анна П.", "vk:club2")]
    assert lists == ["Анна П."]


def test_a_name_that_two_addresses_bear_stays_apart_and_is_said(likes, tmp_path):
    """Which of them is meant, nobody knows."""
    write(tmp_path / "likes.csv", "customer,platform,resource,name\na,vk,club1,SMM\nb,vk,club2,SMM\nc,vk,,SMM\n")
    pairs, *_, found = likes("likes.csv")
    assert [key for _, key in pairs] == ["vk:club1", "vk:club2", "vk:name/smm"]
    assert message("names-of-several-addresses", number=1, names=("vk: smm",)) in found.remarks


def test_a_damaged_member_is_said_and_the_others_are_read(likes, tmp_path):
    """One broken list does not cost the customer's other ones."""
    zipped(
        tmp_path / "exports" / "anna.zip",
        **{"part-1/follows__json": '{"follows_v1": [', "part-2/follows__json": follows("club1")},
    )
    pairs, _, skipped, _ = likes("exports")
    assert pairs == [("anna", "vk:club1")]
    assert [(source, "cut off or damaged" in why) for source, why in skipped] == [
        ("exports/anna.zip: part-1/follows.json", True)
    ]


def test_a_damaged_archive_is_a_sentence(likes, tmp_path):
    """Cut off while it was downloaded."""
    zipped(tmp_path / "anna.zip", follows__json=follows("club1"))
    (tmp_path / "anna.zip").write_bytes((tmp_path / "anna.zip").read_bytes()[:-30])
    with pytest.raises(InputError, match="the ZIP archive is cut off or damaged"):
        likes("anna.zip")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("anna", "anna"), ("Анна П.", "Анна П."), ("anna-instagram", "anna"), ("Anna (2)", "Anna"), ("x", None),
        ("instagram-anna-2026", None), ("takeout-20260501T100000Z-001", None), ("Basic_LinkedInDataExport_05-01", None),
        ("exports", None), ("DataExport_2026-05-01", None), ("Ig Petrov", "Ig Petrov"), ("", None), ("2026", None),
            ("1001", "1001"), ("2026-05-01", None), ("20260501", None), ("12", None), ("annap_20220301", "annap"),
        ("Вася-vk", "Вася"), ("Cafe\u0301", "Café"), ("Telegram Desktop", None),
    ],
)  # fmt: skip
def test_names_of_people_and_of_platforms(name, label):
    """What a platform or a system calls its files is nobody's name."""
    assert label_in(name) == label


def test_the_first_name_that_fits():
    """From outside inwards."""
    assert owner(["exports", "anna", "boris"]) == "anna"
    assert owner([]) is None


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("Caf\u00c3\u00a9", "Café"), ("\u00d0\u00a1\u00d0\u009c\u00d0\u0098", "СМИ"), ("Café", "Café"), ("СМИ", "СМИ"),
        ("plain", "plain"), ("\u00e2\u0080\u0093", "–"), ("\ud800", "\ud800"), ("Ã", "Ã"),
    ],
)  # fmt: skip
def test_texts_of_meta_are_repaired_once(broken, mended):
    """Bytes written as characters; what is whole stays whole, also the second time."""
    assert repaired(broken) == mended
    assert repaired(mended) == mended


def test_the_contract_is_kept_by_all_readers():
    """Every reader says what it reads, how to ask for it, and from what it was built."""
    found = READERS.readers()
    assert len({one.name for one in found}) == len(found)
    for one in found:
        assert one.evidence in {"real file", "documents"}, one.name
        assert one.reads, one.name
        assert len(one.ask) > 10, one.name


def test_names_never_touch_the_disk(likes, tmp_path):
    """A member called ../../x is a label and no path."""
    zipped(tmp_path / "exports" / "anna.zip", **{"../../evil/follows__json": follows("club1")})
    likes("exports")
    assert not list(Path(tmp_path).rglob("evil"))
