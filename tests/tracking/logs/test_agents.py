"""Readers in the browsers of apps are people; what watches a server, tries it or reads its feeds is none."""

from pathlib import Path

import pytest

from outreach.tracking.logs import bots
from outreach.tracking.logs.bots import CRAWLER, PERSON, PREVIEW, kind_of

AGENTS = Path(__file__).parents[3] / "benchmarks" / "agents"


@pytest.mark.parametrize("agent", (AGENTS / "readers.txt").read_text("utf-8").splitlines())
def test_a_browser_inside_of_an_app_is_a_person(agent):
    """Lists of robots name the apps, which fetch links too: with another agent."""
    assert kind_of(agent) == PERSON


@pytest.mark.parametrize("agent", (AGENTS / "watchers.txt").read_text("utf-8").splitlines())
def test_what_watches_a_server_is_no_person(agent):
    """It asks every minute, and would be the most faithful reader."""
    assert kind_of(agent) == CRAWLER


@pytest.mark.parametrize(
    "agent",
    [
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "WhatsApp/2.23.20.0 A",
        "TelegramBot (like TwitterBot)",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_10) AppleWebKit/600.2.5 (compatible; Discordbot/2.0; +https://discordapp.com)",
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Twitterbot/1.0",
    ],
)
def test_what_a_network_sends_itself_stays_a_preview(agent):
    """It names the app as well, and no browser on somebody's device."""
    assert kind_of(agent) in {PREVIEW, CRAWLER}


def test_a_version_of_android_is_no_robot():
    """All telephones of one version name the same build."""
    android = "Mozilla/5.0 (Linux; Android 15; CPH2557 Build/AP3A.240617.008) AppleWebKit/537.36 Chrome/142.0 Safari"
    assert kind_of(android) == PERSON


@pytest.mark.parametrize(
    "agent",
    [
        "wrk2.0.5 kube-probe",
        "wrk2.5/1",
        "rss2email/3.13",
        "k6/0.49",
        "1.2bot",
        "http.rb/5.1",
        "2.0check/1",
        "curl/8.5.0",
    ],
)
def test_no_pattern_of_ours_asks_for_a_version(agent):
    assert bots._unlisted(bots.VERSION.sub("1.0", agent)) == bots._unlisted(agent)
