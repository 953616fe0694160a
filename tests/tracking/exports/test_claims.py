"""Each reader claims its own files and nobody else's."""

from pathlib import Path

import pytest

from outreach.files.source import Source
from outreach.tracking.exports import READERS
from outreach.tracking.find import find_files

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
OURS = sorted(path for path in (HERE / "data").rglob("*") if path.is_file())
SAMPLES = sorted(path for path in (ROOT / "sample_data").iterdir() if path.is_file())


def claimant(path, engine):
    (opened,) = [one for one in find_files([str(path)], engine.folder) if isinstance(one, Source)]
    found = READERS.claimed(opened)
    return found.name if found else None


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_files_lie_in_the_folder_of_the_reader_that_claims_them(engine, path):
    """One and only one."""
    assert claimant(path, engine) == path.relative_to(HERE / "data").parts[0].replace("_", "-")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_lists_of_customers_are_claimed_by_none(engine, path):
    """They are the other half of the program."""
    assert claimant(path, engine) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name,visitors\n",
        "Campaign,Visits\nspring,3\n",
        "label,value\na,1\n",
        "date,visitors\n2026-05-01,3\n",
        "link,clicks\nhttps://bit.ly/a,3\n",
        "place,link,date,views,clicks,visits,conversions\nvk,https://bit.ly/a,2026-05-01,9,3,2,1\n",
        "Country,Clicks,Impressions,CTR,Position\nLV,3,9,33%,2\n",
        "Session source / medium,Sessions\nvk / social,3\n",
        '{"query": {"dimensions": ["ym:s:lastsignUTMSource"], "metrics": ["ym:s:visits"]}, "data": []}',
        '{"dimensionHeaders": [{"name": "date"}], "metricHeaders": [{"name": "sessions"}], "rows": []}',
        '{"level": "info", "request": {"uri": "/?label=x"}}\n{"level": "info"}\n',
        "<html><body>nb_visits</body></html>",
        "{",
        "[",
    ],
)
def test_files_of_others_are_not_ours(engine, tmp_path, text):
    """Near misses, and texts that are nothing."""
    path = tmp_path / "other"
    path.write_text(text or "\n", encoding="utf-8")
    ours = {"plausible-export", "plausible-dashboard", "plausible-api", "matomo", "short-links"}
    assert claimant(path, engine) not in ours
