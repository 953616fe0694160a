"""A ledger as the program wrote it before the keys of some addresses changed: places under both spellings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import text

from outreach.campaign.ledger import Placement, open_ledger, schema
from outreach.campaign.ledger.database import open_database
from outreach.campaign.ledger.imports import Import, Result
from outreach.campaign.ledger.results import Results

if TYPE_CHECKING:
    from pathlib import Path

MADE = "2026-05-12T09:00:00Z"
DAY = Import(sha256="1", tool="ga4", source_name="shop", grain="day", unit="session", imported_at=MADE,
             period_start="2026-05-01", period_end="2026-05-31")  # fmt: skip
OLD = {  # number: the key that it had, and its key of today
    2: ("web:patreon.com/c/smm", "web:patreon.com/smm"),
    3: ("web:patreon.com/Smm/posts", "web:patreon.com/smm"),
    4: ("web:nitter.net/smm_riga", "x:smm_riga"),
    5: ("mastodon:smm.bsky.social@bsky.brid.gy", "bluesky:smm.bsky.social"),
    6: ("other:name/club7", "vk:club7"),
    7: ("other:name/@smm.bsky.social", "bluesky:smm.bsky.social"),
}


def link(number: int) -> str:
    return f"https://shop.example/?utm_source=x&utm_content=place-{number}--a-f871{number}"


def make(address: str | Path) -> None:
    """Make a ledger of version 3: number 1 has a key that stays, number 3 is of the second round."""
    ledger = open_ledger(address)
    new = {1: "web:patreon.com/smm", 8: "telegram:smm_riga"} | {number: keys[1] for number, keys in OLD.items()}
    for number in range(1, 9):
        rounds = {3: 2, 7: 2}.get(number, 1)
        one = Placement(campaign="spring" if number != 2 else "autumn", resource=new[number], final_url=link(number),
                        round=rounds, utm_content=f"place-{number}--a-f871{number}", created_at=MADE)  # fmt: skip
        ledger.put([one])
    # All in one campaign, and so colliding, as they could stand there under their old keys.
    with open_database(address, create=False).writing() as connection:
        for number, (old, _) in OLD.items():
            platform = old.partition(":")[0]
            connection.execute(
                text("update placements set resource = :old, platform = :of, campaign = 'spring', round = 1 "
                     "where id = :id"),
                {"old": old, "of": platform, "id": number},
            )  # fmt: skip
    with open_database(address, create=False).writing() as connection:
        for number in OLD:  # as if each had been published by hand
            row = dict(
                connection.execute(text("select * from placements where id = :id"), {"id": number}).mappings().one()
            )
            before = json.dumps({name: value for name, value in row.items() if name != "id"})
            made = connection.execute(
                text("insert into changes (made_at, what) values (:now, 'set') returning id"), {"now": MADE}
            )
            connection.execute(
                text("insert into changed values (:change, :id, :before)"),
                {"change": made.scalar_one(), "id": number, "before": before},
            )
            connection.execute(text("update placements set status = 'published' where id = :id"), {"id": number})
    typed = [Result(day="2026-05-02", resource=old, denominator=10 + number) for number, (old, _) in OLD.items()]
    rows = [Result(day="2026-05-02", utm_content=f"place-{number}--a-f871{number}", denominator=number)
            for number in range(1, 9)]  # fmt: skip
    Results(ledger.database).put(DAY, [*rows, *typed, Result(day="2026-05-03", resource="SMM: Riga", denominator=1)])
    with open_database(address, create=False).writing() as connection:
        connection.execute(text("drop table events"))
        later = [("results", "stage"), ("results", "assumed")]
        later += [("placements", one) for one in ("must_stay_until", "views_24h", "removed_at", "repost_of")]
        for table, column in later:
            connection.execute(text(f"alter table {table} drop column {column}"))
        connection.execute(text(f"update {schema.VERSION_TABLE} set version_num = '3'"))
