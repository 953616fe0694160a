"""Drafts as one Word document: what stands in it, and that a person's changes are seen."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest

from outreach.keys import platform_of
from outreach.messages import describe
from outreach.reporting.draft_document import document, document_edited, is_document, same_document
from outreach.teasers.brief import Brief
from outreach.teasers.drafts import draft
from outreach.teasers.rendering import Templates
from outreach.teasers.targets import Target

BRIEF = Brief("https://example.org/how", "Spring", ("Lost?\nAgain?", "Late?"), ("Look here.",), title="How")
TARGETS = [Target("telegram:smm_riga", "telegram", name="SMM Riga", rules="no links"), Target("facebook:1", "facebook")]


def drafts(targets=TARGETS, brief=BRIEF):
    return draft(brief, targets, Templates(), every_variant=True).drafts


def written(made, addresses=None):
    return document(made, addresses or {})


def paragraphs(content):
    return [(one.style.name, one.text) for one in docx.Document(io.BytesIO(content)).paragraphs]


def test_a_heading_a_place():
    """Below it the address, the rules, and of each variant title, text, link and warnings, in the drafts' order."""
    made = drafts()
    made[0] = replace(
        made[0], comment="Below:\nmore", warnings=drafts([Target("instagram:a", "instagram")])[0].warnings
    )
    found = paragraphs(written(made, {"telegram:smm_riga": "https://t.me/smm_riga"}))
    assert [text for style, text in found if style == "Heading 1"] == ["SMM Riga", "facebook:1"]
    first = made[0]
    at = found.index(("Heading 1", "SMM Riga"))
    assert found[at : at + 13] == [
        ("Heading 1", "SMM Riga"),
        ("Normal", "https://t.me/smm_riga"),
        ("Normal", "Rules of the place: no links"),
        ("Heading 2", "Title, variant a"),
        ("Normal", "How"),
        ("Heading 2", "Text, variant a"),
        ("Normal", first.text),
        ("Caption", f"Length: {first.length} of {first.limit} ({first.unit})"),
        ("Heading 2", "Link, variant a, in the text"),
        ("Normal", first.link),
        ("Heading 2", "First comment, variant a"),
        ("Normal", "Below:\nmore"),
        ("Heading 2", "To look at, variant a"),
    ]
    assert found[at + 13] == ("List Bullet", describe(first.warnings[0]))


def test_the_same_drafts_give_the_same_bytes():
    """Whatever the clock says; a document of others is another one."""
    assert written(drafts()) == written(drafts())
    assert not same_document(written(drafts()), written(drafts(TARGETS[:1])))
    with zipfile.ZipFile(io.BytesIO(written(drafts()))) as package:
        assert {info.date_time for info in package.infolist()} == {(2000, 1, 1, 0, 0, 0)}


def test_a_saved_document_is_edited():
    """By whatever program; one as it was written is not, and a foreign one is none of ours."""
    made = written(drafts())
    assert is_document(made)
    assert not document_edited(made)
    opened = docx.Document(io.BytesIO(made))
    opened.paragraphs[-1].add_run(" (agreed)")
    stream = io.BytesIO()
    opened.save(stream)
    assert is_document(stream.getvalue())
    assert document_edited(stream.getvalue())
    foreign = io.BytesIO()
    docx.Document().save(foreign)
    assert not is_document(foreign.getvalue())


@pytest.mark.parametrize("content", [b"", b"PK", b"no package", b"PK\x03\x04" + bytes(80)])
def test_what_is_no_package(content):
    """Is somebody's own."""
    assert not is_document(content)
    assert document_edited(content)


def test_strangers_texts_are_texts():
    """What XML cannot hold is replaced, markup stays a text, and only an address opens."""
    target = Target("vk:club1", platform_of("vk:club1"), name="<b>&\x00\ud800 Riga", rules="\x1b[31m")
    content = written(drafts([target]), {"vk:club1": "javascript:alert(1)"})
    assert ("Heading 1", "<b>&\ufffd\ufffd Riga") in paragraphs(content) or ("Heading 1", "<b>& Riga") in paragraphs(
        content
    )
    targets = [one.target_ref for one in docx.Document(io.BytesIO(content)).part.rels.values() if one.is_external]
    assert targets
    assert all(one.startswith("https://") for one in targets)
