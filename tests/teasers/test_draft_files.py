"""Files of drafts: known again, never taken for unedited when they are not, measured once more."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import InputError
from outreach.files.contract import sentence
from outreach.keys import platform_of
from outreach.teasers.brief import Brief
from outreach.teasers.draft_checks import check_again
from outreach.teasers.draft_files import book, edited, kept_in, page, whose, with_text
from outreach.teasers.draft_names import Whose
from outreach.teasers.drafts import draft, placement_of
from outreach.teasers.rendering import Templates
from outreach.teasers.shorteners import Short
from outreach.teasers.targets import Target

TEMPLATES = Templates()
BRIEF = Brief("https://example.org/how", "Spring", ("Lost?", "Late?"), ("Look here.",))


def drafts(key="telegram:smm_riga", brief=BRIEF, **more):
    target = Target(key, platform_of(key), **more)
    return draft(brief, [target], TEMPLATES, every_variant=True).drafts


MADE = drafts()
PAGE = page(MADE, "https://t.me/smm_riga")


def findings(text, **more):
    return [tuple(map(str, one.findings)) for one in check_again(text, **more)]


def test_file():
    """What to know, then the text to copy, then the record."""
    (made, _) = drafts("vk:club1", name="SMM <Riga>", rules="no links", deal="barter")
    shown, _, record = page([made], "https://vk.com/club1").rpartition("<!-- outreach draft ")
    assert shown == (
        "# SMM \\<Riga\\>\n\n"
        "- key: `vk:club1`\n- place: https://vk.com/club1\n- rules: no links\n- deal: barter\n\n"
        "## Variant a\n\n"
        f"- link, in the text: {made.link}\n- length: {len(made.text)} of 16384 utf-16\n"
        "- look at: disclosure: barter, but the text does not say so: write a \\[disclosure\\]\n\n"
        f"```text\n{made.text}\n```\n\n"
    )
    assert "--" not in record.removesuffix("-->\n")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
    ],
    ids=["as it was", "Windows line ends", "BOM", "last line end"],
)
def test_what_editors_do_by_themselves_is_no_edit(change):
    """Nor what a version control system does."""
    assert not edited(change(PAGE))


BODY = PAGE.partition("\n\n<!-- outreach")[0]


@given(st.integers(0, len(BODY) - 1), st.sampled_from(["x", "", "Ж", "\n"]))
def test_any_other_change_is_an_edit(at, sign):
    """Each sign of the file counts."""
    changed = BODY[:at] + sign + BODY[at + 1 :]
    assert edited(PAGE.replace(BODY, changed)) == (changed != BODY)


def test_foreign_files_are_edited():
    """A file without our record is somebody's own."""
    assert edited("")
    assert edited("# My notes\n")
    assert kept_in("# My notes\n") == []
    assert kept_in('<!-- outreach draft {"drafts": 1} -->') == []


@pytest.mark.parametrize("wrong", ['"round": 1e999', '"round": "x"', '"round": null'])
def test_a_record_that_was_changed_by_hand_is_none(wrong):
    """Whatever stands in it."""
    assert kept_in(PAGE)
    assert kept_in(PAGE.replace('"round": 1', wrong)) == []


texts = st.text(alphabet=st.sampled_from("ab `~#<>-\n!{}\"'Ж"), min_size=1).map(str.strip).filter(bool)


@given(texts, texts)
def test_texts_come_back_as_they_were(text, comment):
    """Whatever fences, headings and records they hold."""
    made = [replace(one, text=text, comment=comment) for one in MADE]
    kept = kept_in(page(made))
    assert [(one.text, one.comment, one.link, one.sealed) for one in kept] == [
        (text, comment, one.link, True) for one in made
    ]


def test_a_text_that_looks_like_a_file():
    """Its fences, headings and record are text."""
    (one,) = kept_in(page([replace(MADE[0], text=PAGE.strip())]))
    assert one.text == PAGE.strip()


