"""Drafts as plain text: ready to paste, known again, read back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.keys import platform_of
from outreach.teasers.brief import Brief
from outreach.teasers.draft_checks import check_again
from outreach.teasers.draft_files import page
from outreach.teasers.draft_text import drafts_in, is_edited, is_plain, plain_edited, plain_kept_in, plain_page
from outreach.teasers.drafts import draft, placement_of
from outreach.teasers.rendering import Templates
from outreach.teasers.targets import Target

BRIEF = Brief("https://example.org/how", "Spring", ("Lost?", "Late?"), ("Look here.",))
EVERYWHERE = (
    "telegram:smm_riga", "vk:club1", "x:riga", "instagram:riga", "tiktok:riga", "facebook:1", "reddit:r/smm",
    "bluesky:riga.bsky.social", "mastodon:riga@mastodon.social", "pinterest:riga", "web:example.org/blog",
)  # fmt: skip


def drafts(key="telegram:smm_riga", brief=BRIEF, **more):
    return draft(brief, [Target(key, platform_of(key), **more)], Templates(), every_variant=True).drafts


MADE = drafts()
PAGE = plain_page(MADE)


def test_the_file():
    """The text stands first and whole; comment, title and link on their own; no front matter."""
    (made, _) = drafts("facebook:1", replace(BRIEF, title="Lost requests", link_place="comment"))
    text, comment, title, link, end = plain_page([made]).split("\n====")
    assert text == made.text + "\n"
    assert comment.startswith(" First comment ====\n")
    assert made.link in comment
    assert title == " Title ====\nLost requests\n"
    assert link == f" Link, in the first comment ====\n{made.link}\n"
    assert end.startswith(" Outreach draft: spring, facebook:1, variant a, round 1, longest ")
    assert end.endswith(" ====\n")


@pytest.mark.parametrize("key", EVERYWHERE)
def test_it_is_read_back(key):
    """Text, comment, link and limit, as from the Markdown file; nothing is to mend in either."""
    made = [replace(one, comment="Below" if one.link_place == "text" else one.comment) for one in drafts(key)]
    plain, marked = plain_kept_in(plain_page(made)), drafts_in(page(made))
    assert [replace(one, picture=False) for one in marked] == plain
    assert [one.natural for one in plain] == [placement_of(one).natural for one in made]
    assert [one.findings for one in check_again(plain_page(made))] == [(), ()]
    assert [one.measured for one in check_again(plain_page(made))] == [one.measured for one in check_again(page(made))]


@pytest.mark.parametrize(
    "change", [lambda text: text, lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text, str.strip]
)
def test_what_editors_do_by_themselves_is_no_edit(change):
    """Line ends, a BOM, blanks at the end."""
    assert not plain_edited(change(PAGE))


@given(st.integers(0, len(MADE[0].text) - 1), st.sampled_from(["x", "Ж", "="]))
def test_a_changed_text_is_an_edit(at, sign):
    """And one below the last line, and a file without that line."""
    changed = PAGE[:at] + sign + PAGE[at + 1 :]
    assert plain_edited(changed) == (changed != PAGE)
    assert plain_edited(PAGE + "and more")
    assert plain_edited(PAGE.rpartition("====")[0])


def test_an_edit_is_measured():
    """A text that grew too long, and a link that was lost."""
    (one, _) = check_again(PAGE.replace("Lost?", "Lost?" * 1000, 1))
    assert one.measured is not None
    assert one.measured.over > 0
    (lost, _) = check_again(PAGE.replace(MADE[0].link, "https://example.org/how", 1))
    assert [finding.code for finding in lost.findings] == ["link-changed"]
    everywhere = PAGE.replace(MADE[0].link, "https://example.org/how")
    assert [finding.code for finding in check_again(everywhere)[0].findings] == ["link-changed-everywhere"]
    gone = PAGE.replace(MADE[0].text, "", 1)
    assert [finding.code for finding in check_again(gone)[0].findings] == ["text-gone"]


def test_a_text_that_looks_like_a_file():
    """Its bars are text: ours are longer."""
    for text in (PAGE.strip(), "==== First comment ====\nno"):
        whole = plain_page([replace(MADE[0], text=text), MADE[1]])
        assert not plain_edited(whole)
        assert [(one.text, one.comment) for one in plain_kept_in(whole)] == [(text, ""), (MADE[1].text, "")]


def test_both_kinds_of_files():
    """Each is told by what is in it."""
    assert is_plain(PAGE)
    assert not is_plain(page(MADE))
    assert not is_edited(PAGE)
    assert not is_edited(page(MADE))
    assert is_edited("notes")
    assert drafts_in("notes") == []
