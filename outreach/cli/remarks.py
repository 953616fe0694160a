"""What `outreach rank` says beside its table: what the numbers rest on, and what a filter hid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.cli.shared import counted

if TYPE_CHECKING:
    from outreach.ranking import Basis, Choice, Hidden, Ranking

__all__ = ["ranking_remarks", "way_to_see"]

FEW_CUSTOMERS: Final = 10


def ranking_remarks(basis: Basis, ranked: Ranking, choice: Choice) -> list[str]:
    """Say what the numbers rest on, what is not shown, and how to see it."""
    from outreach.reporting import thousands

    counts = ", ".join(
        f"{platform.partition(':')[2] or platform} {thousands(count)}" for platform, count in basis.lists
    )
    said = [f"Lists: {counts} of {counted(basis.customers, 'customer')}; no count can be higher."] if counts else []
    if basis.customers < FEW_CUSTOMERS:
        said.append(f"Only {counted(basis.customers, 'customer')}: ask a few more; with ten, a pattern begins to show.")
    if ranked.followed_once:
        are = "is" if ranked.followed_once == 1 else "are"
        said.append(f"{counted(ranked.followed_once, 'place')} {are} followed by one customer only.")
    said += [_hidden(hidden, choice) for hidden in ranked.hidden]
    if ranked.absent:
        them = "it" if ranked.absent == 1 else "them"
        said.append(f"{counted(ranked.absent, 'place')} given as own or excluded: no customer follows {them}.")
    if ranked.unknown:
        have = "has" if ranked.unknown == 1 else "have"
        way = "--unknown-size drop hides such places"
        if ranked.unknown * 2 > ranked.places:
            way = "outreach resources makes a sheet to add sizes"
        said.append(f"{counted(ranked.unknown, 'place')} listed {have} no known size; {way}.")
    said += _without_effect(basis, ranked, choice)
    return said


def _without_effect(basis: Basis, ranked: Ranking, choice: Choice) -> list[str]:
    """Say which filters ask for what no table tells, and what --since left out."""
    said: list[str] = []
    if choice.topic and "topic" not in basis.facts:
        said.append("No column has the topic, so --topic hides every place.")
    if choice.accepts_posts == "yes" and "accepts_posts" not in basis.facts:
        said.append("No column shows who accepts posts, so --accepts-posts yes hides every place.")
    if choice.since is not None and "followed_at" not in basis.facts:
        said.append("No column has dates, so --since changes nothing.")
    elif choice.since is not None:
        undated = f"; {counted(ranked.undated, 'like')} without a date kept" if ranked.undated else ""
        said.append(f"{counted(ranked.aged, 'like')} older than --since left out{undated}.")
    return said


def _hidden(hidden: Hidden, choice: Choice) -> str:
    """Say what a filter hid, the best of it by name, and how to see it."""
    from outreach.reporting import plain, thousands

    best = hidden.best
    name = plain(best["name"] or best["resource"].partition(":")[2])
    size = thousands(best["subscribers"]) if best["subscribers"] else "size unknown"
    best_of_it = f"{name} ({best['platform']}), {thousands(best['overlap'])} of {thousands(best['listed'])}, {size}"
    if hidden.by in {"own", "exclude"}:
        whose = "of your own" if hidden.by == "own" else "excluded"
        first = ", the first" if hidden.resources > 1 else ""
        return f"Left out: {counted(hidden.resources, 'place')} {whose}{first}: {best_of_it}"
    what = {
        "platform": "on other platforms",
        "size": f"under {thousands(choice.min_subscribers)} subscribers",
        "unknown size": "of unknown size",
        "accepts posts": "by --accepts-posts",
        "topic": "of other topics",
        "overlap": f"with fewer than {counted(choice.fewest, 'customer')}",
    }[hidden.by]
    way = " ".join(way_to_see(hidden))
    return f"Hidden: {thousands(hidden.resources)} {what}; the best is {best_of_it}{way and f': {way}'}"


def way_to_see(hidden: Hidden) -> tuple[str, ...]:
    """Return the flag and its value that show the best of what a filter hid; nothing where hiding was the wish."""
    from outreach import ranking

    field, value = ranking.way_to_see(hidden)
    flag = {"platforms": "--platform"}.get(field, f"--{field.replace('_', '-')}")
    return (flag, value) if field else ()
