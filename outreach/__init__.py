"""Find the places that your customers share, and prove which of them convert.

Each function does what the command of the same name does, with pandas frames in and out. Heavy libraries are imported
only when you call one.

Example:
    >>> import outreach, pandas as pd
    >>> follows = pd.DataFrame(
    ...     {"customer": ["Anna", "Boris", "Anna"], "resource": ["t.me/smm_riga", "t.me/SMM_Riga/12", "vk.com/club7"]}
    ... )
    >>> outreach.rank(follows, min_subscribers=0)[["resource", "overlap", "listed"]].values.tolist()
    [['telegram:smm_riga', 2, 2], ['vk:club7', 1, 1]]

"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path
    from typing import SupportsIndex

    import pandas as pd

    from outreach.engine import Engine
    from outreach.figures import Figure
    from outreach.likes import Likes
    from outreach.likes.groups import Matched
    from outreach.likes.plan import ReadOptions
    from outreach.ranking import Choice
    from outreach.ranking.shared import SharedMap
    from outreach.tables import Schema, Table
    from outreach.tracking.lines import Section

__version__ = "0.1.0.dev0"

__all__ = [
    "check", "compare", "conversion", "coverage", "draft", "key", "likes_from_frame", "link", "plan", "rank",
    "read_likes", "shared_map", "show", "stability", "survey",
]  # fmt: skip


def read_likes(
    paths: str | Path | Sequence[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    assume_platform: str | None = None,
    same_as: str | Path | None = None,
    encoding: str | None = None,
    counted: int | None = None,
    customer: str | None = None,
    customers: str | Path | None = None,
    include_people: bool = False,
    read_as: str | None = None,
    customer_is: str | None = None,
    memory_limit: str | None = None,
) -> pd.DataFrame:
    """Read who follows what from tables of any shape and from platforms' exports.

    Args:
        paths: Files (Excel, OpenDocument, CSV, TSV, text, JSON, JSON lines, Parquet; texts also as .gz), folders of
            them, or ``"-"``.
        columns: Role to header, if headers are not recognised: ``{"customer": "Who", "resource": "Reads"}``.
        assume_platform: Platform of handles without one.
        same_as: A table ``resource,same_as`` of addresses that are one place.
        encoding: Of texts, if it is not recognised: ``"cp1251"``.
        counted: How many customers an already counted table (resource, hits) counts; they are numbered.
        customer: The customer of the exports, if no folder has the name.
        customers: A table ``customer,alias`` of several labels of one customer.
        include_people: Count profiles of people in exports too.
        read_as: The shape of the tables: ``long``, ``list``, ``columns``, ``matrix``, ``rows``, ``blocks``, ``page`` or
            ``survey``.
        customer_is: What names the customer: ``file``, ``folder``, ``tab`` or ``column``.
        memory_limit: Most memory for the engine, like ``"1GB"``.

    Returns:
        One row for each (customer, resource): customer, platform, resource (key), name, url, subscribers (people),
        accepts_posts, topic, followed_at (UTC), source. A customer whose list on a platform is empty has a row
        without a resource. Sorted by customer and resource. If ``same_as`` joins places on two platforms, the frame no
        longer shows on which of them a customer follows one.

    Raises:
        InputError: Something cannot be read, or does not show who follows what.

    Warns:
        InputWarning: Rows could not be used; the message counts the reasons.

    """
    from outreach.engine import Engine
    from outreach.likes import read as read_tables

    with Engine(memory_limit=memory_limit) as engine:
        options = _options(
            columns, encoding, counted, customer, customers, include_people=include_people, read_as=read_as,
            customer_is=customer_is,
        )  # fmt: skip
        read = read_tables(engine, _paths(paths), options, assume_platform=_platform(assume_platform), same_as=same_as)
        _warn(read)
        return _likes_frame(read)


def check(
    paths: str | Path | Sequence[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    assume_platform: str | None = None,
    same_as: str | Path | None = None,
    encoding: str | None = None,
    counted: int | None = None,
    customer: str | None = None,
    customers: str | Path | None = None,
    include_people: bool = False,
    read_as: str | None = None,
    customer_is: str | None = None,
    memory_limit: str | None = None,
) -> pd.DataFrame:
    """Return how files are understood, before you rank them; what cannot be read is a row too, never an error.

    Args:
        paths: As for :func:`read_likes`, like all the others.
        columns: Role to header, if headers are not recognised.
        assume_platform: Platform of handles without one.
        same_as: A table ``resource,same_as`` of addresses that are one place.
        encoding: Of texts, if it is not recognised.
        counted: How many customers an already counted table counts.
        customer: The customer of the exports, if no folder has the name.
        customers: A table ``customer,alias`` of several labels of one customer.
        include_people: Count profiles of people in exports too.
        read_as: The shape of the tables: ``long``, ``list``, ``columns``, ``matrix``, ``rows``, ``blocks``, ``page`` or
            ``survey``.
        customer_is: What names the customer: ``file``, ``folder``, ``tab`` or ``column``.
        memory_limit: Most memory for the engine.

    Returns:
        One row for each table (a file, or a tab of a workbook), in the order of reading, then one for each that was
        skipped: source, read_as (the shape), why (reasons for it), understood (roles of columns), not_used (columns
        with content that were not read), encoding (missing for UTF-8 and for workbooks), customers (who follow
        something), likes, rejected (rows), reasons (the most frequent first), passed_over (why it was skipped; missing
        if it was read). The numbers are missing if nothing was read.

    Raises:
        InputError: An option has a wrong value, or ``same_as`` cannot be read.

    Example:
        >>> import outreach
        >>> outreach.check("nowhere.csv")[["source", "passed_over"]].values.tolist()
        [['nowhere.csv', 'no such file or folder; check the path; if it has spaces, put it in quotes']]

    """
    from outreach.engine import Engine
    from outreach.likes.check import check as check_tables

    with Engine(memory_limit=memory_limit) as engine:
        options = _options(
            columns, encoding, counted, customer, customers, include_people=include_people, read_as=read_as,
            customer_is=customer_is,
        )  # fmt: skip
        checked = check_tables(
            engine, _paths(paths), options, assume_platform=_platform(assume_platform), same_as=same_as
        )
        return _frame(engine, checked.table.select(), checked.table.schema)


def likes_from_frame(
    frame: pd.DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    assume_platform: str | None = None,
    same_as: str | Path | None = None,
) -> pd.DataFrame:
    """Make a likes table from any frame with one like in each row.

    Args:
        frame: With a column of customers and one of places, under any of their names.
        columns: As for :func:`read_likes`.
        assume_platform: As for :func:`read_likes`.
        same_as: As for :func:`read_likes`.

    Returns:
        As :func:`read_likes`; of an empty frame an empty one.

    Raises:
        InputError: The frame does not show who follows what.

    Warns:
        InputWarning: Rows could not be used; the message counts the reasons.

    Example:
        >>> import outreach, pandas as pd
        >>> frame = pd.DataFrame({"Клиент": ["Анна"], "Канал": ["t.me/s/smm_riga"]})
        >>> outreach.likes_from_frame(frame)["resource"].tolist()
        ['telegram:smm_riga']

    """
    from outreach.engine import Engine

    with Engine() as engine:
        read = _from_frame(engine, frame, columns, assume_platform, same_as)
        _warn(read)
        return _likes_frame(read)


def rank(
    likes: pd.DataFrame | str | list[str] | tuple[str, ...],
    *,
    min_subscribers: int = 5000,
    unknown_size: str = "keep",
    min_overlap: int | None = None,
    accepts_posts: str = "any",
    topic: str = "",
    platform: str | Sequence[str] = (),
    own: str | Sequence[str] = (),
    exclude: str | Sequence[str] = (),
    by: str = "overlap",
    since: str | date | None = None,
    top: int | None = None,
    resources: str | Path | None = None,
    db: str | Path | None = None,
    stability: bool = False,
    group: str | None = None,
    groups: str | Path | pd.DataFrame | Mapping[str, str] | None = None,
    engine: Any = None,
    columns: Mapping[str, str] | None = None,
    assume_platform: str | None = None,
    same_as: str | Path | None = None,
    send: bool = False,
) -> pd.DataFrame:
    """Rank the places that customers share.

    Args:
        likes: From :func:`read_likes` or :func:`likes_from_frame`, or any frame with a column of customers and one of
            places; with ``engine`` paths of Parquet or CSV files or names of tables as Spark knows them, or its frame.
        min_subscribers: Smallest place to list, in subscribers.
        unknown_size: ``"keep"`` or ``"drop"`` places of unknown size.
        min_overlap: Fewest customers; by default 1, and 3 when ranked by a ratio.
        accepts_posts: ``"any"``; ``"yes"``: known to; ``"not-no"``: not known to refuse.
        topic: Text that the topic contains.
        platform: Platforms to list; none is all.
        own: Addresses of your own pages, to leave out.
        exclude: Addresses of other places to leave out.
        by: ``"overlap"``, ``"share"`` or ``"affinity"``.
        since: Leave out likes known to be older: ``"2y"``, ``"90d"``, a date, a time (UTC if it has no zone).
        top: Most places to list; None and 0 are all.
        resources: The sheet that ``outreach resources`` wrote and you filled in; it takes precedence over the frame.
        db: The campaign's database; adds what the places brought so far.
        stability: Add the chance to be among the first five; of a ranking by overlap only, see :func:`stability`.
        group: Only the lists of this group of customers, like ``"promoters"``.
        groups: Who is in it: as for :func:`compare`.
        engine: Where to rank: ``"local[2]"``, ``"spark://host:7077"``, ``"sc://host:15002"``, or an open session of
            Spark, which stays open; by default here.
        columns: Which column has the ``customer``, the ``resource``; the names are recognised otherwise.
        assume_platform: The platform of handles that come without one.
        same_as: A table ``resource,same_as`` of addresses of one place.
        send: With ``engine``, the paths are of this machine, and their rows are sent.

    Returns:
        One row for each place, best first: rank (1 is best; equals share a number), resource (key), platform, name,
        url, subscribers (people; missing if unknown), overlap (customers), listed (customers with a known list from
        that platform), share (overlap / listed, 0..1), share_low and share_high (Wilson 95 % interval), affinity
        (index, 100 = subscriber-weighted average of the platform; missing below an overlap of 3 or without a size),
        accepts_posts; with ``db`` visits, unit, conversions, conversion_kind, rate (0..1), verdict too; with
        ``stability`` in_top_five (0..1; missing if unknown).

    Raises:
        InputError: The frame does not show who follows what, or an option has a wrong value.
        RemoteError: Spark is missing, refuses or does not answer.

    Warns:
        InputWarning: Rows could not be used; the message counts the reasons. Nothing is known of the stability.

    Example:
        >>> import outreach, pandas as pd
        >>> follows = pd.DataFrame({"customer": list("abc"), "resource": ["t.me/smm_riga"] * 3, "subscribers": 9000})
        >>> outreach.rank(follows)[["rank", "resource", "overlap", "share"]].values.tolist()
        [[1, 'telegram:smm_riga', 3, 1.0]]

    """
    from dataclasses import replace

    from outreach import ranking
    from outreach.engine import Engine
    from outreach.errors import InputError, OptionError

    choice = replace(
        _filters(
            min_subscribers=min_subscribers,
            unknown_size=unknown_size,
            min_overlap=min_overlap,
            accepts_posts=accepts_posts,
            topic=topic,
            platform=platform,
            own=own,
            exclude=exclude,
            since=since,
        ),
        by=by,
        top=None if top is None else _whole(top),
    )
    if stability and by != "overlap":
        raise OptionError("stability is of a ranking by overlap")
    if engine is not None:
        if stability or group is not None or groups is not None:
            raise OptionError("stability and groups need to know who follows what, which stays in Spark")
        return _ranked_elsewhere(
            engine, likes, choice, columns=columns, assume_platform=assume_platform, same_as=same_as,
            resources=resources, db=db, send=send,
        )  # fmt: skip
    if isinstance(likes, str | list | tuple):
        raise InputError("likes must be a frame", hint="outreach.read_likes(PATHS) makes one; paths are for engine=")
    with Engine() as opened:
        read = _from_frame(opened, likes, columns, assume_platform, same_as)
        _warn(read)
        if group is not None:
            from outreach.likes.groups import in_group, named_group

            matched = _matched(read, groups)
            read = in_group(read, matched, named_group(matched.groups, group, "group"))
        choice = _with_sheet(choice, read, resources)
        table = ranking.rank(read, choice).table
        if db is not None:
            from outreach.reporting.measured import beside_ranking

            table = beside_ranking(table, _sections(db)).table
        if stability:
            table = _with_stability(read, table, choice)
        return _frame(opened, table.select(), table.schema)


def coverage(
    likes: pd.DataFrame,
    *,
    posts: int = 5,
    must: str | Sequence[str] = (),
    without: str | Sequence[str] = (),
    min_subscribers: int = 5000,
    unknown_size: str = "keep",
    min_overlap: int | None = None,
    accepts_posts: str = "any",
    topic: str = "",
    platform: str | Sequence[str] = (),
    own: str | Sequence[str] = (),
    exclude: str | Sequence[str] = (),
    since: str | date | None = None,
    resources: str | Path | None = None,
) -> pd.DataFrame:
    """Choose the places that together have the most customers, and estimate what share of such customers they cover.

    With n customers of whom there is a list, x of them following a place and t the position of its size among the
    places that as many follow (0..1), the expected share of all such customers in it is
    ``p = max(x - 0.5 + 0.9 (t - 0.5), 0.05) / (n + 4)``, and a customer is in it with chance
    ``p (15 + n follows) / (15 + x)``: that some share two places is believed the less, the fewer they are. Each next
    place is the one that adds most. The share of the sample that a set reaches flatters it; so the set is chosen anew
    in 200 resamples (fixed seed), and those left out are counted by three quarters, those seen by one.

    Args:
        likes: As for :func:`rank`.
        posts: How many places.
        must: Addresses of places that come first.
        without: Addresses of places that must not be there.
        min_subscribers: As for :func:`rank`, like all the others.
        unknown_size: ``"keep"`` or ``"drop"``.
        min_overlap: Fewest customers.
        accepts_posts: ``"any"``, ``"yes"`` or ``"not-no"``; places known to take none are left out in any case.
        topic: Text that the topic contains.
        platform: Platforms; none is all.
        own: Addresses of your own pages, to leave out.
        exclude: Addresses of other places to leave out.
        since: Leave out likes known to be older.
        resources: The sheet of places.

    Returns:
        One row for each place, in the order of choosing: order (from 1), resource (key), name, overlap (customers),
        newly (of these, those who follow no place before it), coverage (expected share of such customers outside of the
        sample who follow this place or one before it, 0..1), coverage_low and coverage_high (95 % interval: Wilson's
        with three quarters of the customers, up to the share of the sample at least), redundancy (expected share of
        its followers who follow a place before it, 0..1). Of no place at all an empty frame.

    Raises:
        InputError: The frame does not show who follows what, a place that must be there is not, or an option is wrong.

    Warns:
        InputWarning: Rows could not be used; the message counts the reasons.

    Source:
        The rule was chosen on public memberships, where it was never behind plain overlap by more than chance, and the
        coverage for ten customers was off by .016 on average; see the manual, "What the numbers mean".

    Example:
        >>> import outreach, pandas as pd
        >>> follows = pd.DataFrame(
        ...     [(who, place) for place, some in {"a": "ABCDEF", "b": "ABCDE", "c": "GH"}.items() for who in some],
        ...     columns=["customer", "resource"],
        ... )
        >>> follows["resource"] = "t.me/place_" + follows["resource"]
        >>> outreach.coverage(follows, posts=3)[["order", "resource", "overlap", "newly"]].values.tolist()
        [[1, 'telegram:place_a', 6, 6], [2, 'telegram:place_b', 5, 0], [3, 'telegram:place_c', 2, 2]]

    """
    from outreach.tables import PLAN, Schema

    last = PLAN.names.index("redundancy")
    return _planned(
        likes, _filters(
            min_subscribers=min_subscribers, unknown_size=unknown_size, min_overlap=min_overlap,
            accepts_posts=accepts_posts, topic=topic, platform=platform, own=own, exclude=exclude, since=since,
        ),
        resources, posts=posts, must=must, without=without, schema=Schema(PLAN.name, PLAN.columns[: last + 1]),
    )  # fmt: skip


def plan(
    likes: pd.DataFrame,
    *,
    posts: int = 5,
    budget: str | None = None,
    must: str | Sequence[str] = (),
    without: str | Sequence[str] = (),
    cool_down: int | None = None,
    db: str | Path | None = None,
    book: str | Path | None = None,
    today: date | None = None,
    min_subscribers: int = 5000,
    unknown_size: str = "keep",
    min_overlap: int | None = None,
    accepts_posts: str = "any",
    topic: str = "",
    platform: str | Sequence[str] = (),
    own: str | Sequence[str] = (),
    exclude: str | Sequence[str] = (),
    since: str | date | None = None,
    resources: str | Path | None = None,
) -> pd.DataFrame:
    """Plan the next posts: before anything is measured by coverage, after that by what a post is expected to bring.

    Visits of a post are expected to grow with subscribers to the power of 0.8, and rates with the followers among the
    customers; platforms and places are drawn towards what all have in common, the more the less is known of them. A
    post comes out with chance ``(posts with a visit + 4) / (posts + 5)``, and a repeat in the same place brings 0.6 of
    the post before it, or what the repeats so far show. Ranges are from 400 draws with a fixed seed.

    Args:
        likes: As for :func:`rank`.
        posts: How many places at most.
        budget: What all posts may cost together, like ``"300 EUR"``; then places without a known price are left out.
        must: Addresses or names of places that have to be in it.
        without: Addresses or names of places that must not.
        cool_down: Leave out places that had a post in so many days.
        db: The campaign's database: what posts brought, who declined or removed posts.
        book: The address book of owners; None is none.
        today: The day of today.
        min_subscribers: As for :func:`rank`, like all the others.
        unknown_size: ``"keep"`` or ``"drop"``.
        min_overlap: Fewest customers.
        accepts_posts: ``"any"``, ``"yes"`` or ``"not-no"``; places known to take none are left out in any case.
        topic: Text that the topic contains.
        platform: Platforms; none is all.
        own: Addresses of your own pages, to leave out.
        exclude: Addresses of other places to leave out.
        since: Leave out likes known to be older.
        resources: The sheet of places, with their prices.

    Returns:
        One row for each place, the first one first: the columns of :func:`coverage`, then cost (of a post, with an
        exchange's fee, in the currency of the budget, else of most prices), expected, expected_low and expected_high
        (conversions of one more post, or visits where no conversions are measured; the range holds four outcomes of
        five), best_five (chance that it is among the five that bring most, 0..1), reason (words). Missing means
        unknown, never 0.

    Raises:
        InputError: The frame does not show who follows what, a file cannot be used, a place that must be there is not,
            or several sources count the same.

    Warns:
        InputWarning: Rows could not be used; the message counts the reasons.

    Source:
        Chosen among rules by simulated campaigns; in those, the range held 84 to 95 of 100 outcomes.

    Example:
        >>> import outreach, pandas as pd
        >>> follows = pd.DataFrame({"customer": list("abc"), "resource": ["t.me/smm_riga"] * 3, "subscribers": 9000})
        >>> outreach.plan(follows)[["order", "resource", "reason"]].values.tolist()
        [[1, 'telegram:smm_riga', 'followed by 3 of 3']]

    """
    from outreach.tables import PLAN

    return _planned(
        likes, _filters(
            min_subscribers=min_subscribers, unknown_size=unknown_size, min_overlap=min_overlap,
            accepts_posts=accepts_posts, topic=topic, platform=platform, own=own, exclude=exclude, since=since,
        ),
        resources, posts=posts, must=must, without=without, budget=budget, cool_down=cool_down, db=db, book=book,
        today=today, schema=PLAN,
    )  # fmt: skip


def stability(
    likes: pd.DataFrame,
    k: int = 5,
    *,
    min_subscribers: int = 5000,
    unknown_size: str = "keep",
    min_overlap: int | None = None,
    accepts_posts: str = "any",
    topic: str = "",
    platform: str | Sequence[str] = (),
    own: str | Sequence[str] = (),
    exclude: str | Sequence[str] = (),
    since: str | date | None = None,
    resources: str | Path | None = None,
) -> pd.DataFrame:
    """Return how certain the first places of a ranking by overlap are.

    Half of 2,000 draws (fixed seed) resample the customers and count again; the other half draw the share of each place
    around its expected share, since ten customers are not all customers.

    Args:
        likes: As for :func:`rank`, like all filters.
        k: How many places are the first ones.
        min_subscribers: Smallest place to list, in subscribers.
        unknown_size: ``"keep"`` or ``"drop"`` places of unknown size.
        min_overlap: Fewest customers.
        accepts_posts: ``"any"``, ``"yes"`` or ``"not-no"``.
        topic: Text that the topic contains.
        platform: Platforms to list; none is all.
        own: Addresses of your own pages, to leave out.
        exclude: Addresses of other places to leave out.
        since: Leave out likes known to be older.
        resources: The sheet that ``outreach resources`` wrote and you filled in.

    Returns:
        One row for each place, best first: rank, resource (key), platform, name, subscribers, overlap, listed, in_top
        (chance to be among the first k of these places if all customers were asked, 0..1), in_top_later (chance to be
        among them after ten more customers, 0..1). The sum of in_top_later over today's first k is the number of them
        that is expected to stay. Chances are rough: read them in steps of ten percent. Both are missing if there are
        fewer than four customers, or no more than k places.

    Raises:
        InputError: The frame does not show who follows what, or an option has a wrong value.

    Warns:
        InputWarning: Nothing can be estimated, or rows could not be used.

    Example:
        >>> import outreach, pandas as pd
        >>> lists = {"Anna": "abc", "Boris": "abd", "Clara": "abe", "Dina": "af", "Egor": "acg"}
        >>> pairs = [(customer, f"t.me/channel_{place}") for customer, places in lists.items() for place in places]
        >>> follows = pd.DataFrame(pairs, columns=["customer", "resource"])
        >>> found = outreach.stability(follows, k=2)
        >>> found["in_top"].round(1).tolist()[:3], round(float(found["in_top_later"][:2].sum()), 1)
        ([1.0, 0.7, 0.2], 1.9)

    """
    import warnings

    from outreach import ranking
    from outreach.engine import Engine
    from outreach.errors import InputWarning, OptionError
    from outreach.messages import describe
    from outreach.ranking.followers import followers_of
    from outreach.ranking.stability import stability as estimated

    if _whole(k) < 1:
        raise OptionError("k must be 1 or more")
    choice = _filters(
        min_subscribers=min_subscribers, unknown_size=unknown_size, min_overlap=min_overlap,
        accepts_posts=accepts_posts, topic=topic, platform=platform, own=own, exclude=exclude, since=since,
    )  # fmt: skip
    with Engine() as engine:
        read = _from_frame(engine, likes, None, None, None)
        _warn(read)
        choice = _with_sheet(choice, read, resources)
        table = ranking.rank(read, choice).table
        found = estimated(followers_of(read, choice.since), _whole(k))
        frame = _frame(engine, table.select(), table.schema)
    frame = frame[["rank", "resource", "platform", "name", "subscribers", "overlap", "listed"]].copy()
    if found.why is not None:
        warnings.warn(describe(found.why), InputWarning, stacklevel=2)
    missing = float("nan")
    frame["in_top"], frame["in_top_later"] = (missing, missing) if found.why else (found.chances, found.later)
    return frame


def survey(
    path: str | Path,
    *,
    weight: Mapping[str, float] | None = None,
    scale: str | Sequence[str] = (),
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
) -> pd.DataFrame:
    r"""Read the answers to a survey: who loves you, how satisfied customers are, what they expected and received.

    Args:
        path: A table of answers: a column that says who answered, a question from 0 to 10 on recommending, grades of
            factors, pairs such as "expected: delivery" and "received: delivery".
        weight: Factor to its weight in the satisfaction index, 1 by default.
        scale: Scales that the file leaves open: ``"1-5"`` for all questions, ``"Price=1-10"`` for one.
        columns: Role to header or number: customer, recommend, time, step.
        encoding: Of a text, if it is not recognised.

    Returns:
        One row for each estimate, with the columns kind (nps, satisfaction, factor or gap), name, answers, value (of
        nps -100..100, of satisfaction and factors 0..1, of gaps in grades), low and high (95 % interval; missing if all
        answers are equal), promoters, passives, detractors, weight, scale, expected, received. ``attrs["groups"]`` maps
        each customer to promoters, passives or detractors, for :func:`compare` and :func:`rank`.

    Raises:
        InputError: It cannot be read, or the scale of a question is not clear.

    Warns:
        InputWarning: Answers were not used; the message counts them.

    Example:
        >>> import outreach, pathlib, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = pathlib.Path(folder, "answers.csv")
        ...     _ = file.write_text("customer,Would you recommend us? (0-10)\nAnna,10\nBoris,7\nVera,9\nOlga,3\n")
        ...     found = outreach.survey(file)
        >>> found[["kind", "value", "promoters"]].values.tolist(), found.attrs["groups"]["Boris"]
        ([['nps', 25.0, 2]], 'passives')

    """
    from outreach.engine import Engine
    from outreach.reporting.survey import survey_table
    from outreach.surveys import SurveyOptions
    from outreach.surveys import survey as survey_of

    found = survey_of(path, SurveyOptions(columns or {}, _several(scale), weight or {}, encoding))
    _warn_of([], len(found.answers.unused), "answers were not used")
    with Engine() as engine:
        table = survey_table(engine, found)
        frame = _frame(engine, table.select(), table.schema)
    frame.attrs["groups"] = {one.customer: one.group for one in found.members}
    return frame


def compare(
    likes: pd.DataFrame,
    groups: str | Path | pd.DataFrame | Mapping[str, str],
    *,
    group: str | None = None,
    against: str | None = None,
    min_subscribers: int = 5000,
    unknown_size: str = "keep",
    min_overlap: int | None = None,
    accepts_posts: str = "any",
    topic: str = "",
    platform: str | Sequence[str] = (),
    own: str | Sequence[str] = (),
    exclude: str | Sequence[str] = (),
    since: str | date | None = None,
    top: int | None = None,
    resources: str | Path | None = None,
) -> pd.DataFrame:
    """Compare which places two groups of customers follow.

    A place stands out where fewer than 5 of 100 random splits of the customers show as large a difference anywhere.

    Args:
        likes: As for :func:`rank`.
        groups: Customer to group: a mapping, a frame with the columns customer and group, or the file that
            ``outreach survey`` wrote.
        group: The first group; promoters by default, or the first of two.
        against: The second group; detractors by default, or everybody else.
        min_subscribers: As for :func:`rank`, like all that follow.
        unknown_size: ``"keep"`` or ``"drop"`` places of unknown size.
        min_overlap: Fewest customers of both groups, 2 or more.
        accepts_posts: ``"any"``, ``"yes"`` or ``"not-no"``.
        topic: Text that the topic contains.
        platform: Platforms to list.
        own: Addresses of your own pages.
        exclude: Addresses of other places to leave out.
        since: Leave out likes known to be older.
        top: Most places to list.
        resources: The sheet that you filled in.

    Returns:
        One row for each place, the largest difference first: resource (key), platform, name, url, subscribers, first
        and first_of (customers of the first group who follow it, of how many with a list), second and second_of,
        difference (of the shares), difference_low and difference_high (Newcombe 95 % interval), p (share of random
        splits in which some place differs as much), verdict (``"stands out"``, ``"hint"`` or missing).

    Raises:
        InputError: Nobody of a group has a list, or it is not clear which two groups are meant.

    Warns:
        InputWarning: Rows could not be used; the message counts the reasons.

    Example:
        >>> import outreach, pandas as pd
        >>> loving, others = "abcdef", "ghijkl"
        >>> places = ["t.me/smm_riga"] * 6 + ["vk.com/club7"] * 6
        >>> follows = pd.DataFrame({"customer": list(loving + others), "resource": places})
        >>> groups = dict.fromkeys(loving, "promoters") | dict.fromkeys(others, "detractors")
        >>> found = outreach.compare(pd.concat([follows, follows.assign(resource="t.me/news")]), groups)
        >>> found[["resource", "first", "second", "verdict"]].values.tolist()[:1]
        [['telegram:smm_riga', 6, 0, 'stands out']]

    """
    from dataclasses import replace

    from outreach.engine import Engine
    from outreach.likes.groups import OTHERS, of_groups, two_groups
    from outreach.ranking.compare import compare as compared

    choice = replace(
        _filters(
            min_subscribers=min_subscribers, unknown_size=unknown_size, min_overlap=min_overlap,
            accepts_posts=accepts_posts, topic=topic, platform=platform, own=own, exclude=exclude, since=since,
        ),
        top=None if top is None else _whole(top),
    )  # fmt: skip
    with Engine() as engine:
        read = _from_frame(engine, likes, None, None, None)
        _warn(read)
        matched = _matched(read, groups)
        first, second = two_groups(matched.groups, group, against)
        read = of_groups(read, matched, first, second)
        choice = _with_sheet(choice, read, resources)
        table = compared(read, (first, second or OTHERS), choice).table
        return _frame(engine, table.select(), table.schema)


def key(address: str, platform: str | None = None) -> str | None:
    """Return the key of the place that an address belongs to, or None.

    Example:
        >>> key("https://m.vk.com/wall-123_4"), key("@smm_riga", "telegram"), key("instagram.com/p/Cxyz")
        ('vk:club123', 'telegram:smm_riga', None)

    """
    from outreach.keys import identify

    return identify(address, _platform(platform)).key


def link(
    url: str, *, source: str, campaign: str, medium: str = "social", content: str = "", existing: str = "error"
) -> str:
    """Return an address with tags, so that its visits can be counted separately; the rest stays byte for byte.

    Args:
        url: Address of a page, http or https.
        source: The platform.
        campaign: The article or the season.
        medium: The kind of place.
        content: The place or the variant.
        existing: What to do with utm parameters that it has: ``"error"``, ``"keep"`` or ``"replace"``.

    Raises:
        InputError: The address cannot be published, or a value has private data.

    Example:
        >>> link("https://example.org/guide?page=2#top", source="telegram", campaign="Весна")
        'https://example.org/guide?page=2&utm_source=telegram&utm_medium=social&utm_campaign=vesna#top'

    """
    from outreach.teasers.links import asked_tags, target_link

    tags = asked_tags(source=source, medium=medium, campaign=campaign, content=content)
    return target_link(url, tags, existing=existing).url


def draft(
    brief: str | Path,
    places: str | Sequence[str] = (),
    *,
    table: str | Path | None = None,
    top: int | None = None,
    templates: str | Path | None = None,
    all_variants: bool = False,
) -> pd.DataFrame:
    """Write a teaser from a brief for each place, with its own link; nothing is sent, and no ledger is written.

    Args:
        brief: The brief, a TOML file.
        places: Keys or addresses.
        table: A ranking, a sheet of places or a list with more places.
        top: Only the first places of the table.
        templates: A folder of your own templates, used first.
        all_variants: Every variant for every place, instead of one for each.

    Returns:
        One row for each draft: resource (key), platform, language, variant, text, comment (first comment), link,
        link_place, length and limit (in ``unit``), unit, dropped and warnings (lists of texts), rules. A place whose
        text cannot be made short enough has no row.

    Raises:
        InputError: The brief or the table cannot be read.
        TemplateError: A template is wrong.

    Warns:
        InputWarning: A place got no draft, or something about the table is odd.

    """
    import warnings

    import pandas as pd

    from outreach.errors import InputWarning
    from outreach.messages import describe
    from outreach.teasers.brief import read_brief
    from outreach.teasers.drafts import COLUMNS
    from outreach.teasers.drafts import draft as drafts_of
    from outreach.teasers.rendering import Templates
    from outreach.teasers.targets import choose

    chosen = choose(_several(places), table, top)
    drafted = drafts_of(read_brief(brief), chosen.targets, Templates(templates), every_variant=all_variants)
    unfit = [f"{one.resource}: {describe(one.reason)}" for one in drafted.unfit]
    for doubt in (*map(describe, chosen.remarks), *unfit):
        warnings.warn(doubt, InputWarning, stacklevel=2)
    rows = [
        {column: getattr(one, column) for column in COLUMNS} | {"warnings": tuple(map(describe, one.warnings))}
        for one in drafted.drafts
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def conversion(
    paths: str | Path | Sequence[str | Path] = (),
    *,
    db: str | Path | None = None,
    by: str = "resource",
    visits: str = "",
    conversions: str = "",
    kind: str = "",
    goal: str = "",
    goal_path: str = "",
    period: tuple[date, date] | None = None,
    source: str = "",
    replace: bool = False,
    once_per_visit: Sequence[str] = (),
) -> pd.DataFrame:
    r"""Return what each place brought, from analytics exports, access logs and lists of sign-ups or orders.

    Args:
        paths: Files to import first; without any, the report shows what the ledger has.
        db: The campaign's database, a file or an address; without one, nothing is kept and lines are by tags.
        by: What each row is about: ``"resource"``, ``"campaign"``, ``"platform"``, ``"variant"``.
        visits: Source of the visits, if several tools counted them.
        conversions: Source of the conversions, if there are several.
        kind: Only this kind: ``"signup"``, ``"sale"``; ``"enquiry"``, ``"booked"``, ``"came"``, ``"paid"``,
            ``"no-show"``, ``"cancelled"`` of bookings; ``"conversion"``, ``"event"``.
        goal: Goal or key event to count, if a file has several.
        goal_path: Page of the goal, for access logs.
        period: First and last day of files that do not show them.
        source: What was measured, if the files do not show it.
        replace: Replace earlier imports of the same days.
        once_per_visit: Goals that a visit reaches once at most: they get a rate, not a number per visit.

    Returns:
        One row for each (resource, unit, kind of conversion), best first: resource (key; in brackets what belongs to
        none), name, placements, unit, denominator, conversions, conversion_kind, rate (0..1), rate_low and rate_high
        (95 % interval: Wilson's, Garwood's for events), rate_shrunk, verdict (words), more_needed (visits),
        share_of_conversions (0..1), clicks, views, visits_per_1000_views, cost, cost_per_conversion, revenue, currency,
        flags. Missing means unknown, never 0. Conversions and visits add up to those of the files, days outside of both
        left out. By variant also compared_with (the first text), compared_places, compared_visits,
        compared_conversions, other_visits, other_conversions, difference, difference_low, difference_high, p_value
        (Cochran-Mantel-Haenszel over the places where both texts had visits), chance_better; verdict and more_needed
        are then of this comparison.

    Raises:
        InputError: A file cannot be used, overlaps what was imported before, or several sources count the same.

    Warns:
        InputWarning: Rows could not be used, or something about the files is odd.

    Example:
        >>> import outreach, pathlib, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = pathlib.Path(folder, "signups.csv")
        ...     _ = file.write_text("email,created at,utm_content\nx@example.org,2026-05-02 10:00,smm-riga\n")
        ...     told = outreach.conversion(file)
        >>> told[["resource", "conversions", "conversion_kind"]].values.tolist()
        [['smm-riga', 1, 'signup']]

    """
    from outreach.campaign.clock import this_day
    from outreach.campaign.ledger import open_ledger
    from outreach.campaign.ledger.answers import kept_currency, kept_kinds, paid_stages
    from outreach.campaign.ledger.secret import LedgerSecret, ThrowAwaySecret
    from outreach.campaign.ledger.ties import answers_of, ties_of
    from outreach.engine import Engine
    from outreach.messages import describe, message
    from outreach.tracking.base import ImportOptions, Period
    from outreach.tracking.lines import Choice
    from outreach.tracking.report import import_files, report
    from outreach.tracking.table import conversion_table

    files = [str(path) for path in _paths(paths)]
    with Engine() as engine:
        ledger = open_ledger(db if db is not None else engine.folder / "outreach.db", create=bool(files) or db is None)
        if files:
            options = ImportOptions(
                engine=engine,
                secret=ThrowAwaySecret() if db is None else LedgerSecret(ledger.database),
                today=this_day(),
                goal=goal,
                goal_path=goal_path,
                period=Period(*period) if period else None,
                currency=kept_currency(ledger.database),
                kinds=kept_kinds(ledger.database),
                paid=paid_stages(ledger.database),
                answers=answers_of(ties_of(ledger.database)),
            )
            reading, _ = import_files(ledger, files, options, source=source, again=replace)
            messages = [one.message for one in reading.remarks if not one.usual]
            if people := sum(sum(one.answers.values()) for one in reading.untied):
                messages.append(message("answers-untied", people=people))  # their texts are for the screen alone
            _warn_of(list(map(describe, messages)), len(reading.rejected))
        table = conversion_table(
            engine, report(ledger, Choice(by, visits, conversions, kind, tuple(once_per_visit))).sections
        )
        return _frame(engine, table.select(), table.schema)


def shared_map(
    likes: pd.DataFrame,
    *,
    min_subscribers: int = 5000,
    unknown_size: str = "keep",
    min_overlap: int | None = None,
    accepts_posts: str = "any",
    topic: str = "",
    platform: str | Sequence[str] = (),
    own: str | Sequence[str] = (),
    exclude: str | Sequence[str] = (),
    since: str | date | None = None,
    top: int = 300,
    resources: str | Path | None = None,
    names: Mapping[str, str] | None = None,
) -> SharedMap:
    """Return which places share more customers than chance explains, and the communities that they form.

    Chance keeps how many customers each place has and how many places each customer follows, and knows of which
    platforms there are lists; see ``ranking.shared.ties_of``. Communities are found by Louvain's method.

    Args:
        likes: As for :func:`rank`.
        min_subscribers: As for :func:`rank`, like all the others.
        unknown_size: ``"keep"`` or ``"drop"``.
        min_overlap: Fewest customers.
        accepts_posts: ``"any"``, ``"yes"`` or ``"not-no"``.
        topic: Text that the topic contains.
        platform: Platforms; none is all.
        own: Addresses of your own pages, to leave out.
        exclude: Addresses of other places to leave out.
        since: Leave out likes known to be older.
        top: Most places on the map, those with the most customers; 1 to 400.
        resources: The sheet of places.
        names: Names of communities: address of any of its places to name.

    Returns:
        Places, ties, communities and counts; :func:`show` draws them.

    Raises:
        InputError: The frame does not show who follows what, an option has a wrong value, or a community is named by a
            place without ties.

    Warns:
        InputWarning: Rows could not be used; the message counts the reasons.

    Example:
        >>> import outreach, pandas as pd
        >>> follows = pd.DataFrame(
        ...     [(f"{group}{n}", f"t.me/{group}_{p}") for group in ("one", "two") for n in range(15) for p in range(5)],
        ...     columns=["customer", "resource"],
        ... )
        >>> found = outreach.shared_map(follows)
        >>> [(one.name, len(one.places)) for one in found.communities], found.proven
        ([('one_0, one_1', 5), ('two_0, two_1', 5)], 20)

    """
    from outreach.engine import Engine
    from outreach.errors import OptionError
    from outreach.ranking.shared import LIMIT
    from outreach.ranking.shared import shared_map as mapped

    choice = _filters(
        min_subscribers=min_subscribers, unknown_size=unknown_size, min_overlap=min_overlap,
        accepts_posts=accepts_posts, topic=topic, platform=platform, own=own, exclude=exclude, since=since,
    )  # fmt: skip
    if not 1 <= (most := _whole(top)) <= LIMIT:
        raise OptionError(f"top must be 1 to {LIMIT}")
    with Engine() as engine:
        read = _from_frame(engine, likes, None, None, None)
        _warn(read)
        return mapped(read, _with_sheet(choice, read, resources), most=most, names=names)


def show(frame: pd.DataFrame | SharedMap, *, language: str = "en", groups: Sequence[str] = ()) -> Figure:
    """Return the picture of what we returned: a notebook shows it, ``save("x.svg")`` writes it (.png and .html too).

    Args:
        frame: What :func:`rank`, :func:`plan`, :func:`coverage`, :func:`compare` or :func:`conversion` returned, or
            some of its rows; or the map that :func:`shared_map` returned.
        language: Of the texts: ``en``, ``ru``, ``el``, ``lv`` or ``hy``.
        groups: What the two groups of a comparison are called.

    Raises:
        OptionError: There is no picture of such a frame, or the language is none of these.

    Example:
        >>> import pandas as pd
        >>> follows = pd.DataFrame({"customer": ["Anna", "Boris"], "resource": ["t.me/smm_riga", "t.me/smm_riga"]})
        >>> show(rank(follows, min_subscribers=0)).description
        'smm_riga: 2 of 2 customers.'

    """
    from outreach.errors import OptionError
    from outreach.messages import LANGUAGES
    from outreach.ranking.shared import SharedMap
    from outreach.reporting.pictures import picture_of_rows, schema_of_columns

    if language not in LANGUAGES:
        raise OptionError(f"language must be one of {', '.join(LANGUAGES)}")
    if len(groups) not in {0, 2}:
        raise OptionError("groups: give the names of both groups, or none")
    if isinstance(frame, SharedMap):
        from outreach.figures import draw_map

        return draw_map(frame, language=language)
    schema = schema_of_columns(list(frame.columns))
    if schema is None:
        raise OptionError(
            "there is no picture of such a frame", hint="give what rank, plan, coverage, compare or conversion returned"
        )
    rows = [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
    return picture_of_rows(rows, schema, language, groups)


def _filters(
    *,
    min_subscribers: int,
    unknown_size: str,
    min_overlap: int | None,
    accepts_posts: str,
    topic: str,
    platform: str | Sequence[str],
    own: str | Sequence[str],
    exclude: str | Sequence[str],
    since: str | date | None,
) -> Choice:
    """Return which places count."""
    from outreach.ranking import Choice

    return Choice(
        min_subscribers=_whole(min_subscribers),
        unknown_size=unknown_size,
        min_overlap=None if min_overlap is None else _whole(min_overlap),
        accepts_posts=accepts_posts,
        topic=topic,
        platforms=tuple(filter(None, (_platform(name) for name in _several(platform)))),
        own=_several(own),
        exclude=_several(exclude),
        since=_moment(since),
    )


def _ranked_elsewhere(
    address: Any,
    likes: Any,
    choice: Choice,
    *,
    columns: Mapping[str, str] | None,
    assume_platform: str | None,
    same_as: str | Path | None,
    resources: str | Path | None,
    db: str | Path | None,
    send: bool,
) -> pd.DataFrame:
    """Return the ranking of rows that Spark holds; warn the caller's caller of what could not be used."""
    import warnings

    from outreach.engine import Engine
    from outreach.engines.rank import Where, rank_on
    from outreach.errors import InputWarning
    from outreach.likes.by_hand import hand_aliases
    from outreach.messages import describe
    from outreach.sheet.facts import read_sheet

    several = isinstance(likes, (list, tuple))
    where = Where(
        address=address,
        tables=list(likes) if several else [likes],
        columns=columns or {},
        send=send,
        assume_platform=_platform(assume_platform),
        by_hand=hand_aliases(same_as) if same_as is not None else (),
        sheet=read_sheet(resources) if resources is not None else None,
    )
    with Engine() as opened:
        found = rank_on(opened, where, choice)
        if found.rejected:
            reasons = "; ".join(f"{rows} x {describe(reason)}" for reason, rows in found.rejected[:3])
            rows = sum(count for _, count in found.rejected)
            warnings.warn(f"{rows} rows could not be used: {reasons}", InputWarning, stacklevel=3)
        table = found.ranking.table
        if db is not None:
            from outreach.reporting.measured import beside_ranking

            table = beside_ranking(table, _sections(db)).table
        return _frame(opened, table.select(), table.schema)


def _planned(
    likes: pd.DataFrame,
    choice: Choice,
    resources: str | Path | None,
    *,
    posts: int,
    must: str | Sequence[str],
    without: str | Sequence[str],
    budget: str | None = None,
    cool_down: int | None = None,
    db: str | Path | None = None,
    book: str | Path | None = None,
    today: date | None = None,
    schema: Schema,
) -> pd.DataFrame:
    """Return the rows of a plan, those columns of it that a schema has."""
    from outreach.campaign.clock import this_day
    from outreach.campaign.ledger import open_ledger
    from outreach.engine import Engine, quoted
    from outreach.errors import OptionError
    from outreach.files.money import money
    from outreach.owners import open_book
    from outreach.reporting.plan_places import Known
    from outreach.reporting.planning import Wanted
    from outreach.reporting.planning import plan as plan_posts
    from outreach.sheet.facts import facts_in
    from outreach.tracking.tried import measured

    allowed = None if budget is None else money(budget)
    if budget is not None and allowed is None:
        raise OptionError("budget is not a sum of money", hint='write it like "300 EUR"')
    wanted = Wanted(
        posts=_whole(posts), must=_several(must), without=_several(without), budget=allowed,
        cool_down=None if cool_down is None else _whole(cool_down),
    )  # fmt: skip
    ledger = open_ledger(db, create=False) if db is not None else None
    known = Known(
        today=today or this_day(),
        placements=ledger.placements() if ledger else (),
        book=open_book(book, create=False) if book is not None else None,
        facts=facts_in(resources) if resources is not None else (),
    )
    with Engine() as engine:
        read = _from_frame(engine, likes, None, None, None)
        _warn(read, 4)
        choice = _with_sheet(choice, read, resources)
        table = plan_posts(read, choice, wanted, known, measured(ledger) if ledger else None).table
        return _frame(engine, table.select(", ".join(map(quoted, schema.names))), schema)


def _with_stability(read: Likes, table: Table, choice: Choice) -> Table:
    """Put the chance to be among the first five beside each place of a ranking; warn the caller's caller if unknown."""
    import warnings

    from outreach.errors import InputWarning
    from outreach.messages import describe
    from outreach.ranking.followers import followers_of
    from outreach.ranking.stability import stability, with_chances

    followers = followers_of(read, choice.since)
    found = stability(followers)
    if found.why is not None:
        warnings.warn(describe(found.why), InputWarning, stacklevel=3)
    return with_chances(table, followers, found)


def _sections(db: str | Path) -> tuple[Section, ...]:
    """Return what a ledger says of its places."""
    from outreach.campaign.ledger import open_ledger
    from outreach.tracking.lines import Choice
    from outreach.tracking.report import report

    return report(open_ledger(db, create=False), Choice()).sections


def _matched(read: Likes, groups: str | Path | pd.DataFrame | Mapping[str, str] | None) -> Matched:
    """Return the groups of the customers of these likes.

    Raises:
        InputError: There are none, or they cannot be read.

    """
    from collections.abc import Mapping
    from pathlib import Path

    from outreach.errors import InputError
    from outreach.likes.groups import groups_given, match_groups, read_groups

    if groups is None:
        raise InputError("a group needs groups", hint='groups="groups.csv", or a mapping of customers to groups')
    if isinstance(groups, str | Path):
        return match_groups(read, read_groups(groups))
    if isinstance(groups, Mapping):
        pairs = list(groups.items())
    else:
        pairs = list(zip(groups["customer"], groups["group"], strict=True))
    return match_groups(read, groups_given((str(customer), str(group)) for customer, group in pairs))


def _warn_of(remarks: Sequence[str], rejected: int, what: str = "rows could not be used") -> None:
    """Warn the caller's caller of what is odd about files of results."""
    import warnings

    from outreach.errors import InputWarning

    for remark in (*remarks, *([f"{rejected} {what}"] if rejected else [])):
        warnings.warn(remark, InputWarning, stacklevel=3)


def _platform(name: str | None) -> str | None:
    """Return the canonical name of a platform, None for none.

    Raises:
        OptionError: It is no platform.

    """
    from outreach.keys import platform_asked

    return None if name is None else platform_asked(name, name)


def _options(
    columns: Mapping[str, str] | None,
    encoding: str | None,
    counted: int | None,
    customer: str | None,
    customers: str | Path | None,
    *,
    include_people: bool,
    read_as: str | None,
    customer_is: str | None,
) -> ReadOptions:
    """Return what was said about the tables to read."""
    from outreach.likes.by_hand import people_in
    from outreach.likes.plan import ReadOptions

    people = {} if customers is None else people_in(customers)
    return ReadOptions(
        columns or {}, encoding, counted, customer, people, include_people, read_as=read_as, customer_is=customer_is
    )


def _paths(paths: str | Path | Sequence[str | Path]) -> list[str | Path]:
    return [paths] if isinstance(paths, str) or not hasattr(paths, "__iter__") else list(paths)


def _several(values: str | Sequence[str] | None) -> tuple[str, ...]:
    if values is None or values == "":
        return ()
    return (values,) if isinstance(values, str) else tuple(values)


def _whole(number: SupportsIndex) -> int:
    """Return any kind of whole number as Python's own."""
    return number.__index__()


def _moment(since: str | date | None) -> datetime | None:
    """Return a moment in UTC; a time without a zone is UTC, a day is its beginning."""
    from datetime import UTC, datetime

    from outreach.ranking import moment

    if since is None:
        return None
    if isinstance(since, str):
        return moment(since, datetime.now(UTC).date())
    if isinstance(since, datetime):
        return since.astimezone(UTC) if since.tzinfo else since.replace(tzinfo=UTC)
    return datetime(since.year, since.month, since.day, tzinfo=UTC)


def _from_frame(
    engine: Engine,
    frame: pd.DataFrame,
    columns: Mapping[str, str] | None,
    assume_platform: str | None,
    same_as: str | Path | None,
) -> Likes:
    """Read likes from a frame."""
    from outreach.errors import OptionError
    from outreach.likes import from_tables
    from outreach.likes.by_hand import hand_aliases
    from outreach.likes.frame import table_of_frame

    if not hasattr(frame, "columns"):
        raise OptionError("likes: a frame is needed", hint="read files first: outreach.read_likes(paths)")
    table = table_of_frame(engine, frame, columns or {})
    by_hand = hand_aliases(same_as) if same_as is not None else []
    return from_tables(engine, [table], assume_platform=_platform(assume_platform), by_hand=by_hand, may_be_empty=True)


def _with_sheet(choice: Choice, read: Likes, path: str | Path | None) -> Choice:
    """Put the sheet, if there is one, over what the likes say; return what to rank without the places it leaves out."""
    import warnings
    from dataclasses import replace

    from outreach.errors import InputWarning
    from outreach.likes.facts import apply_sheet
    from outreach.messages import describe
    from outreach.sheet.facts import read_sheet

    if path is None:
        return choice
    sheet = read_sheet(path)
    applied = apply_sheet(read, sheet)
    for doubt in (*sheet.describe(), *applied.doubts):
        warnings.warn(describe(doubt), InputWarning, stacklevel=3)
    return replace(choice, exclude=(*choice.exclude, *applied.excluded))


def _warn(read: Likes, levels: int = 3) -> None:
    """Warn the caller's caller, or who is so many levels above, of what could not be used or understood."""
    import warnings

    from outreach.errors import InputWarning
    from outreach.messages import describe

    if read.rejections:
        reasons = "; ".join(f"{rejection.rows} x {describe(rejection.reason)}" for rejection in read.rejections[:3])
        warnings.warn(f"{read.rejected_count} rows could not be used: {reasons}", InputWarning, stacklevel=levels)
    for one in read.skipped:
        if one.wanted or one.why.code == "plug-in-broken":
            warnings.warn(f"skipped {one.source}: {describe(one.why)}", InputWarning, stacklevel=levels)
    for doubt in read.doubts:
        warnings.warn(describe(doubt), InputWarning, stacklevel=levels)


def _likes_frame(read: Likes) -> pd.DataFrame:
    """Return likes as one frame, with the facts about the resources and a row for each empty list."""
    from outreach.keys import url_of
    from outreach.tables import Column, Schema

    text, many = "varchar", "bigint"
    schema = Schema(
        "likes",
        (
            Column("customer", text, "label"),
            Column("platform", text, "platform of the place"),
            Column("resource", text, "key", missing=True),
            Column("name", text, "name", missing=True),
            Column("url", text, "public address", missing=True),
            Column("subscribers", many, "people", missing=True),
            Column("accepts_posts", text, "yes, no or a word", missing=True),
            Column("topic", text, "topic", missing=True),
            Column("followed_at", "timestamp", "UTC", missing=True),
            Column("source", text, "file", missing=True),
        ),
    )
    frame = _frame(
        read.engine,
        "select l.customer, r.platform, r.resource, r.name, null::varchar as url, r.subscribers, r.accepts_posts, "
        f"r.topic, l.followed_at, l.source from {read.likes.relation} l join {read.resources.relation} r "
        "using (resource_id) union all "
        "select customer, platform, null, null, null, null, null, null, null, null from ("
        f"select customer, platform from {read.lists.relation} except select l.customer, r.platform "
        f"from {read.likes.relation} l join {read.resources.relation} r using (resource_id)) "
        "order by customer, platform, resource",
        schema,
    )
    addressed = f"select resource, coalesce(address_key, resource) from {read.resources.relation}"
    urls = {key: url_of(with_address) for key, with_address in read.engine.rows(addressed)}
    frame["url"] = frame["resource"].map(urls).astype("string")
    return frame


def _frame(engine: Engine, sql: str, schema: Schema) -> pd.DataFrame:
    """Return the rows of a query as a frame whose missing values are missing."""
    import pandas as pd

    types = {"varchar": "string", "bigint": "Int64", "integer": "Int64", "double": "float64"}
    frame = engine.connection.execute(sql).df()
    frame = frame.astype({column.name: types[column.type] for column in schema.columns if column.type in types})
    for column in schema.columns:
        if column.type == "timestamp":
            frame[column.name] = pd.to_datetime(frame[column.name], utc=True)
        elif column.type == "bigint" and not column.missing:
            frame[column.name] = frame[column.name].astype("int64")
    return frame


class _CallableRoom(ModuleType):
    """The room ``outreach.likes``, which was a function of the same name until 0.1."""

    def __call__(self, *args: Any, **options: Any) -> pd.DataFrame:
        """Make a likes table of a frame; the old name of :func:`likes_from_frame`."""
        import warnings

        warnings.warn("outreach.likes() is now outreach.likes_from_frame()", DeprecationWarning, stacklevel=2)
        return likes_from_frame(*args, **options)


class _Package(ModuleType):
    """This package: it makes the room ``likes`` callable when that is imported, whoever imports it."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "likes" and isinstance(value, ModuleType):
            value.__class__ = _CallableRoom
        super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        if name == "likes":
            from importlib import import_module

            return import_module("outreach.likes")
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")


sys.modules[__name__].__class__ = _Package
