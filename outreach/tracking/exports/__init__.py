"""One export format a file; this registry is all that the rest of the program knows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.files.contract import Registry

if TYPE_CHECKING:
    from outreach.tracking.base import ResultsReader

__all__ = ["READERS"]

READERS: Final[Registry[ResultsReader]] = Registry(
    "outreach.results",
    "outreach.tracking.exports",
    (
        "access_log:AccessLog",
        "counts:Counts",
        "ga4_api:Ga4Api",
        "ga4_csv:Ga4Csv",
        "hand_sheet:HandSheet",
        "hits:Hits",
        "matomo:Matomo",
        "metrica_api:MetricaApi",
        "metrica_logs:MetricaLogs",
        "metrica_report:MetricaReport",
        "plausible_api:PlausibleApi",
        "plausible_dashboard:PlausibleDashboard",
        "plausible_export:PlausibleExport",
        "short_links:ShortLinks",
        "sign_ups:SignUps",
        "unmatched_sheet:UnmatchedSheet",
    ),
)
