"""A made-up clinic with posts in October and November."""

import pytest

from outreach.campaign.ledger import Placement, open_ledger
from outreach.campaign.ledger.imports import Import, Result
from outreach.campaign.ledger.results import Results

PLACES = (("telegram:rigalife", "Рига Life"), ("facebook:rigamamas", "Рижские мамы"), ("telegram:hayriga", "Հայեր"),
          ("telegram:hostile", '<script>alert(1)</script>"\u202e' + "x" * 300))  # fmt: skip


@pytest.fixture
def clinic(tmp_path, monkeypatch):
    """A folder with lists, and a ledger of two months: visits by day, enquiries and customers one by one."""
    monkeypatch.chdir(tmp_path)
    ledger = open_ledger("outreach.db")
    posts, visits, enquiries, paid = [], [], [], []
    for month in (10, 11):
        for number, (key, name) in enumerate(PLACES):
            content = f"p{number}-{month}"
            posts.append(Placement(
                campaign="autumn", resource=key, name=name, round=month - 9, status="published", deal="paid",
                cost=20.5 + 10 * number + month, currency="EUR", published_at=f"2026-{month}-{3 + number:02}",
                post_url=f"https://t.me/post/{month}{number}", utm_campaign="autumn", utm_content=content,
                utm_source=key.partition(":")[0], final_url=f"https://zobi.example/?utm_content={content}",
            ))  # fmt: skip
            for day in (5, 12, 29):
                link = {"day": f"2026-{month}-{day:02}", "utm_content": content, "utm_campaign": "autumn",
                        "utm_source": key.partition(":")[0]}  # fmt: skip
                visits.append(Result(**link, denominator=40 + 10 * number))
                for one in range(5 - number):
                    event = f"{month}{number}{day}{one}"
                    enquiries.append(Result(**link, numerator=1, event_id=f"e{event}"))
                    if one % 2:
                        paid.append(Result(**link, numerator=1, event_id=f"c{event}"))
    ledger.put(posts)
    days = {"period_start": "2026-10-01", "period_end": "2026-11-30"}
    Results(ledger.database).put_all([
        (Import(sha256="a", tool="plausible", source_name="zobi.example", grain="day", unit="visit", **days), visits),
        (Import(sha256="b", tool="list", source_name="enquiries.csv", grain="event", kind="enquiry"), enquiries),
        (Import(sha256="c", tool="list", source_name="clients.csv", grain="event", kind="paid"), paid),
    ])  # fmt: skip
    names = dict(PLACES)
    rows = [
        f'Customer {who},t.me/place{place},"{names["telegram:hostile"].replace(chr(34), chr(34) * 2)} {place}",6000\n'
        for who in range(9) for place in range(30) if (who * place) % 4 != 1
    ]  # fmt: skip
    tmp_path.joinpath("likes.csv").write_text("customer,resource,name,subscribers\n" + "".join(rows), encoding="utf-8")
    return tmp_path
