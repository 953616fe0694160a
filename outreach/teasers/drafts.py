"""Drafts: one text for one resource, with the link that belongs to it alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from outreach.store import Placement
from outreach.store.money import money
from outreach.teasers.links import tags_for, target_link
from outreach.teasers.lints import lints
from outreach.teasers.markup import one_line
from outreach.teasers.shorteners.advice import advice
from outreach.teasers.slugs import slug
from outreach.teasers.writing import Order, Texts, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from outreach.teasers.brief import Brief, Variant
    from outreach.teasers.lengths import Unit
    from outreach.teasers.links import Link
    from outreach.teasers.rendering import Templates
    from outreach.teasers.shorteners import Short
    from outreach.teasers.targets import Target

__all__ = ["COLUMNS", "LINK_PLACES", "Draft", "Drafted", "Terms", "Unfit", "draft", "placement_of"]

COLUMNS: Final = (
    "resource", "platform", "language", "variant", "text", "comment", "link", "link_place", "length", "limit", "unit",
    "dropped", "warnings", "rules",
)  # fmt: skip
"""What a table of drafts holds of each, in order."""

LINK_PLACES: Final[Mapping[str, str]] = MappingProxyType({"instagram": "bio", "tiktok": "bio", "pinterest": "button"})
"""Where a link goes on platforms on whose texts nobody can click; on the others it stands in the text."""

MOST_NAMED: Final = 5
_NO_ROUNDS: Final[Mapping[tuple[str, str, str], int]] = MappingProxyType({})
_NO_LIMITS: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Terms:
    """What all places get for publishing; where it says nothing, the sheet may."""

    deal: str | None = None
    cost: float | None = None
    currency: str | None = None


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
        link_place: ``text``, ``comment``, ``button`` or ``bio``.
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
    warnings: tuple[str, ...]
    rules: str
    deal: str
    cost: float | None
    currency: str | None
    picture: bool


@dataclass(frozen=True, slots=True)
class Unfit:
    """A resource that gets no draft, and why."""

    resource: str
    platform: str
    variant: str
    reason: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """What came of a brief.

    Args:
        drafts: In the order of the targets.
        unfit: Those for which nothing fits.
        remarks: What concerns several of them.

    """

    drafts: list[Draft] = field(default_factory=list)
    unfit: list[Unfit] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class _Job(NamedTuple):
    """One draft to write."""

    target: Target
    brief: Brief
    variant: Variant
    round: int
    tags: Mapping[str, str]
    link: Link


def draft(
    brief: Brief,
    targets: Sequence[Target],
    templates: Templates,
    *,
    terms: Terms = Terms(),
    rounds: Mapping[tuple[str, str, str], int] = _NO_ROUNDS,
    limits: Mapping[str, int] = _NO_LIMITS,
    every_variant: bool = False,
    existing: str = "error",
    shorten: Callable[[Iterable[str]], Mapping[str, Short]] | None = None,
) -> Drafted:
    """Write a draft for each target; variants of the texts rotate over them.

    Args:
        brief: What the texts are made from.
        targets: For which resources.
        templates: How the texts are put together.
        terms: What the places get.
        rounds: By campaign (as a slug), resource and variant; 1 where nothing is said.
        limits: By platform, where it is another one than everybody's.
        every_variant: Each variant for each target, in place of one of them.
        existing: What to do where the address has utm parameters, see ``links.tagged``.
        shorten: Makes short links of final ones.

    Raises:
        InputError: The brief's address cannot be tagged, or the like.
        TemplateError: A template is wrong.

    """
    jobs = list(_jobs(brief, targets, rounds, every_variant=every_variant, existing=existing))
    shorts = shorten(job.link.url for job in jobs) if shorten else {}
    desk = _Desk(Writer(templates, limits), terms)
    done = Drafted()
    for job in jobs:
        made = desk.draft(job, shorts.get(job.link.url))
        if isinstance(made, Draft):
            done.drafts.append(made)
        else:
            done.unfit.append(made)
    done.remarks.extend(_same_texts(jobs))
    if terms.deal is None and any(_left_out(job) for job in jobs):
        done.remarks.append("nobody said that places are paid: the disclosure of the brief is left out (--deal paid)")
    return done


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
    )


def _jobs(
    brief: Brief,
    targets: Sequence[Target],
    rounds: Mapping[tuple[str, str, str], int],
    *,
    every_variant: bool,
    existing: str,
) -> Iterator[_Job]:
    """Yield what to write; the variants begin again for each target, or go on from one to the next."""
    campaign = slug(brief.campaign)
    variants: dict[int, tuple[Variant, ...]] = {}
    for number, target in enumerate(targets):
        own = brief.for_place(target.platform, target.resource)
        texts = variants.get(id(own)) or variants.setdefault(id(own), own.variants)
        for variant in texts if every_variant else (texts[number % len(texts)],):
            at = rounds.get((campaign, target.resource, variant.name), 1)
            tags = tags_for(brief.campaign, target.resource, variant.name, at, own.utm)
            yield _Job(target, own, variant, at, tags, target_link(own.url, tags, existing=existing))


class _Desk:
    """Makes drafts of jobs, and remembers what is odd about links that differ in one name only."""

    def __init__(self, writer: Writer, terms: Terms) -> None:
        self._writer: Final = writer
        self._terms: Final = terms
        self._odd: Final[dict[tuple[str, str, str], tuple[str, ...]]] = {}

    def draft(self, job: _Job, short: Short | None) -> Draft | Unfit:
        """Return a draft, or why there is none."""
        target, own = job.target, job.brief
        deal = self._terms.deal or target.deal or "free"
        cost, currency, doubt = self._cost(target, deal)
        link = short.url if short else job.link.url
        link_place = target.link_place or own.link_place or LINK_PLACES.get(target.platform, "text")
        order = Order(own, job.variant, target.platform, target.name, link, link_place, deal)
        texts = self._writer.write(order)
        if texts.shorten:
            return Unfit(target.resource, target.platform, job.variant.name, _too_long(texts))
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
            warnings=texts.warnings + self._about_link(job, short, deal) + _about_place(target, own) + doubt,
            rules=one_line(target.rules),
            deal=deal,
            cost=cost,
            currency=currency,
            picture=bool(own.image),
        )

    def _cost(self, target: Target, deal: str) -> tuple[float | None, str | None, tuple[str, ...]]:
        """Return what a place costs, in which currency, and what could not be understood of it."""
        terms = self._terms
        if terms.cost is not None or deal != "paid" or not target.price:
            return terms.cost, terms.currency, ()
        found = money(target.price)
        if found is None:
            return None, terms.currency, ("the price in the sheet is no sum of money: outreach placements set --cost",)
        return found.amount, found.currency or terms.currency, ()

    def _about_link(self, job: _Job, short: Short | None, deal: str) -> tuple[str, ...]:
        """Return what is odd about a link; two that differ in utm_content only are equally odd."""
        if short or job.link.advice:
            said = [job.link.advice] if job.link.advice else []
            if short and (reason := short.error or advice(job.target.platform)):
                said.append(f"the link stays long: {reason}" if short.error else reason)
            return tuple(said)
        key = (job.brief.url, job.tags["utm_source"], deal)
        if key not in self._odd:
            self._odd[key] = tuple(f"{lint.code}: {lint.reason}" for lint in lints(job.link.url, deal))
        return self._odd[key]


def _about_place(target: Target, brief: Brief) -> tuple[str, ...]:
    """Return what the sheet says against a draft."""
    said = []
    if target.accepts_posts == "no":
        said.append("the sheet says that this place takes no posts")
    if target.language and target.language != brief.language:
        said.append(f"the sheet says that posts there are in {target.language}, and the brief is in {brief.language}")
    return tuple(said)


def _left_out(job: _Job) -> bool:
    return not job.target.deal and bool(job.brief.disclosure.text)


def _too_long(texts: Texts) -> str:
    measured = texts.measured
    unit = "byte" if measured.unit == "bytes" else "character"
    return f"{measured.over} {unit}{'s' if measured.over != 1 else ''} too long, shorten {texts.shorten}"


def _same_texts(jobs: Iterable[_Job]) -> Iterator[str]:
    """Say which places get the same text: whoever follows several of them sees it again."""
    groups: dict[tuple[int, str], list[Target]] = {}
    for job in jobs:
        groups.setdefault((id(job.brief), job.variant.name), []).append(job.target)
    for (_, variant), places in groups.items():
        if len(places) > 1:
            shown = ", ".join(one.resource for one in places[:MOST_NAMED]) + (", …" if len(places) > MOST_NAMED else "")
            shared = _shared(places)
            several = (
                f"at least {shared} of your customers follow{'s' * (shared == 1)} more than one; " if shared else ""
            )
            yield (
                f"these {len(places)} places get the same text (variant {variant}): {shown}; {several}"
                "several texts in the brief rotate over the places"
            )


def _shared(places: Sequence[Target]) -> int:
    """Return how many customers follow several of the places at least, as far as a ranking can tell.

    Where n places of one platform have more followers together than there are customers with a list from it, the
    others sit in several: each of them counts n times at most.

    Example:
        >>> from outreach.teasers.targets import Target
        >>> _shared([Target("vk:a", "vk", overlap=7, listed=9), Target("vk:b", "vk", overlap=5, listed=9)])
        3

    """
    platforms: dict[str, list[tuple[int, int]]] = {}
    for one in places:
        if one.overlap and one.listed:
            platforms.setdefault(one.platform, []).append((one.overlap, one.listed))
    return max((_in_several(counts) for counts in platforms.values() if len(counts) > 1), default=0)


def _in_several(counts: Sequence[tuple[int, int]]) -> int:
    beyond = sum(overlap for overlap, _ in counts) - max(listed for _, listed in counts)
    return max(0, -(-beyond // (len(counts) - 1)))
