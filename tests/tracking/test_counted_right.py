"""Files that were counted wrongly in silence, with what a person counts in them; all of it is made up."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from outreach.campaign.ledger import Placement, open_ledger
from outreach.cli import main

DATA = Path(__file__).parent / "data" / "counted_right"
OURS, NOBODYS, UNTAGGED = "vk:marketing_club", "(not in the ledger)", "(untagged)"
PLACES = {
    OURS: "marketing-club--a-ckwxs",
    "telegram:growth_channel": "growth-channel--a-zq1ex",
    "reddit:r/marketing": "r-marketing--a-1xxxx",
    "facebook:growthlab": "growthlab--a-2xxxx",
}
SAMPLE = {
    "telegram:smm_riga": "smm-riga--a-2q954",
    "facebook:contentoodlery": "contentoodlery--a-dx9h1",
    "vk:club5": "club5--b-2kyex",
}


@pytest.fixture
def counted(tmp_path, monkeypatch):
    """Run ``track`` on files beside a ledger; give its lines by place, and what it said."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, places=PLACES, campaign="spring"):
        open_ledger("outreach.db").put(
            [
                Placement(
                    campaign=campaign, resource=key, platform=key.partition(":")[0], utm_medium="social",
                    utm_source=key.partition(":")[0], utm_campaign=campaign, utm_content=content,
                    final_url=f"https://example.com/?utm_content={content}", status="published",
                )
                for key, content in places.items()
            ]
        )  # fmt: skip
        given = [str(DATA / one) if (DATA / one).is_file() else one for one in arguments]
        done = CliRunner().invoke(main, ["track", *given, "--format", "json"])
        assert done.exit_code == 0, done.stderr
        return {line["resource"]: line for line in json.loads(done.stdout)}, done.stderr

    return run


@pytest.mark.parametrize(
    ("files", "place", "visits"),
    [
        (["fmt_syslog.log"], OURS, 8),
        (["goaccess2002.log"], OURS, 2),
        (["inapp.log"], NOBODYS, 5),
        (["redir_min.log"], OURS, 1),
        (["rot.log.1", "rot.log"], OURS, 16),
        (["ga4_sm.csv"], NOBODYS, 650),
        (["ga4_sm.csv"], UNTAGGED, 400),
        (["utm_sources.csv"], NOBODYS, 25),
        (["ga4_min_snapshot.csv"], NOBODYS, 10),
        (["ga4_min_snapshot.csv"], UNTAGGED, 5),
        (["ga4_sm.csv", "--by", "platform"], "(not in the ledger: vk)", 600),
        (["ga4_sm.csv", "--by", "platform"], "(not in the ledger: telegram)", 50),
    ],
)
def test_visits(counted, files, place, visits):
    """Each file with the visits of the place."""
    assert counted(*files)[0][place]["denominator"] == visits


@pytest.mark.parametrize(
    ("files", "conversions", "revenue"),
    [
        (["steal_min.log", "--goal-path", "/thanks"], 1, None),
        (["lines_dup_price.csv"], 1, 40),
        (["tilda_cookies.csv"], 1, None),
        (["same_phone.csv"], 1, None),
        (["num_naira.csv"], 2, None),
    ],
)
def test_conversions(counted, files, conversions, revenue):
    """Each file with the conversions of the place, and what they brought."""
    line = counted(*files)[0][OURS]
    assert (line["conversions"], line["revenue"]) == (conversions, revenue)


def test_users_of_several_days_get_no_rate(counted):
    """Thirty are not thirty people."""
    lines, said = counted("ga4_users_days.csv")
    assert (lines[OURS]["denominator"], lines[OURS]["rate"]) == (30, None)
    assert "count once on each day" in said


def test_an_unknown_stage_is_asked_for(counted):
    """Nobody is told that it was not paid."""
    lines, said = counted("tilda_orders.csv")
    assert lines[NOBODYS]["conversions"] == 0
    assert "Входящие (2)" in said
    assert "--paid" in said
    assert "not paid" not in said


def test_a_site_of_matomo(counted):
    """The campaign alone tells no place, and is counted."""
    line = counted("matomo_sites.xml")[0][NOBODYS]
    assert (line["denominator"], line["conversions"]) == (5, 1)


def test_scans_of_a_code(counted):
    """They are clicks."""
    line = counted("qr_scans.csv")[0][OURS]
    assert (line["unit"], line["clicks"], line["conversions"]) == ("click", 3, None)


def test_places_with_visits_and_no_sign_up(counted):
    """They have none, with the range of none of so many."""
    lines, _ = counted("visits_typed.csv", "sign_ups_of_one.csv", places=SAMPLE, campaign="ten-posts-spring-2026")
    assert {key: (line["denominator"], line["conversions"]) for key, line in lines.items()} == {
        "facebook:contentoodlery": (90, 4),
        "telegram:smm_riga": (100, 0),
        "vk:club5": (80, 0),
    }
    assert all(line["rate_high"] > 0 for line in lines.values())
