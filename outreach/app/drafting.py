"""The texts of an open campaign: its brief, its places, its drafts, as ``outreach draft`` makes and writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from outreach.app.ledgers import ledger_of, setting_or_usual
from outreach.campaign.clock import this_day
from outreach.campaign.values import is_there, value_of
from outreach.errors import InputError, OptionError, OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outreach.app.desk import Desk
    from outreach.campaign.ledger import Placement
    from outreach.campaign.settings import Campaign
    from outreach.messages import Message
    from outreach.teasers.brief import Brief
    from outreach.teasers.draft_plan import Plan
    from outreach.teasers.drafts import Draft, Drafted, Unfit
    from outreach.teasers.targets import Target

__all__ = [
    "FIELDS", "Work", "answers_in", "brief_path", "copy", "edit", "preview", "publish", "save_brief", "state_of",
    "take_back", "with_scheme", "work_on", "write",
]  # fmt: skip

_HOST: Final = re.compile(r"(?!\w[\w+.-]*:(?!\d))[^\s/@?#]+\.[^\s/@?#.:]{2,}(?::\d+)?(?:[/?#]\S*)?")
"""An address whose beginning was left out, as people type it."""

FIELDS: Final = ("problem", "solution", "bonus", "url", "author", "language", "campaign")
"""What the form asks of a brief: six answers, and the name that stands in the links."""
USUAL_NETWORKS: Final = ("telegram", "facebook", "instagram", "x")
"""Previewed where neither the places nor the settings name any."""
MOST_PREVIEWS: Final = 6


@dataclass(frozen=True, slots=True)
class Work:
    """All texts of a campaign, and what of them is written.

    Args:
        brief: Of the article.
        targets: Places that get a text.
        drafted: What came of both.
        plan: Which files that would write; None where nothing is drafted.
        known: Placements of the ledger.
        remarks: What there is to say about the sheet, and about several texts.

    """

    brief: Brief
    targets: tuple[Target, ...]
    drafted: Drafted
    plan: Plan | None
    known: tuple[Placement, ...]
    remarks: tuple[Message, ...]

    @property
    def drafts(self) -> Sequence[Draft]:
        """The drafts, those that a person edited with his text."""
        return self.plan.drafts if self.plan else self.drafted.drafts

    @property
    def unwritten(self) -> int:
        """How many files or placements writing would make or change."""
        from outreach.teasers.drafts import placement_of

        naturals = {one.natural for one in self.known}
        new = [one for one in self.drafts if not one.frozen and placement_of(one).natural not in naturals]
        return max(len(new), len(self.plan.texts) if self.plan else 0)

    def draft(self, name: str) -> Draft:
        """Return a draft by the tag of its link, by which pages call it.

        Raises:
            InputError: There is none.

        """
        found = next((one for one in self.drafts if one.tags["utm_content"] == name), None)
        if found is None:
            raise InputError("there is no such text any more", hint="reload the page")
        return found

    def placement(self, draft: Draft) -> Placement | None:
        """Return what the ledger has of a draft."""
        from outreach.teasers.drafts import placement_of

        natural = placement_of(draft).natural
        return next((one for one in self.known if one.natural == natural), None)

    def edited(self, draft: Draft) -> bool:
        """Return whether a person changed the file of a draft."""
        return self.plan is not None and self.plan.file_of(draft) in self.plan.edited

    def findings(self, draft: Draft) -> tuple[Message, ...]:
        """Return what a check of a draft's file finds, as ``outreach draft --check`` does."""
        from outreach.teasers.draft_checks import check_again

        if self.plan is None:
            return ()
        content = self.plan.file_of(draft).read_bytes().decode("utf-8", "replace")
        found = check_again(content, known=self.known or None)
        return tuple(
            finding
            for one in found
            if (one.resource, one.variant) == (draft.resource, draft.variant)
            for finding in one.findings
        )


def brief_path(desk: Desk, campaign: Campaign) -> Path:
    """Return where the brief of a campaign is, written or not.

    Raises:
        InputError: It is outside the campaign's folder.

    """
    return desk.within(Path(setting_or_usual(campaign, "brief")))


