"""What of a file reaches the ledger: nothing that names a person, nothing that a database refuses."""

from __future__ import annotations

from datetime import date

import pytest

from outreach.campaign.ledger import open_ledger
from outreach.campaign.ledger.results import Results
from outreach.engine import Engine
from outreach.errors import InputError
from outreach.tracking.base import ImportOptions
from outreach.tracking.importing import keep, read


@pytest.fixture
def kept(tmp_path):
    """Import a text; give the rows that the ledger has of it, and the bytes of the ledger."""

    def bring(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        results = Results(open_ledger(tmp_path / "outreach.db").database)
        with Engine() as engine:
            keep(results, read([str(path)], ImportOptions(engine, lambda: b"secret", date(2026, 6, 15))))
        return results.sums(), (tmp_path / "outreach.db").read_bytes()

    return bring


@pytest.mark.parametrize("value", ["canary@x.example", "canary%40x.example", "to-canary@x.example-1"])
def test_addresses_in_tags_are_not_kept(kept, value):
    """Mail tools put the reader's address into links."""
    rows, database = kept("people.csv", f"Date,Email,utm_source,utm_content\n2026-05-02,a@b.example,mail,{value}\n")
    assert [row.utm_content for row in rows] == ["(personal)"]
    assert b"canary" not in database


def test_telephone_numbers_in_codes_are_not_kept(kept):
    """Neither with its country nor as bare digits."""
    people = "Date,Email,Promo code\n2026-05-02,a@b.example,+371 2000-1234\n2026-05-02,b@b.example,20261234567\n"
    rows, database = kept("people.csv", people)
    assert sorted(row.promo for row in rows) == ["(personal)"]
    assert b"2000-1234" not in database


def test_halves_of_characters_and_control_characters_are_dropped(kept):
    """JSON may hold both: one stops a database, the other tells a terminal what to do."""
    label = "spring\\ud800\\u001b]0;x\\u0007\\u0000"
    rows, _ = kept("report.json", f'[{{"label":"{label}","nb_visits":5,"nb_conversions":1}}]')
    assert {row.utm_campaign for row in rows} == {"spring]0;x"}


def test_a_count_of_thousands_of_digits_is_told(kept):
    """Python makes no numbers of them."""
    with pytest.raises(InputError, match="line 2: a count larger than any real site has"):
        kept("sheet.csv", f"place,visits,conversions\nvk:one,{'9' * 5000},0\n")
