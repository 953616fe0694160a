"""Drafts: one text for one resource, with the link that belongs to it alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from outreach.campaign.ledger import Placement
from outreach.messages import describe, message
from outreach.teasers.addresses import cut, telegram_path
from outreach.teasers.history import History
from outreach.teasers.invites import invite_id
from outreach.teasers.lengths import measure
from outreach.teasers.links import Link, tags_for, target_link
from outreach.teasers.lints import cut_on_x, lints
from outreach.teasers.markup import one_line, target_for
from outreach.teasers.same_texts import same_texts
from outreach.teasers.slugs import slug
from outreach.teasers.terms import NO_TERMS, Terms, agreed, paid_by_price
from outreach.teasers.writing import Order, Texts, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from outreach.messages import Message, Value
    from outreach.teasers.brief import Brief, Variant
    from outreach.teasers.lengths import Unit
    from outreach.teasers.lints import Lint
    from outreach.teasers.rendering import Templates
    from outreach.teasers.same_texts import Shared
    from outreach.teasers.shorteners import Short
    from outreach.teasers.targets import Target

__all__ = ["COLUMNS", "LINK_PLACES", "Draft", "Drafted", "Terms", "Unfit", "draft", "label_of", "placement_of"]

COLUMNS: Final = (
    "resource", "platform", "language", "variant", "text", "comment", "link", "link_place", "length", "limit", "unit",
    "dropped", "warnings", "rules",
)  # fmt: skip
"""What a table of drafts holds of each, in order."""

LINK_PLACES: Final[Mapping[str, str]] = MappingProxyType(
    {"instagram": "sticker", "tiktok": "bio", "pinterest": "button"}
)
"""Where a link goes on platforms on whose texts nobody can click; on the others it stands in the text.

