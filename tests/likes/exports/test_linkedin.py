"""LinkedIn's companies and people followed."""

from pathlib import Path

import pytest

from outreach.keys import name_key
from outreach.likes.exports.base import Like

DATA = Path(__file__).parent / "data" / "linkedin"


@pytest.fixture
def told(read):
    """Return a function that reads one of our files."""

    def run(inner):
        return read(inner, DATA / inner)

    return run


def test_companies(told):
    """By name, with commas in it; a date that is none is left out."""
    companies = told("Company Follows.csv")
    assert (companies.reader, companies.listed) == ("linkedin", {"linkedin"})
    assert companies.likes == [
        Like("linkedin", name="Baltic Marketers", followed_at="2024-06-18T12:03:31Z", line=2),
        Like("linkedin", name="Кофе, чай и реклама", followed_at="2024-01-01T00:00:00Z", line=3),
        Like("linkedin", name="Ελληνική Εταιρεία", followed_at="", line=4),
    ]
    assert companies.rejected == [(5, "no name in this record")]
    assert name_key(companies.likes[0].name, "linkedin") == "linkedin:name/baltic%20marketers"


def test_members_by_status(told):
    """Who was unfollowed is not counted, and said; another status is refused."""
    members = told("Member_Follows.csv")
    assert [(like.name, like.followed_at, like.line) for like in members.likes] == [
        ("Ann Sample", "2023-04-23", 2),
        ("Օլգա, SMM", "2023-04-17", 4),
    ]
    assert members.rejected == [
        (5, "a status that is neither Active nor Unfollow"),
        (6, "no name in this record"),
    ]
    assert members.remarks == ["1 follow that has ended, not counted"]


@pytest.mark.parametrize(
    ("inner", "name", "line"),
    [
        ("Company_Follows_123.csv", "Baltic Marketers", 5),
        ("Member_Follows_987654.csv", "Ann Sample", 5),
        ("saved_again/Company Follows.csv", "Baltic Marketers", 2),
    ],
)
def test_notes_before_the_header_and_other_separators(told, inner, name, line):
    """The header is looked for, and lines are those of the file."""
    told = told(inner)
    assert [(like.name, like.line) for like in told.likes] == [(name, line)]
    assert not told.remarks


def test_headers_in_another_language(told):
    """The name of the file and the place of the columns tell, and that is said."""
    companies = told("dutch/Company Follows.csv")
    assert [like.name for like in companies.likes] == ["Baltic Marketers"]
    assert companies.remarks == ["headers in another language: read by position"]


def test_a_sentence_in_place_of_a_table_is_an_empty_list(told):
    """An answer as well."""
    empty = told("empty/Company Follows.csv")
    assert (empty.listed, empty.likes, empty.rejected) == ({"linkedin"}, [], [])


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Connections.csv", "connections: people, not places"),
        ("Hashtag_Follows.csv", "hashtags, not accounts"),
        ("Invitations.csv", "invitations to connect"),
    ],
)
def test_other_tables_are_passed_over(told, name, why):
    """They could be taken for lists of follows."""
    other = told(name)
    assert (other.reader, other.passed, other.likes, other.listed) == ("linkedin", [why], [], set())


def test_real_files_give_what_a_person_counts(read, shared):
    """28 of 43 people are still followed."""
    folder = shared / "linkedin"
    members = read("Member_Follows.csv", folder / "ankitdhal__LinkedinProfileAnalysis__Member_Follows.redacted.csv")
    assert (len(members.likes), members.remarks) == (28, ["15 follows that have ended, not counted"])
    connections = read("Connections.csv", folder / "ankitdhal__LinkedinProfileAnalysis__Connections.redacted.csv")
    assert connections.passed == ["connections: people, not places"]
