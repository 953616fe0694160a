"""Write exports as five of the made-up customers would get them from their platforms, from what ``likes.csv`` says.

``python sample_data/exports/make.py [FOLDER]``; the same input gives the same files inside. The traps of real exports
are in them: what was left or unfollowed, followers, names without addresses, letters that Facebook writes byte by byte.
"""
# ruff: noqa: INP001 - a script beside its data, no package

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from outreach.keys import identify, is_name, name_key, url_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HERE: Final = Path(__file__).parent
FIRST: Final = 1_700_000_000  # seconds since 1970: November 2023
DAY: Final = 86_400
PEOPLE: Final = {
    "Anna P.": "anna",
    "Сергей М.": "Сергей",
    "Ελένη Π.": "Ελένη",
    "Անի Հ.": "Անի",
    "Rachel W.": "rachel",
}
"""Labels of ``likes.csv``, and what their folders and archives are called."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that somebody follows.

    Args:
        key: Of the place.
        name: As it is called; its handle where no row tells the name.

    """

    key: str
    name: str

    @property
    def handle(self) -> str:
        """Its name in addresses."""
        return self.key.partition(":")[2].removeprefix("@")

    @property
    def url(self) -> str:
        """Its address; empty for one known by its name only."""
        return url_of(self.key) or ""


def main() -> None:
    """Write all files to the folder that is given, else beside this one."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name, data in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def files() -> dict[str, bytes]:
    """Return each file's path and what is in it."""
    follows = {label: read(label) for label in PEOPLE}
    anna, sergey, eleni, ani, rachel = follows.values()
    return {
        # An archive a platform, in a folder of the customer's name.
        "anna/facebook-annap-2026-05-02-kT3xQ9.zip": archive(facebook(anna["facebook"])),
        "anna/instagram-annap-2026-05-02-Zk81ab.zip": archive(instagram(anna["instagram"], since_october=True)),
        "anna/vk.json": vk(anna["vk"]),
        # An archive of the customer's name.
        "Сергей.zip": archive(
            {"DataExport_2026-05-03/result.json": telegram(sergey["telegram"], sergey["instagram"]),
             "__MACOSX/DataExport_2026-05-03/._result.json": b"\x00\x05\x16\x07"}
        ),
        # Folders that were unpacked.
        "Ελένη-facebook/" + FOLLOWED: facebook(eleni["facebook"])[FOLLOWED],
        "Ελένη-facebook/" + GROUPS: facebook(eleni["facebook"])[GROUPS],
        "Ελένη/Takeout/YouTube and YouTube Music/subscriptions/subscriptions.csv": youtube(eleni["youtube"]),
        "Անի/user_data_tiktok.json": tiktok(),
        "Անի/instagram/" + FOLLOWING: instagram(ani["instagram"], since_october=False)[FOLLOWING],
        "Անի/instagram/" + FOLLOWERS: instagram(ani["instagram"], since_october=False)[FOLLOWERS],
        "Անի/result.json": telegram(ani["telegram"], ani["instagram"]),
        "rachel.zip": archive(
            {**inside("instagram-rachel", instagram(rachel["instagram"], since_october=True)),
             "takeout/Takeout/YouTube/subscriptions/subscriptions.csv": youtube(rachel["youtube"])}
        ),
    }  # fmt: skip


