"""A ledger in a folder that a service copies to other machines is warned about, once for each campaign."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from outreach.campaign.synchronised import service_at, service_of_parts, unwarned_service


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PureWindowsPath(r"C:\Users\anna\OneDrive\clinic"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\anna\OneDrive - Example Ltd\Документы\clinic"), "OneDrive"),
        (PureWindowsPath(r"D:\ONEDRIVE\clinic"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\anna\Dropbox (Personal)\clinic"), "Dropbox"),
        (PureWindowsPath(r"G:\My Drive\clinic"), "Google Drive"),
        (PureWindowsPath(r"G:\Мой диск\clinic"), "Google Drive"),
        (PureWindowsPath(r"C:\Users\anna\Google Drive\clinic"), "Google Drive"),
        (PureWindowsPath(r"C:\Users\anna\iCloudDrive\clinic"), "iCloud"),
        (PureWindowsPath(r"C:\Users\anna\YandexDisk\clinic"), "Yandex Disk"),
        (PurePosixPath("/Users/anna/Library/CloudStorage/OneDrive-Personal/clinic"), "OneDrive"),
        (PurePosixPath("/Users/anna/Library/CloudStorage/GoogleDrive-a@mail.example/My Drive/a"), "Google Drive"),
        (PurePosixPath("/Users/anna/Library/CloudStorage/Dropbox/clinic"), "Dropbox"),
        (PurePosixPath("/Users/anna/Library/Mobile Documents/com~apple~CloudDocs/clinic"), "iCloud"),
        (PurePosixPath("/home/anna/Dropbox/clinic"), "Dropbox"),
        (PurePosixPath("/run/user/1000/gvfs/google-drive:host=mail.example,user=anna/clinic"), "Google Drive"),
        (PurePosixPath("/home/anna/Yandex.Disk/clinic"), "Yandex Disk"),
        (PurePosixPath("/home/anna/Яндекс.Диск/clinic"), "Yandex Disk"),
        (PurePosixPath("/home/anna/clinic"), ""),
        (PurePosixPath("/home/anna/my dropbox ideas/clinic"), ""),
        (PurePosixPath("/home/anna/Dropboxes/onedrives/clinic"), ""),
        (PureWindowsPath(r"C:\Users\icloud\drive\clinic"), ""),
    ],
)
def test_folders_by_their_names(path, service):
    """On Windows, macOS and Linux; a word inside a longer name says nothing."""
    assert service_of_parts(path.parts) == service


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".dropbox", "Dropbox"),
        (".dropbox.cache", "Dropbox"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".tmp.drivedownload", "Google Drive"),
    ],
)
def test_folders_by_what_lies_in_them(tmp_path, marker, service):
    """Whatever the folder is called, and however far below it the campaign lies."""
    inner = tmp_path / "work" / "clients" / "clinic"
    inner.mkdir(parents=True)
    assert service_at(inner) == ""
    (tmp_path / "work" / marker).touch()
    assert service_at(inner) == service


def test_a_folder_that_windows_names(tmp_path, monkeypatch):
    """By the variable that OneDrive sets."""
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "work"))
    (tmp_path / "work" / "clinic").mkdir(parents=True)
    assert service_at(tmp_path / "work" / "clinic") == "OneDrive"
    assert service_at(tmp_path) == ""


def test_a_link_into_such_a_folder(tmp_path):
    """The folder that it leads to counts."""
    real = tmp_path / "Dropbox" / "clinic"
    real.mkdir(parents=True)
    (tmp_path / "clinic").symlink_to(real)
    assert service_at(tmp_path / "clinic") == "Dropbox"


def test_it_is_said_once(tmp_path):
    """For each campaign."""
    first, second = tmp_path / "Dropbox" / "a", tmp_path / "Dropbox" / "b"
    assert [unwarned_service(one) for one in (first, first, second, first)] == ["Dropbox", "", "Dropbox", ""]


def test_it_is_said_again_where_nothing_can_be_remembered(tmp_path, monkeypatch):
    """Better than never."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("OUTREACH_CONFIG_DIR", str(tmp_path / "file"))
    assert [unwarned_service(tmp_path / "Dropbox") for _ in range(2)] == ["Dropbox", "Dropbox"]
