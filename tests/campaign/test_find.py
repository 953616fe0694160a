"""The campaign's file is found in the folder or above it, never where somebody else decides."""

import os

import pytest

from outreach.campaign.find import FILE, find_campaign_file
from outreach.errors import InputError


@pytest.fixture
def home(tmp_path):
    """A home folder with a campaign in it."""
    inner = tmp_path / "home" / "clinic" / "lists" / "spring"
    inner.mkdir(parents=True)
    (tmp_path / "home" / "clinic" / FILE).write_text("", encoding="utf-8")
    return tmp_path / "home"


def test_found_in_the_folder_and_above_it(home):
    """As far as the home folder, which counts too."""
    clinic = home / "clinic"
    assert find_campaign_file(clinic, home) == clinic / FILE
    assert find_campaign_file(clinic / "lists" / "spring", home) == clinic / FILE
    (home / FILE).write_text("", encoding="utf-8")
    assert find_campaign_file(home, home) == home / FILE
    (home / "other").mkdir()
    assert find_campaign_file(home / "other", home) == home / FILE


def test_nothing_above_the_home_folder(home):
    """A file above it may be anybody's."""
    (home.parent / FILE).write_text("", encoding="utf-8")
    assert find_campaign_file(home, home) is None


def test_outside_the_home_folder_only_the_folder_itself(home, tmp_path):
    """Such as on a disk that several people use."""
    clinic, elsewhere = home / "clinic", tmp_path / "nobody"
    assert find_campaign_file(clinic, elsewhere) == clinic / FILE
    assert find_campaign_file(clinic / "lists", elsewhere) is None


def test_a_folder_of_that_name_is_no_file(tmp_path):
    """Whoever made it meant something else."""
    (tmp_path / FILE).mkdir()
    assert find_campaign_file(tmp_path, tmp_path) is None


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="owners of files are a matter of POSIX")
def test_a_file_of_another_user_is_refused(home, monkeypatch):
    """It could name that user's database or templates."""
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(InputError, match="belongs to another user"):
        find_campaign_file(home / "clinic", home)