def read(label: str) -> dict[str, list[Place]]:
    """Return what a customer of ``likes.csv`` follows, by platform."""
    with (HERE.parent / "likes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    whole = [row for row in rows if row["resource"] and row["name"]]
    named = {identify(row["resource"], row["platform"]).key: row["name"] for row in whole}
    by_name = {name_key(name, (key or "").partition(":")[0]): key for key, name in named.items()}
    found: dict[str, list[Place]] = {row["platform"]: [] for row in rows}
    for row in rows:
        key = identify(row["resource"] or row["name"], row["platform"]).key
        key = by_name.get(key, key) if key and is_name(key) else key
        if row["customer"] == label and key and key not in {one.key for one in found[row["platform"]]}:
            place = Place(key, "")
            found[row["platform"]].append(Place(key, named.get(key) or row["name"] or place.handle))
    return found


FOLLOWED: Final = "your_facebook_activity/pages/pages_and_profiles_you_follow.json"
GROUPS: Final = "your_facebook_activity/groups/your_group_membership_activity.json"
FOLLOWING: Final = "connections/followers_and_following/following.json"
FOLLOWERS: Final = "connections/followers_and_following/followers_1.json"


def facebook(places: Sequence[Place]) -> dict[str, bytes]:
    """Pages followed, by name only; liked, with addresses; groups as the log of comings and goings that it is."""
    half = len(places) // 2
    followed = [{"timestamp": time(n), "data": [{"name": one.name}], "title": one.name} for n, one in enumerate(places)]
    liked = [{"name": one.name, "timestamp": time(n), "url": one.url} for n, one in enumerate(places[:half]) if one.url]
    log = [
        *event("You became a member of {}.", "Garage sale Marquely", 1),
        *event("You stopped being a member of {}.", "Garage sale Marquely", 5),
        *event("{} has approved your request to join.", "Posts and patience", 7),
    ]
    return {
        FOLLOWED: mangled({"pages_followed_v2": followed}),
        "your_facebook_activity/pages/pages_you've_liked.json": mangled({"page_likes_v2": liked}),
        "your_facebook_activity/pages/pages_and_profiles_you've_unfollowed.json": mangled(
            {"pages_unfollowed_v2": [{"timestamp": time(3), "data": [{"name": "Left behind"}], "title": "Left behind"}]}
        ),
        GROUPS: mangled({"groups_joined_v2": log}),
        "your_facebook_activity/messages/inbox/somebody_1/message_1.json": mangled({"messages": []}),
    }


def event(sentence: str, group: str, day: int) -> list[dict[str, Any]]:
    """One line of the log of groups."""
    return [{"timestamp": time(day), "data": [{"name": group}], "title": sentence.format(group)}]


def instagram(places: Sequence[Place], *, since_october: bool) -> dict[str, bytes]:
    """Accounts followed, before or since October 2025; a deleted one and followers beside them."""
    items = [account(one.handle, time(n), since_october=since_october) for n, one in enumerate(places)]
    items.append(account("__deleted__8f1k2", time(40), since_october=since_october))
    followers = [account("friend_of_friends", time(2), since_october=False)]
    return {
        FOLLOWING: mangled({"relationships_following": items}),
        FOLLOWERS: mangled(followers),
        "media/posts/202605/picture.jpg": b"\xff\xd8\xff\xe0made up",
    }


def account(handle: str, when: int, *, since_october: bool) -> dict[str, Any]:
    """One account as Instagram writes it."""
    if since_october:
        told = {"href": f"https://www.instagram.com/_u/{handle}", "timestamp": when}
        return {"title": handle, "string_list_data": [told]}
    told = {"href": f"https://www.instagram.com/{handle}", "value": handle, "timestamp": when}
    return {"title": "", "media_list_data": [], "string_list_data": [told]}


def vk(places: Sequence[Place]) -> bytes:
    """The answer of ``users.getSubscriptions``: communities with names, and people, which are none."""
    communities = [
        {"id": 1000 + number, "name": one.name, "screen_name": one.handle, "type": "group"}
        for number, one in enumerate(places)
    ]
    people = [{"id": 1, "first_name": "Made", "last_name": "Up", "type": "profile"}]
    items = [*communities, *people]
    return mapped({"response": {"count": len(items), "items": items}})


def telegram(channels: Sequence[Place], left: Sequence[Place]) -> bytes:
    """Telegram Desktop's full export: channels by number and name, a talk, and what was left."""
    chats: list[dict[str, Any]] = [
        {"name": one.name, "type": "public_channel", "id": number_of(one), "messages": [
            {"id": 1, "type": "message", "text": 'a text with "quotes" and [brackets] {'}]}
        for one in channels
    ]  # fmt: skip
    chats.append({"name": "Made Up", "type": "personal_chat", "id": 77, "messages": []})
    gone = [{"name": one.name, "type": "public_channel", "id": number_of(one), "messages": []} for one in left]
    return mapped(
        {"about": "Here is the data you requested.", "chats": {"about": "", "list": chats},
         "left_chats": {"about": "", "list": gone}}
    )  # fmt: skip


def number_of(place: Place) -> int:
    """Return the number of a channel, the same in everybody's export."""
    return 1_000_000_000 + sum(ord(sign) * (position + 1) for position, sign in enumerate(place.key))


def youtube(places: Sequence[Place]) -> bytes:
    """Takeout's list, whose header is in the language of the account."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["Идентификатор канала", "URL канала", "Название канала"])
    for one in places:
        number = f"UC{number_of(one):022d}"
        writer.writerow([number, f"http://www.youtube.com/channel/{number}", one.name])
    return text.getvalue().encode()


def tiktok() -> bytes:
    """An account that follows nothing: TikTok writes null."""
    return mapped({"Your Activity": {"Following": {"Following": None}, "Follower": {"FansList": None}}})


def inside(folder: str, members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return files below a folder."""
    return {f"{folder}/{name}": data for name, data in members.items()}


def time(days: int) -> int:
    """Return a moment some days after the first."""
    return FIRST + days * DAY


def mapped(data: object) -> bytes:
    """Return JSON as most platforms write it."""
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def mangled(data: object) -> bytes:
    """Return JSON as Meta writes it: every byte of UTF-8 as a character of its own."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return "".join(sign if sign.isascii() else escaped(sign) for sign in text).encode()


def escaped(sign: str) -> str:
    """Return a sign's bytes in UTF-8, each as an escape."""
    return "".join(f"\\u00{byte:02x}" for byte in sign.encode())


def archive(members: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive; its files bear no time of their own."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


if __name__ == "__main__":
    main()