def test_whose_file_it_is():
    """One place's, edited or not; nobody's where several places share it, or where the record is gone."""
    assert whose(PAGE.replace("Lost?", "Gone?")) == Whose("spring", "telegram:smm_riga", 1)
    assert whose(book([*MADE, *drafts("vk:club1")], {})) is None
    assert whose(BODY) is None


def test_one_file_for_all():
    """Is known again as the others are, and each text belongs to its place."""
    made = [*MADE, *drafts("vk:club1")]
    whole = book(made, {})
    assert not edited(whole)
    assert edited(whole.replace("Lost?", "Lost???"))
    assert [(one.natural, one.text) for one in kept_in(whole)] == [
        (placement_of(one).natural, one.text) for one in made
    ]
    assert findings(whole) == [()] * 4


def test_a_link_that_no_ledger_knows():
    """After undo; another one than that of the ledger is told too."""
    known = [placement_of(one) for one in MADE]
    assert findings(PAGE, known=known) == [(), ()]
    assert findings(PAGE, known=[]) == [("the ledger has no post with its link: draft it again",)] * 2
    other = [replace(one, final_url=one.final_url.replace("/how", "/why")) for one in known]
    assert findings(PAGE, known=other)[0] == (f"the ledger has another link for it: {other[0].final_url}",)


def test_nothing_to_mend():
    """A fresh file, and one with notes of a person around the texts."""
    assert findings(PAGE) == [(), ()]
    assert findings(PAGE.replace("## Variant a", "Sent on Monday.\n\n## Variant a") + "\nmy note\n") == [(), ()]


def test_lost_link():
    """It is told which one."""
    gone = PAGE.replace(f"Read on: {MADE[0].link}", "Read on")
    assert findings(gone) == [(f"the link is lost: {MADE[0].link}",), ()]


@pytest.mark.parametrize("other", ["?utm_source=tg", "", "?utm_source=telegram&utm_medium=social"])
def test_changed_link(other):
    """The same page with other tags, or without."""
    changed = PAGE.replace(f"Read on: {MADE[0].link}", f"Read on: https://example.org/how{other}")
    assert findings(changed)[0] == (f"the link was changed: it was {MADE[0].link}",)


def test_longer_link():
    """A link that goes on is another one."""
    assert findings(PAGE.replace(f"Read on: {MADE[0].link}", f"Read on: {MADE[0].link}x"))[0]


@pytest.mark.parametrize("around", ["({}).", "«{}»", "{}!", "[here]({})", "<{}>"])
def test_punctuation_around_a_link_is_no_change(around):
    """A sentence goes on behind it."""
    assert findings(PAGE.replace(f"Read on: {MADE[0].link}", around.format(MADE[0].link)))[0] == ()


def test_link_replaced_in_the_whole_file():
    """The record cannot say any more what it was; the ledger can."""
    changed = PAGE.replace("utm_source=telegram", "utm_source=tg")
    assert findings(changed)[0] == ("the link was changed everywhere in the file: draft it again",)
    known = [placement_of(one) for one in MADE]
    assert findings(changed, known=known)[0] == (f"the link was changed: it was {MADE[0].link}",)


def test_text_that_grew_too_long():
    """By how much."""
    changed = PAGE.replace("Lost?", "Lost?" + "x" * 4096)
    assert findings(changed)[0] == (f"{len(MADE[0].text)} characters too long",)


def test_text_that_is_gone():
    """The heading was removed."""
    assert findings(PAGE.replace("## Variant b", "Variant b"))[1] == ("its text is no longer in the file",)


def test_link_in_a_comment_is_looked_for_there():
    """And one in the profile nowhere."""
    made = drafts(brief=replace(BRIEF, link_place="comment"))
    assert findings(page(made)) == [(), ()]
    assert findings(page(made).replace(f"Read on: {made[0].link}", "Read on"))[0]
    assert findings(page(drafts(brief=replace(BRIEF, link_place="bio")))) == [(), ()]


