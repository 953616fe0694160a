"""What the ledger exports it reads again."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.campaign.ledger import Placement
from outreach.campaign.ledger.linked import read_links
from outreach.campaign.ledger.placement import checked
from outreach.campaign.ledger.table import placements_table
from outreach.engine import Engine
from outreach.reporting import write
from outreach.tables import DEALS, STATUSES

SIGNS = st.one_of(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), st.sampled_from("\n=+-@'\",;\t"))
TEXTS = st.text(SIGNS, max_size=40)
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=10)
MAYBE = st.none() | TEXTS.filter(bool)
PLACEMENTS = st.builds(
    lambda **values: Placement(**values),  # noqa: PLW0108 - of the class itself all fields would be drawn
    campaign=WORDS,
    resource=st.sampled_from(["telegram:smm_riga", "vk:smm", "facebook:name/baltic%20marketers"]),
    variant=WORDS,
    round=st.integers(1, 999),
    language=st.sampled_from(["", "ru", "hy"]),
    url=TEXTS,
    final_url=st.sampled_from(["https://shop.example/?utm_source=vk&utm_source=vk", "https://t.me/bot?start=x"]),
    utm_source=TEXTS,
    utm_content=TEXTS,
    text=TEXTS,
    comment=MAYBE,
    deal=st.sampled_from(DEALS),
    cost=st.none() | st.integers(0, 10**9).map(lambda cents: cents / 100),
    currency=st.none() | st.sampled_from(["EUR", "RUB"]),
    status=st.sampled_from(STATUSES),
    created_at=st.just("2026-05-12T09:00:00Z"),
    published_at=st.none() | st.sampled_from(["2026-05-12", "2026-05-12T00:00:00Z", "2026-05-12T09:30:00Z"]),
    name=MAYBE,
    promo=MAYBE,
)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.lists(PLACEMENTS, min_size=1, max_size=5, unique_by=lambda one: one.natural))
def test_export_then_import_is_the_identity(tmp_path_factory, form, rows):
    """Signs of formulas, quotes, line breaks and five alphabets come back as they were."""
    path = tmp_path_factory.mktemp("trip") / f"all.{form}"
    kept = [checked(one._replace(id=number)) for number, one in enumerate(rows, 1)]
    with Engine() as engine:
        write(placements_table(engine, kept), form, path)
    read = read_links(path, today=date(2026, 5, 14))
    assert read.bad == ()
    assert [one._replace(id=number) for number, one in enumerate(read.placements, 1)] == kept


def test_an_export_that_excel_saved_again(tmp_path):
    """With semicolons, in cp1251, with its own dates and decimal commas: the same placements."""
    one = Placement(
        id=1, campaign="spring", resource="telegram:smm_riga", final_url="https://shop.example/?a=1;b=2", cost=12.5,
        currency="EUR", text="«Где искать клиентов?»\nЧитайте", published_at="2026-05-12", name="=Рига",
        created_at="2026-05-12T09:00:00Z", status="published", deal="paid",
    )  # fmt: skip
    kept = checked(one)
    with Engine() as engine:
        write(placements_table(engine, [kept]), "csv", tmp_path / "all.csv")
    excel = {"2026-05-12": "12.05.2026", "12.5": "12,5"}
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        rows = [[excel.get(cell, cell) for cell in row] for row in csv.reader(file)]
    with (tmp_path / "again.csv").open("w", encoding="cp1251", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    read = read_links(tmp_path / "again.csv", today=date(2026, 5, 14))
    assert (read.bad, [one._replace(id=1) for one in read.placements]) == ((), [kept])