def answers_in(desk: Desk) -> dict[str, tuple[str, ...]]:
    """Return what the brief answers, by the names of :data:`FIELDS`; what the settings say where there is none yet.

    Raises:
        InputError: The brief cannot be used.

    """
    from outreach.teasers.brief import read_brief

    campaign = desk.campaign()
    path = brief_path(desk, campaign)
    if not path.exists():
        known = campaign.settings
        usual = {"campaign": known.client, "language": known.language or known.my_language}
        return {name: (usual[name],) if usual.get(name) else () for name in FIELDS}
    brief = read_brief(path, campaign.settings)
    found = {name: getattr(brief, name) for name in FIELDS}
    return {name: value if isinstance(value, tuple) else (value,) if value else () for name, value in found.items()}


def with_scheme(address: str) -> str:
    """Return an address with the beginning that people leave out.

    Example:
        >>> [with_scheme(one) for one in ("zobi.example/a?b=c", "http://zobi.example", "mailto:a@b.example", "soon")]
        ['https://zobi.example/a?b=c', 'http://zobi.example', 'mailto:a@b.example', 'soon']

    """
    return f"https://{address}" if _HOST.fullmatch(address) else address


def _answered(desk: Desk, campaign: Campaign, answers: Mapping[str, Sequence[str]], language: str) -> str:
    """Return the text of the brief with answers, which make one that can be used."""
    from outreach.teasers.brief import brief_in_text
    from outreach.teasers.brief_editing import answered_brief

    path = brief_path(desk, campaign)
    more = {} if path.exists() else {"company": [campaign.settings.client], "market": [campaign.settings.market]}
    text = answered_brief(path, {**more, **answers}, language)
    brief_in_text(text, path.name, campaign.settings)
    return text


def save_brief(desk: Desk, answers: Mapping[str, Sequence[str]], language: str) -> None:
    """Write answers into the brief.

    Args:
        desk: The campaign.
        answers: Name to its texts.
        language: Of the notes in a new brief.

    Raises:
        OutreachError: An answer cannot be used, or the brief cannot be written; then it stays as it was.

    """
    from outreach.teasers.brief_editing import keep_brief

    campaign = desk.campaign()
    keep_brief(brief_path(desk, campaign), _answered(desk, campaign, answers, language))


def preview(desk: Desk, answers: Mapping[str, Sequence[str]], language: str) -> list[Draft | Unfit]:
    """Return what answers would give in each network of the places: the text of its first place.

    Raises:
        OutreachError: The answers make no brief.

    """
    from outreach.teasers.brief import brief_in_text
    from outreach.teasers.drafts import draft
    from outreach.teasers.rendering import Templates
    from outreach.teasers.targets import Target

    campaign = desk.campaign()
    text = _answered(desk, campaign, answers, language)
    brief = brief_in_text(text, "brief", campaign.settings)
    first: dict[str, Target] = {}
    for target in _targets(campaign, ())[0]:
        first.setdefault(target.platform, target)
    names = campaign.settings.platforms or USUAL_NETWORKS
    targets = list(first.values()) or [Target(f"{name}:place", name) for name in names]
    templates = Templates(value_of(campaign, "templates") or None)
    drafted = draft(brief, targets[:MOST_PREVIEWS], templates, anyway=True, regulated=campaign.settings.field)
    return [*drafted.drafts, *drafted.unfit]


def _targets(campaign: Campaign, more: Sequence[str]) -> tuple[tuple[Target, ...], tuple[Message, ...]]:
    """Return the places of the sheet, and others by their keys; and what there is to say about the sheet."""
    from outreach.teasers.targets import Chosen, choose

    sheet = value_of(campaign, "sheet")
    there = sheet if sheet and is_there(sheet) else None
    chosen = choose((), there) if there else Chosen(())
    seen = {one.resource for one in chosen.targets}
    others = [key for key in more if key not in seen]
    return (*chosen.targets, *(choose(others, there).targets if others else ())), chosen.remarks


