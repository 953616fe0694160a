"""The texts of a draft, from brief and template, as full as they fit.

Texts that differ in their link only are made once and cut at it: links of one length count the same everywhere, since
tags are plain letters and digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from outreach.messages import message
from outreach.teasers.copy_checks import check
from outreach.teasers.disclosure import disclosed, doubts, field_doubts
from outreach.teasers.fitting import Copy, Fitted, fit
from outreach.teasers.lengths import Measured, measure, rule_of
from outreach.teasers.markup import one_line, target_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from outreach.messages import Message
    from outreach.teasers.brief import Brief, Variant
    from outreach.teasers.rendering import Templates

__all__ = ["Order", "Texts", "Writer"]

WITHOUT_HASHTAGS: Final = ("reddit", "discord")
"""Networks where a hashtag finds nothing."""

_STOPS: Final = (".", "!", "?", "…", "։")
_SIGNS: Final = re.compile(r"[\W_]+")


class Order(NamedTuple):
    """What to write."""

    brief: Brief
    variant: Variant
    platform: str
    place: str  # the name of the resource
    link: str
    link_place: str
    deal: str


@dataclass(frozen=True, slots=True)
class Texts:
    """What was written.

    Args:
        text: To post.
        comment: To post below it; empty where there is none.
        marked: With links as words, for tools that take Markdown; empty where there is none.
        measured: How long the text is.
        dropped: What did not fit.
        shorten: What has to become shorter before anything fits; empty where it fits.
        warnings: What a person should look at.

    """

    text: str
    comment: str
    marked: str
    measured: Measured
    dropped: tuple[str, ...] = ()
    shorten: str = ""
    warnings: tuple[Message, ...] = ()


class _Post(NamedTuple):
    """A text and how long it is."""

    text: str
    measured: Measured


class Writer:
    """Writes texts and remembers them.

    Args:
        templates: How they are put together.
        limits: By platform, where it is another one than everybody's.
        regulated: Field with rules of its own, such as health; empty for none.

    """

    def __init__(self, templates: Templates, limits: Mapping[str, int], regulated: str = "") -> None:
        self._regulated: Final = regulated
        self._templates: Final = templates
        self._limits: Final = limits
        self._names: Final = templates.names_the_place()
        self._written: Final[dict[tuple[Any, ...], tuple[Texts, str]]] = {}
        self._briefs: Final[dict[int, Brief]] = {}  # a brief that is gone would leave its number to another one

    def write(self, order: Order) -> Texts:
        """Return the texts for a resource.

        Raises:
            TemplateError: A template is wrong.

        """
        link = order.link
        place = order.place if self._names else ""
        brief = id(order.brief)
        key = (brief, order.variant.name, order.platform, order.link_place, order.deal, len(link), place)
        if key in self._written and _plain(link):
            texts, other = self._written[key]
            return _with_link(texts, other, link)
        self._briefs[brief] = order.brief
        texts = self._new(order)
        if _plain(link):
            self._written[key] = texts, link
        return texts

    def _new(self, order: Order) -> Texts:
        fitted = self._fitted(order)
        values = self._values(order, fitted.copy)
        language = order.brief.language
        comment = self._templates.comment(values, language) if order.link_place == "comment" else ""
        return Texts(
            fitted.written.text,
            comment,
            self._templates.marked(values, order.platform, language),
            fitted.written.measured,
            fitted.dropped,
            fitted.shorten,
            tuple(_warnings(order, fitted, comment, self._regulated)),
        )

    def _fitted(self, order: Order) -> Fitted[_Post]:
        brief, variant, platform = order.brief, order.variant, order.platform
        limit = brief.limit or self._limits.get(platform)

        def write(copy: Copy) -> _Post:
            text = self._templates.text(self._values(order, copy), platform, brief.language)
            return _Post(text, measure(text, platform, limit=limit, picture=bool(brief.image)))

        tags = () if platform in WITHOUT_HASHTAGS else brief.hashtags[: rule_of(platform).hashtags]
        copy = Copy(variant.problem, variant.solution, variant.bonus, tags)
        short = Copy(variant.short_problem, variant.short_solution, variant.short_bonus)
        kept = "disclosure and address" if disclosed(brief.disclosure, order.deal) else "address"
        return fit(copy, short, write, kept)

    def _values(self, order: Order, copy: Copy) -> dict[str, Any]:
        """Return what a template may use, see ``rendering.FIELDS``."""
        brief = order.brief
        how = brief.bonus_how if copy.bonus == order.variant.bonus else ""  # a short one says all
        return {
            "problem": copy.problem,
            "solution": copy.solution,
            "bonus": _with_how(copy.bonus, how),
            "bonus_how": brief.bonus_how,
            "title": one_line(brief.title),
            "author": one_line(brief.author),
            "company": one_line(brief.company),
            "hashtags": " ".join(f"#{tag}" for tag in copy.hashtags),
            "link": order.link,
            "link_place": order.link_place,
            "disclosure": disclosed(brief.disclosure, order.deal),
            "language": brief.language,
            "platform": order.platform,
            "place": one_line(order.place),
            "emoji": brief.emoji,
        }


def _plain(link: str) -> bool:
    """Whether a link stands in Markdown as it is, so that a text can be cut at it."""
    return target_for(link) == link


def _with_link(texts: Texts, other: str, link: str) -> Texts:
    """Return texts with a link in the place of another of the same length."""
    return Texts(
        texts.text.replace(other, link),
        texts.comment.replace(other, link),
        texts.marked.replace(other, link),
        texts.measured,
        texts.dropped,
        texts.shorten,
        texts.warnings,
    )


def _with_how(bonus: str, how: str) -> str:
    """Return a bonus and how one gets it, in round brackets.

    Example:
        >>> _with_how("A list of 12 questions.", "in the article, no sign-up")
        'A list of 12 questions (in the article, no sign-up).'

    """
    bonus, how = bonus.strip(), how.strip().rstrip(".։")
    if not bonus or not how:
        return bonus
    stop = bonus[-1] if bonus.endswith(_STOPS) else ""
    if stop in ("", ".", "։"):
        return f"{bonus.removesuffix(stop)} ({how}){stop}"
    return f"{bonus} ({how})"


def _left_out(order: Order, text: str, comment: str) -> Iterator[Message]:
    """Yield what a template leaves out that a post cannot do without."""
    carrier = {"text": text, "comment": comment}.get(order.link_place)
    if carrier is not None and order.link not in carrier and target_for(order.link) not in carrier:
        yield message("labelled", label="link-missing", what=message("template-without-link"))
    if _letters(disclosed(order.brief.disclosure, order.deal)) not in _letters(text):
        yield message("labelled", label="disclosure", what=message("template-without-disclosure"))


def _letters(text: str) -> str:
    """Return a text without signs, which stand otherwise where it is escaped."""
    return _SIGNS.sub("", text)


def _warnings(order: Order, fitted: Fitted[_Post], comment: str, regulated: str) -> list[Message]:
    """Return what a person should look at, whatever the link."""
    brief, platform = order.brief, order.platform
    title = rule_of(platform).title
    found = check(
        fitted.copy.problem,
        fitted.written.text,
        platform=platform,
        language=brief.language,
        company=brief.company,
        bonus=fitted.copy.bonus or order.variant.bonus,
        link=order.link,
        picture=bool(brief.image),
    )
    warnings = [message("labelled", label=finding.code, what=finding.reason) for finding in found]
    undisclosed = doubts(brief.disclosure, order.deal, brief.market, platform)
    warnings += [message("labelled", label="disclosure", what=doubt) for doubt in undisclosed]
    lacking = field_doubts(f"{fitted.written.text}\n{comment}", order.deal, brief.market, regulated)
    warnings += [message("labelled", label="disclosure", what=doubt) for doubt in lacking]
    warnings += _left_out(order, fitted.written.text, comment)
    if title is not None and len(brief.title) > title:
        long = message("title-long", length=len(brief.title), platform=platform, most=title)
        warnings.append(message("labelled", label="title", what=long))
    return warnings
