"""What is due of posts: to send a draft, to look at what is out, to get back what was promised, to pay."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from outreach.messages import message
from outreach.owners.due import Due
from outreach.owners.threads import key_of, last_note
from outreach.sheet.facts import own_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.campaign.events import Event
    from outreach.campaign.ledger import Placement
    from outreach.messages import Message
    from outreach.owners.working_days import WorkingDays

__all__ = ["dues_of_post"]

BEFORE_OUT: Final = frozenset({"drafted", "sent", "quoted", "booked"})
VIEWS_DAYS: Final = 14
"""So long it makes sense to write down the views of the first day."""
PAY_DAYS: Final = 7
"""Days until an invoice is due that names no day."""
UNPAID_DAYS: Final = 60
"""So long a post that was paid for is asked about, where no payment is written down."""
CLAIM_DAYS: Final = 3
"""Working days until a claim should have an answer."""
DAY: Final = timedelta(days=1)


def dues_of_post(
    one: Placement, events: Sequence[Event], days: WorkingDays, *, today: date, reposted: bool = False
) -> Iterator[Due]:
    """Yield what is due of one placement that is further than drafted, or whose link does not open.

    Args:
        one: The placement.
        events: About it, in any order.
        days: Of the market.
        today: What old matters are measured by.
        reposted: Whether a later round makes good for it.

    """
    post = _Post(one, events)
    if one.status in BEFORE_OUT:
        yield from _before(post)
    if one.status == "published":
        yield from _while_out(post, days, today)
    yield from _claims(post, days, reposted=reposted)
    yield from _money(post, days, today)


class _Post:
    """A placement with its events, put in order."""

    def __init__(self, one: Placement, events: Iterable[Event]) -> None:
        self.one: Final = one
        self.of: Final[dict[str, list[Event]]] = defaultdict(list)
        for event in sorted(events, key=key_of):
            same = self.of[event.kind]
            if not same or same[-1]._replace(id=None) != event._replace(id=None):
                same.append(event)
        self.note: Final = last_note(events)

    def last_look(self, *, at_post: bool) -> Event | None:
        """Return the last look that saw the post, or one of the links that it is to carry."""
        links = {self.one.final_url, self.one.short_url}
        looks = [one for one in self.of["looked"] if (one.url in links) != at_post and one.answer != "unseen"]
        return looks[-1] if looks else None

    def due(self, kind: str, day: date, since: str, what: Message | None = None) -> Due:
        one = self.one
        return Due(
            day=day, kind=kind, what=what or message(f"today-{kind}"), since=since,
            who=one.name or own_words(one.resource),
            campaign=one.campaign, resource=one.resource, variant=one.variant, round=one.round, note=self.note,
        )  # fmt: skip


def _before(post: _Post) -> Iterator[Due]:
    look = post.last_look(at_post=False)
    if look and look.answer == "gone":
        yield post.due("link", _day(look.at), look.url)
    promised = [event for event in post.of["booked"] if event.due]
    if promised and post.one.status == "booked":
        yield post.due("out", _day(promised[-1].due), f"booked {promised[-1].at}")


def _while_out(post: _Post, days: WorkingDays, today: date) -> Iterator[Due]:
    one = post.one
    out = one.published_at or (post.of["published"][-1].at if post.of["published"] else "")
    if out and one.views_24h is None and not post.of["viewed"]:
        day = _day(out) + DAY
        if today <= day + VIEWS_DAYS * DAY:
            yield post.due("views", day, "views")
    look = post.last_look(at_post=True)
    if look and look.answer == "gone":
        if not any(key_of(event) > key_of(look) for event in post.of["claimed"]):
            yield post.due("gone", _day(look.at), "gone")
    elif until := one.must_stay_until:
        last = days.on_or_before(_day(until))
        if not (look and _day(look.at) >= last):
            yield post.due("last-day", last, until)


def _claims(post: _Post, days: WorkingDays, *, reposted: bool) -> Iterator[Due]:
    one = post.one
    made_good = reposted or bool(post.of["refunded"])
    if made_good:
        return
    if claims := post.of["claimed"]:
        claim = claims[-1]
        again = [event for event in post.of["published"] if key_of(event) > key_of(claim)]
        if not again:
            day = _day(claim.due) if claim.due else days.after(_day(claim.at), CLAIM_DAYS)
            yield post.due("claim-answer", day, f"claimed {claim.at}")
        return
    removed = one.removed_at or (post.of["removed"][-1].at if post.of["removed"] else "")
    if one.status == "removed" and removed:
        early = bool(one.must_stay_until) and removed[:10] < str(one.must_stay_until)
        if early or (not one.must_stay_until and one.deal != "free"):
            yield post.due("claim", days.after(_day(removed), 1), "removed")


def _money(post: _Post, days: WorkingDays, today: date) -> Iterator[Due]:
    """Yield the invoices that no payment covers, the oldest first; and a paid post of which no payment is known."""
    one = post.one
    invoices = sorted(post.of["invoiced"], key=lambda event: (_due_of(event), key_of(event)))
    paid: dict[str, float] = defaultdict(float)
    whole = 0  # payments that name no sum pay one invoice each
    for event in post.of["paid"]:
        if event.amount is None:
            whole += 1
        else:
            paid[event.currency] += event.amount
    for invoice in invoices:
        amount = invoice.amount
        if amount is not None and paid[invoice.currency] + 0.005 >= amount:
            paid[invoice.currency] -= amount
        elif whole or (amount is None and any(paid.values())):
            whole -= bool(whole)
        else:
            yield post.due("pay", _due_of(invoice), _since(invoice), _payment(amount, invoice.currency))
    out = one.published_at
    if one.status == "published" and one.deal == "paid" and one.cost and out and not invoices and not post.of["paid"]:
        day = days.after(_day(out), 1)
        if today <= day + UNPAID_DAYS * DAY:
            yield post.due("pay", day, "published", _payment(one.cost, one.currency or ""))


def _since(event: Event) -> str:
    return f"{event.kind} {event.at} {event.due} {event.amount} {event.currency} {event.note}"


def _due_of(invoice: Event) -> date:
    return _day(invoice.due) if invoice.due else _day(invoice.at) + PAY_DAYS * DAY


def _payment(amount: float | None, currency: str) -> Message:
    if amount is None:
        return message("today-pay-invoice")
    return message("today-pay", amount=amount, currency=currency)


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])