def work_on(desk: Desk) -> Work | None:
    """Return all texts of a campaign as its files say now; None where there is no brief yet.

    Raises:
        OutreachError: The brief, the sheet or the ledger cannot be used.

    """
    from outreach.teasers.brief import read_brief
    from outreach.teasers.draft_plan import planned
    from outreach.teasers.drafts import draft
    from outreach.teasers.history import History
    from outreach.teasers.rendering import Templates
    from outreach.teasers.slugs import slug
    from outreach.teasers.terms import Terms

    campaign = desk.campaign()
    path = brief_path(desk, campaign)
    if not path.exists():
        return None
    brief = read_brief(path, campaign.settings)
    ledger = ledger_of(campaign)
    known = ledger.placements() if ledger else []
    history = History(known, by_hand=ledger.by_hand()) if ledger else History()
    named = slug(brief.campaign)
    placed = dict.fromkeys(one.resource for one in known if one.campaign == named)
    targets, remarks = _targets(campaign, list(placed))
    templates = Templates(value_of(campaign, "templates") or None)
    terms = Terms(currency=campaign.settings.currency or None)
    drafted = draft(brief, targets, templates, terms=terms, history=history, regulated=campaign.settings.field)
    plan = None
    if drafted.drafts:
        folder = str(_folder(desk, campaign))
        plan = planned(drafted.drafts, {one.resource: one.url for one in targets}, folder, form=None, force=False)
    return Work(brief, targets, drafted, plan, tuple(known), (*remarks, *drafted.remarks))


def _folder(desk: Desk, campaign: Campaign) -> Path:
    return desk.within(Path(setting_or_usual(campaign, "drafts")))


def write(desk: Desk) -> int:
    """Write all drafts into the ledger and into their files, as ``outreach draft`` does; return how many there are.

    Raises:
        OutreachError: Something cannot be used or written.

    """
    from outreach.teasers.draft_plan import store_plan
    from outreach.teasers.drafts import placement_of

    work = work_on(desk)
    if work is None or work.plan is None:
        return 0
    ledger = ledger_of(desk.campaign(), create=True)
    fresh = [placement_of(one) for one in work.drafts if not one.frozen]
    if ledger is not None and fresh:
        ledger.put(fresh, what="draft")
    store_plan(work.plan)
    return len(work.drafts)


def copy(desk: Desk, form: str, name: str) -> tuple[str, bytes]:
    """Return a draft as a file of its own, as ``outreach draft --as`` writes it: what that is called, and its content.

    Args:
        desk: The campaign.
        form: One of ``FORMS``.
        name: Of the draft; empty for all of them.

    Raises:
        InputError: There is no such text.

    """
    from outreach.reporting.draft_copies import copy_of

    work = work_on(desk)
    if work is None or work.plan is None:
        raise InputError("there is no such text any more", hint="reload the page")
    drafts = [work.draft(name)] if name else list(work.drafts)
    stem = work.plan.file_of(drafts[0]).stem if name else f"drafts-{drafts[0].campaign}"
    return f"{stem}.{form}", copy_of(drafts, {one.resource: one.url for one in work.targets}, form)