The profile of somebody else on Instagram has a link of its own.
"""

TAGS: Final = ("utm_source", "utm_medium", "utm_campaign", "utm_content")
MOST_NAMED: Final = 5
TAKES_NO_POSTS: Final = message("takes-no-posts")
CLOSED: Final[Mapping[str, Message]] = MappingProxyType(
    {"no": TAKES_NO_POSTS, "no reply": message("place-does-not-reply")}
)
"""What the sheet says under accepts_posts of a place that gets no draft, and why."""

REFUSED: Final = ("declined", "removed")
"""Statuses after which a place is not written to again by itself."""

PLACEHOLDER: Final = re.compile(r"\{\{?\s*[^\W\d_][\w .-]{0,30}\}?\}")
"""What somebody meant to fill in, such as ``{erid}``."""
_NO_LIMITS: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Draft:
    """A teaser ready for one resource.

    Args:
        resource: Key.
        platform: Of the key.
        name: Of the resource, as its table calls it; may be empty.
        language: Of the text.
        campaign: As a slug.
        variant: Which text of the brief.
        round: How many times it goes there.
        title: Of the article, for platforms where a post has one.
        text: To post.
        comment: To post below it; empty where there is none.
        marked: The text with links as words, for tools that take Markdown; empty where there is none.
        url: Of the article, without tags.
        final_url: With its tags.
        link: What the text carries: ``final_url``, or a short link to it.
        tags: Parameter to value.
        link_place: ``text``, ``comment``, ``button``, ``bio`` or ``sticker``.
        length: Of the text, by the platform's rule.
        limit: The most of it, None without limit.
        unit: Of both.
        dropped: What did not fit, in the order in which it was given up.
        warnings: What a person should look at.
        rules: Of the place, as its sheet says.
        deal: ``free``, ``barter`` or ``paid``.
        cost: In ``currency``.
        currency: Code.
        picture: Whether the brief's picture goes with it.
        status: Of its placement; one that was sent or went further has the text and the link of the ledger.
        promo: The promotion code of this place alone.

    """

    resource: str
    platform: str
    name: str
    language: str
    campaign: str
    variant: str
    round: int
    title: str
    text: str
    comment: str
    marked: str
    url: str
    final_url: str
    link: str
    tags: Mapping[str, str]
    link_place: str
    length: int
    limit: int | None
    unit: Unit
    dropped: tuple[str, ...]
    warnings: tuple[Message, ...]
    rules: str
    deal: str
    cost: float | None
    currency: str | None
    picture: bool
    status: str = "drafted"
    promo: str = ""

    @property
    def frozen(self) -> bool:
        """Whether it was sent or went further, so that nothing of it changes any more."""
        return self.status != "drafted"


@dataclass(frozen=True, slots=True)
class Unfit:
    """A resource that gets no draft, and why."""

    resource: str
    platform: str
    variant: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Drafted:
    """What came of a brief.

    Args:
        drafts: In the order of the targets.
        unfit: Those for which nothing fits.
        frozen: What was sent or went further; it is among the drafts too where the ledger has its text.
        remarks: What concerns several of them.

    """

    drafts: list[Draft] = field(default_factory=list)
    unfit: list[Unfit] = field(default_factory=list)
    frozen: list[Placement] = field(default_factory=list)
    remarks: list[Message] = field(default_factory=list)


class _Job(NamedTuple):
    """One draft to write."""

    target: Target
    brief: Brief
    variant: Variant
    round: int
    tags: Mapping[str, str]
    link: Link
    there: Placement | None  # what the ledger has for it
    before: Sequence[Placement]  # what that was each time before a person changed it


class _Sent(NamedTuple):
    """What went to a place already."""

    target: Target
    brief: Brief
    placement: Placement


def draft(
    brief: Brief,
    targets: Sequence[Target],
    templates: Templates,
    *,
    terms: Terms = NO_TERMS,
    history: History | None = None,
    limits: Mapping[str, int] = _NO_LIMITS,
    every_variant: bool = False,
    anyway: bool = False,
    existing: str = "error",
    shorten: Callable[[Iterable[str]], Mapping[str, Short]] | None = None,
    shared: Shared | None = None,
    regulated: str = "",
) -> Drafted:
    """Write a draft for each target; variants of the texts take turns over them.

    Args:
        brief: What the texts are made from.
        targets: For which resources.
        templates: How the texts are put together.
        terms: What the places get.
        history: What the places had before.
        limits: By platform, where it is another one than everybody's.
        every_variant: Each variant for each target, in place of one of them.
        anyway: Also for places that take no posts, do not reply, declined the last post or removed it.
        existing: What to do where the address has utm parameters, see ``links.tagged``.
        shorten: Makes short links of final ones.
        shared: Counts the customers who follow several of some places.
        regulated: Field with rules of its own, such as health.

    Raises:
        InputError: The brief's address cannot be tagged, or the like.
        TemplateError: A template is wrong.

    """
    history = history or History()
    found = list(_jobs(brief, targets, history, every_variant=every_variant, existing=existing))
    closed = (
        {} if anyway else {one.target: why for one in found if isinstance(one, _Job) and (why := _closed(one, history))}
    )
    jobs = [one for one in found if isinstance(one, _Job) and one.target not in closed]
    shorts = shorten(job.link.url for job in jobs) if shorten and jobs else {}
    desk = _Desk(Writer(templates, limits, regulated), terms)
    done = Drafted()
    fitting: list[_Job] = []
    for one in found:
        if isinstance(one, _Sent):
            done.frozen.append(one.placement)
            if one.placement.text:
                done.drafts.append(_sent(one, limits))
            continue
        made: Draft | Unfit
        if one.target in closed:
            made = Unfit(one.target.resource, one.target.platform, one.variant.name, closed[one.target])
        else:
            made = desk.draft(one, shorts.get(one.link.url))
        if isinstance(made, Draft):
            done.drafts.append(made)
            fitting.append(one)
        else:
            done.unfit.append(made)
    done.remarks.extend(_remarks(fitting, terms, shared))
    done.remarks.extend(_about_rounds(fitting, history))
    return done


def _closed(job: _Job, history: History) -> Message | None:
    """Return why nobody writes to a place unless it is asked for; None where nothing speaks against it."""
    if (why := CLOSED.get(job.target.accepts_posts)) is not None:
        return message("unless-anyway", why=why)
    last = history.last(job.target.resource)
    if last is not None and last.status in REFUSED:
        return message("unless-anyway", why=message(f"place-{last.status}", campaign=last.campaign))
    return None


def label_of(warning: Message) -> str:
    """Return what a list calls a warning: its label, else its sentence as far as a colon.

    Example:
        >>> label_of(message("labelled", label="title", what="too long")), label_of(message("price-no-sum"))
        ('title', 'the price in the sheet is not a sum of money')

    """
    if warning.code == "labelled":
        return str(warning["label"])
    return describe(warning).partition(":")[0]


def placement_of(one: Draft) -> Placement:
    """Return what the ledger keeps of a draft."""
    return Placement(
        campaign=one.campaign,
        resource=one.resource,
        platform=one.platform,
        variant=one.variant,
        round=one.round,
        language=one.language,
        url=one.url,
        final_url=one.final_url,
        short_url=one.link if one.link != one.final_url else None,
        utm_source=one.tags["utm_source"],
        utm_medium=one.tags["utm_medium"],
        utm_campaign=one.tags["utm_campaign"],
        utm_content=one.tags["utm_content"],
        text=one.text,
        comment=one.comment or None,
        deal=one.deal,
        cost=one.cost,
        currency=one.currency,
        name=one.name or None,
        promo=one.promo or None,
    )


def _jobs(
    brief: Brief, targets: Sequence[Target], history: History, *, every_variant: bool, existing: str
) -> Iterator[_Job | _Sent]:
    """Yield what to write, and what went to the places already."""
    campaign = slug(brief.campaign)
    variants: dict[int, dict[str, Variant]] = {}
    for target in targets:
        own = brief.for_place(target.platform, target.resource)
        texts = variants.get(id(own)) or variants.setdefault(id(own), {one.name: one for one in own.variants})
        at = history.round(campaign, target.resource)
        there = history.there(campaign, target.resource)
        sent = {name: one for name, one in there.items() if one.status != "drafted"}
        yield from (_Sent(target, own, one) for one in sent.values())
        for name in [*texts] if every_variant else [] if sent else [_turn(own, campaign, target, history, texts)]:
            if name not in sent:
                tags = tags_for(brief.campaign, target.resource, name, at, own.utm)
                placed = there.get(name)
                link = _invite(placed, own.url) or target_link(own.url, tags, existing=existing)
                before = history.before(placed) if placed else ()
                yield _Job(target, own, texts[name], at, tags, link, placed, before)


def _invite(placed: Placement | None, url: str) -> Link | None:
    """Return the invite link that was made for a placement, where the brief leads to a channel; None for all others."""
    made = placed is not None and telegram_path(cut(url).head) is not None and invite_id(placed.final_url)
    return Link(placed.final_url) if placed and made else None


def _turn(own: Brief, campaign: str, target: Target, history: History, texts: Mapping[str, Variant]) -> str:
    """Return which variant a place gets: what the brief says of it, else whose turn it is."""
    return own.variant or history.variant(campaign, target.resource, [*texts])


def _sent(one: _Sent, limits: Mapping[str, int]) -> Draft:
    """Return what the ledger has of a placement that was sent or went further."""
    placement, target, own = one.placement, one.target, one.brief
    link = placement.short_url or placement.final_url
    limit = own.limit or limits.get(target.platform)
    measured = measure(placement.text, target.platform, limit=limit, picture=bool(own.image))
    return Draft(
        resource=placement.resource,
        platform=target.platform,
        name=one_line(target.name or placement.name or ""),
        language=placement.language,
        campaign=placement.campaign,
        variant=placement.variant,
        round=placement.round,
        title=one_line(own.title),
        text=placement.text,
        comment=placement.comment or "",
        marked="",
        url=placement.url,
        final_url=placement.final_url,
        link=link,
        tags={name: getattr(placement, name) for name in TAGS},
        link_place=_carrier(placement, link) or target.link_place or own.link_place or _usual(target.platform),
        length=measured.length,
        limit=measured.limit,
        unit=measured.unit,
        dropped=(),
        warnings=(message("placement-frozen", status=placement.status),),
        rules=one_line(target.rules),
        deal=placement.deal,
        cost=placement.cost,
        currency=placement.currency,
        picture=bool(own.image),
        status=placement.status,
        promo=placement.promo or "",
    )


def _carrier(placement: Placement, link: str) -> str:
    """Return where a link stands, as far as the ledger tells."""
    both = {"text": placement.text, "comment": placement.comment or ""}
    return next((name for name, text in both.items() if link in text or target_for(link) in text), "")


def _usual(platform: str) -> str:
    return LINK_PLACES.get(platform, "text")


def _remarks(jobs: Sequence[_Job], terms: Terms, shared: Shared | None) -> Iterator[Message]:
    """Yield what concerns several drafts."""
    given = ((job.brief, job.variant, job.target) for job in jobs)
    yield from same_texts(given, shared)
    free = dict.fromkeys(job.target for job in jobs if terms.deal is None and _left_out(job))
    if free:
        yield message("disclosure-left-out", places=_listed(free))
    closed = dict.fromkeys(job.target for job in jobs if job.target.accepts_posts == "no")
    if closed:
        yield message("places-take-no-posts", places=_listed(closed))
    decided = terms.deal is not None or terms.cost is not None
    priced = dict.fromkeys(
        job.target for job in jobs if not decided and paid_by_price(job.target, job.there, job.before)
    )  # fmt: skip
    if priced:
        yield message("priced-so-paid", places=_listed(priced))


def _about_rounds(jobs: Sequence[_Job], history: History) -> Iterator[Message]:
    """Yield what is odd about a round that begins: nothing came of the one before."""
    early = dict.fromkeys(job.target for job in jobs if history.is_early(slug(job.brief.campaign), job.target.resource))
    if early:
        yield message("round-begins-early", places=_listed(early))


def _listed(places: Iterable[Target]) -> Value:
    named = [f"{one_line(one.name)} ({one.resource})" if one.name else one.resource for one in places]
    if len(named) <= MOST_NAMED:
        return tuple(named)
    return message("and-more", first=tuple(named[:MOST_NAMED]), more=len(named) - MOST_NAMED)


class _Desk:
    """Makes drafts of jobs, and remembers what is odd about links that differ in one name only."""

    def __init__(self, writer: Writer, terms: Terms) -> None:
        self._writer: Final = writer
        self._terms: Final = terms
        self._odd: Final[dict[tuple[str, str, str], tuple[Message, ...]]] = {}

    def draft(self, job: _Job, short: Short | None) -> Draft | Unfit:
        """Return a draft, or why there is none."""
        target, own = job.target, job.brief
        terms = agreed(self._terms, target, job.there, job.before)
        link = short.url if short else job.link.url
        link_place = target.link_place or own.link_place or _usual(target.platform)
        promo = one_line(target.promo or own.promo or (job.there.promo if job.there else None) or "")
        order = Order(own, job.variant, target.platform, target.name, link, link_place, terms.deal)
        texts = self._writer.write(order)
        if texts.shorten:
            return Unfit(target.resource, target.platform, job.variant.name, _too_long(texts))
        if left := PLACEHOLDER.search(f"{one_line(own.title)}\n{texts.text}\n{texts.comment}"):
            return Unfit(target.resource, target.platform, job.variant.name, message("text-unfilled", word=left[0]))
        return Draft(
            resource=target.resource,
            platform=target.platform,
            name=one_line(target.name),
            language=own.language,
            campaign=slug(own.campaign),
            variant=job.variant.name,
            round=job.round,
            title=one_line(own.title),
            text=texts.text,
            comment=texts.comment,
            marked=texts.marked,
            url=own.url,
            final_url=job.link.url,
            link=link,
            tags=job.tags,
            link_place=link_place,
            length=texts.measured.length,
            limit=texts.measured.limit,
            unit=texts.measured.unit,
            dropped=texts.dropped,
            warnings=texts.warnings
            + self._about_link(job, short, terms.deal)
            + _about_place(target, own)
            + _about_sticker(target, link_place, promo)
            + _about_code(promo, texts)
            + terms.doubts,
            rules=one_line(target.rules),
            deal=terms.deal,
            cost=terms.cost,
            currency=terms.currency,
            picture=bool(own.image),
            promo=promo,
        )

    def _about_link(self, job: _Job, short: Short | None, deal: str) -> tuple[Message, ...]:
        """Return what is odd about a link; two that differ in utm_content only are equally odd."""
        found = [job.link.advice] if job.link.advice else []
        if short and short.error:
            found.append(message("link-stays-long", why=short.error))
        elif short and (useless := _advice(job.target.platform)):
            found.append(useless)
        if job.link.advice or (short and not short.error):
            return tuple(found)
        on_x = cut_on_x(job.link.url, job.brief.url) if job.target.platform == "x" else []
        key = (job.brief.url, job.tags["utm_source"], deal)
        if key not in self._odd:
            self._odd[key] = tuple(_labelled(lint) for lint in lints(job.link.url, deal) if lint.code != "cut-on-x")
        return (*found, *self._odd[key], *map(_labelled, on_x))


def _labelled(lint: Lint) -> Message:
    return message("labelled", label=lint.code, what=lint.reason)


def _about_place(target: Target, brief: Brief) -> tuple[Message, ...]:
    """Return what the sheet says against a draft."""
    found = []
    if target.accepts_posts == "no":
        found.append(TAKES_NO_POSTS)
    if target.language and target.language != brief.language:
        found.append(message("language-differs", there=target.language, here=brief.language))
    return tuple(found)


def _about_sticker(target: Target, link_place: str, promo: str) -> tuple[Message, ...]:
    """Return what tells where readers of somebody else's page on Instagram came from."""
    if target.platform != "instagram" or promo or link_place in {"text", "comment"}:
        return ()
    return (message("sticker-or-code") if link_place == "sticker" else message("bio-of-somebody-else"),)


def _about_code(promo: str, texts: Texts) -> tuple[Message, ...]:
    """Return whether a code that belongs to a place stands nowhere in what is published there."""
    if not promo or promo.casefold() in f"{texts.text}\n{texts.comment}".casefold():
        return ()
    return (message("code-not-in-text", code=promo),)


def _left_out(job: _Job) -> bool:
    terms = agreed(NO_TERMS, job.target, job.there, job.before)
    return not job.target.deal and terms.deal == "free" and bool(job.brief.disclosure.text)


def _too_long(texts: Texts) -> Message:
    measured = texts.measured
    code = "bytes-too-long" if measured.unit == "bytes" else "characters-too-long"
    return message(code, over=measured.over, what=texts.shorten)


def _advice(platform: str) -> Message | None:
    """Return why a short link is of no use on a platform; most drafts have none, and load no shortener."""
    from outreach.teasers.shorteners.advice import advice

    return advice(platform)
