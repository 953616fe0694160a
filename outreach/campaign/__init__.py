"""The campaign folder: its file ``outreach.toml``, which remembers what nobody wants to type twice."""

from __future__ import annotations

from outreach.campaign.find import FILE, find_campaign_file
from outreach.campaign.settings import Campaign, Settings, read_campaign

__all__ = ["FILE", "Campaign", "Settings", "find_campaign_file", "read_campaign"]