def state_of(text: str, comment: str) -> str:
    """Return what stands for a text: a page sends it back, so that nobody writes over what he has not seen."""
    return sha256(f"{text}\0{comment}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def edit(desk: Desk, name: str, text: str, comment: str | None, seen: str) -> None:
    """Put another text into the file of a draft, and into the ledger.

    Args:
        desk: The campaign.
        name: Of the draft.
        text: The new one.
        comment: The new first comment; None leaves it as it is.
        seen: What stood for the text that was changed.

    Raises:
        InputError: There is no such draft, or its post went out.
        OutputError: The file was changed meanwhile, or cannot be written.

    """
    from outreach.files.output import store_bytes
    from outreach.teasers.draft_files import with_text
    from outreach.teasers.drafts import placement_of

    work = work_on(desk)
    if work is None or work.plan is None:
        raise InputError("there is no such text any more", hint="reload the page")
    draft = work.draft(name)
    if draft.frozen:
        raise InputError("this text was sent already, and stays", hint="the next round gets a new one")
    if seen != state_of(draft.text, draft.comment):
        raise OutputError(
            "this text was changed elsewhere meanwhile", hint="saving yours once more puts it in the place of the other"
        )
    campaign = desk.campaign()
    ledger = ledger_of(campaign, create=True)
    path = work.plan.file_of(draft)
    content = work.plan.texts.get(path)
    if content is None:
        content = path.read_bytes().decode("utf-8", "replace")
    natural = placement_of(draft).natural
    made = with_text(content, natural, text, comment if draft.comment else None)
    changed = replace(draft, text=text, comment=draft.comment if comment is None or not draft.comment else comment)
    if ledger is not None:
        ledger.put([placement_of(changed)], what="draft")
    path.parent.mkdir(parents=True, exist_ok=True)
    store_bytes(path, made.encode())


def publish(
    desk: Desk, name: str, typed: Mapping[str, str], text: str, called: Mapping[str, str]
) -> tuple[Placement, tuple[Message, ...], str]:
    """Write down that a post is out.

    Returns:
        The placement, what is odd about the text that was published, and what the place is called to which the address
        of the post belongs, where that is another one.

    Args:
        desk: The campaign.
        name: Of the draft.
        typed: Address and day, by the names of ``typed_values``.
        text: As published; empty leaves what is known.
        called: What messages call the fields.

    Raises:
        OutreachError: Something typed cannot be used, or there is no such text.

    """
    from outreach.campaign.ledger.typed_values import typed_values, with_day
    from outreach.teasers.draft_checks import posted

    today = this_day()
    given = {column: value for column, value in typed.items() if value.strip()}
    values: dict[str, Any] = {**typed_values(given, today, called), "status": "published"}
    one, ledger, _ = _placed(desk, name)
    findings: tuple[Message, ...] = ()
    if text.strip():
        values["text"], findings = posted(text, one)
    other = _other_place(desk, one, str(values.get("post_url") or ""))
    return ledger.set([one], **with_day(one, values, today))[0], findings, other


def _other_place(desk: Desk, one: Placement, address: str) -> str:
    """Return what the other place of a campaign is called that the address of a post belongs to; empty for none."""
    from outreach.keys import identify
    from outreach.sheet.facts import own_words

    key = identify(address).key if address else None
    work = work_on(desk) if key not in {None, one.resource} else None
    named = {place.resource: place.name for place in work.known} if work else {}
    named |= {target.resource: target.name for target in work.targets} if work else {}
    return (named[key] or own_words(key)) if key is not None and key in named else ""


def take_back(desk: Desk, name: str) -> None:
    """Write down that a post is not out after all: what was published goes, the draft stands there again.

    Raises:
        OutreachError: There is no such text, or the ledger cannot be written.

    """
    from outreach.teasers.drafts import placement_of

    one, ledger, _ = _placed(desk, name)
    ledger.set([one], status="drafted", published_at=None, post_url=None, text="")
    _, ledger, draft = _placed(desk, name)
    if not draft.frozen:
        ledger.put([placement_of(draft)], what="draft")


def _placed(desk: Desk, name: str) -> tuple[Placement, Any, Draft]:
    """Return the placement of a draft, its ledger, and it; a draft that is not written yet is written first.

    Raises:
        InputError: There is no such text.

    """
    from outreach.teasers.drafts import placement_of

    work = work_on(desk)
    if work is None:
        raise InputError("there is no such text any more", hint="reload the page")
    draft = work.draft(name)
    ledger = ledger_of(desk.campaign(), create=True)
    if ledger is None:
        raise OptionError("there is no database", hint="outreach placements list shows more")
    if work.placement(draft) is None:
        ledger.put([placement_of(draft)], what="draft")
    natural = placement_of(draft).natural
    return next(one for one in ledger.placements() if one.natural == natural), ledger, draft