def test_escaped_link():
    """In Markdown round brackets of a link have a backslash."""
    brief = replace(BRIEF, url="https://example.org/(how)", title="How")
    assert findings(page(drafts("reddit:r/smm", brief))) == [(), ()]


def test_a_link_that_x_cuts():
    """Is told once more, with the address for the brief where the ledger knows it."""
    made = drafts("x:riga", replace(BRIEF, url="https://example.org/պլան"))
    known = [placement_of(one) for one in made]
    assert all(
        "in the brief, write the address as https://example.org/%D5" in said
        for (said,) in findings(page(made), known=known)
    )
    assert all("write the address as https://example.org/%D5" in said for (said,) in findings(page(made)))


def test_addresses_can_be_copied():
    """What people wrote is escaped, addresses in it are not: nobody renders a file to copy from it."""
    page_of = "https://example.org/a_b?c=1&d_e=2#f"
    (made,) = drafts(brief=replace(BRIEF, problem=("Lost?",)))
    written = page([replace(made, rules=f"*read* {page_of}, [x]({page_of})", warnings=(sentence(f"so: {page_of}"),))])
    assert f"- rules: \\*read\\* {page_of}, \\[x\\]({page_of})\n" in written
    assert f"- look at: so: {page_of}\n" in written


def test_published_text():
    """Its link tells where it is; the ledger, whether that link is the right one."""
    known = [placement_of(one) for one in MADE]
    (good,) = check_again(MADE[0].text, known=known)
    assert (good.platform, good.findings, good.measured.length) == ("telegram", (), MADE[0].length)
    changed = MADE[0].text.replace("social", "post")
    assert findings(changed, known=known) == [(f"the link was changed: it was {MADE[0].link}",)]
    other = MADE[0].text.replace(MADE[0].tags["utm_content"], "riga--a-00000")
    assert findings(other, known=known) == [("the ledger has no post with its link",)]
    assert findings(other) == [()]


def test_published_with_a_short_link():
    """The ledger knows both."""
    (made, *_) = draft(
        BRIEF,
        [Target("vk:club1", "vk")],
        TEMPLATES,
        shorten=lambda urls: dict.fromkeys(urls, Short("https://s.example/1")),
    ).drafts
    known = [placement_of(made)]
    assert findings("Lost? https://s.example/1", known=known) == [()]
    assert findings(f"Lost? {made.final_url}", known=known) == [()]


def test_post_without_a_link():
    """Nothing tells where it is: --platform has to."""
    (one,) = check_again("Lost?")
    assert (one.measured, tuple(map(str, one.findings))) == (
        None,
        ("it has no link with utm tags: visits from there cannot be distinguished from others",),
    )
    assert str(check_again("x" * 300, platform="x")[0].findings[0]) == "20 characters too long"


@given(texts, texts)
def test_a_text_put_into_a_file_is_that_of_a_person(text, comment):
    """It comes back as it was put there; the other texts of the file stay, and the file counts as edited."""
    one, other = MADE[:2]
    both = page([replace(one, comment="Old"), replace(other, text="Stays")])
    natural = placement_of(one).natural
    made = with_text(both, natural, text, comment)
    found = {kept.variant: kept for kept in kept_in(made)}
    assert (found["a"].text, found["a"].comment) == (text, comment)
    assert found["b"].text == "Stays"
    assert edited(made)
    assert kept_in(with_text(both, natural, text))[0].comment == "Old"


def test_a_text_of_another_file_has_no_place():
    """Nothing is put where the draft does not stand."""
    other = replace(placement_of(MADE[0]), round=7).natural
    with pytest.raises(InputError):
        with_text(PAGE, other, "Mine")
    with pytest.raises(InputError):
        with_text("my own notes", other, "Mine")
