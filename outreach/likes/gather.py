"""From tables to likes: who follows which resource, once each.

Large tables are read by the engine and never row by row in Python. Each table is read twice: first its distinct
addresses, sizes and names with their counts; then, when every distinct address has its key, who follows what.

The tables that are made on the way, all in the run's engine:

``found``       distinct (address, size, …) of a table, with the number of rows; ``fault`` 0 is usable
``addresses``   distinct addresses (``ADDRESS``) with a number
``identified``  number of an address -> key, or the platform of an empty list, or the reason why there is neither
``placed``      number of an address -> resource, aliases followed
``addressed``   resource -> another key of it that has a public address, where its own has none
``sizes``       distinct (table, text of a size) -> number
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from outreach.engine import literal
from outreach.errors import InputError
from outreach.files.numbers import sizes
from outreach.keys import is_name, name_key, platform_of
from outreach.keys.aliases import Alias, close
from outreach.likes.addresses import ADDRESS, Addresses
from outreach.likes.bare_texts import names_like_sites
from outreach.likes.expressions import customer_of, moment_of, most_frequent, same_address, says_no_more, tidy
from outreach.likes.plain.base import A_FOLLOWER, Scan, followers_refused
from outreach.tables import LIKES, LISTS, RESOURCES, Table
from outreach.words.accepting import meaning_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from outreach.engine import Engine

__all__ = ["Gathering", "reading"]

FACTS: Final = ("subscribers", "accepts_posts", "topic")
FREQUENT: Final = ("name", "accepts_posts", "topic")
NO_CUSTOMER: Final = "no customer in this row"


class Gathering:
    """The steps from tables to likes, in order; each makes tables that the next ones read.

    Args:
        engine: Where the tables are made.
        scans: What to read.
        assume_platform: The platform of bare handles.
        by_hand: Aliases that the user wrote.
        measured: Count the customers and likes of every table, for ``measures``.

    """

    def __init__(
        self,
        engine: Engine,
        scans: Sequence[Scan],
        *,
        assume_platform: str | None = None,
        by_hand: Iterable[Alias] = (),
        measured: bool = False,
    ) -> None:
        self.engine: Final = engine
        self.scans: Final = scans
        self.by_hand: Final = tuple(by_hand)
        self.addresses: Final = Addresses(
            assume_platform=assume_platform, headers=(text for scan in scans for text in scan.headers)
        )
        self.conflicts: tuple[Alias, ...] = ()
        self.faults: Final = [""]  # number of a fault -> its reason
        self.odd_sizes: dict[tuple[int, str], str] = {}  # number of a table, text of a size -> what is odd about it
        self.measured: Final = measured
        self.measures: Final[list[tuple[int, int]]] = []  # customers and likes of every table
        self.strangers = 0  # handles without a platform
        self.unsure: tuple[str, ...] = ()  # names of no address that several addresses bear

    def run(self) -> None:
        """Take all steps."""
        self._find()
        self._identify()
        self._place()
        self._describe()
        self._pair()
        self._list()

    def rows(self, scan: Scan, *, numbered: bool = False) -> str:
        """Return the query for the rows of a table: tidy customer, the other roles as found, number of the fault.

        Args:
            scan: The table.
            numbered: Number the rows from 1 as ``row``; true to the file only while the engine keeps its order.

        """
        cells = ", ".join(f"{cell} as {role}" for role, cell in scan.cells.items() if role != "customer")
        cells = f"{customer_of(scan)} as customer, {cells}, {self._fault(scan)} as fault"
        filled = " or ".join(f"{cell} is not null" for cell in scan.cells.values())
        if not numbered:
            return f"(select {cells} from {scan.relation} where {filled})"
        return (
            f"(select * from (select row_number() over () as row, {filled} as filled, {cells} from {scan.relation})"
            " where filled)"
        )

    def usable(self, scan: Scan) -> str:
        """Return the query for the rows whose fault is 0, without that number: a condition costs less than a case."""
        cells = ", ".join(f"{cell} as {role}" for role, cell in scan.cells.items() if role != "customer")
        sound = " and ".join(f"({condition}) is not true" for condition, _ in scan.faults) or "true"
        return (
            f"(select {customer_of(scan)} as customer, {cells} from {scan.relation} "
            f"where {customer_of(scan)} is not null and {sound})"
        )

    def _fault(self, scan: Scan) -> str:
        """Return the SQL expression that numbers what is wrong with a row, 0 for nothing."""
        conditions = [*scan.faults, (f"{customer_of(scan)} is null", NO_CUSTOMER)]
        cases = " ".join(f"when {condition} then {self._fault_number(reason)}" for condition, reason in conditions)
        return f"case {cases} else 0 end"

    def _fault_number(self, reason: str) -> int:
        if reason not in self.faults:
            self.faults.append(reason)
        return self.faults.index(reason)

    def _find(self) -> None:
        """Read the distinct addresses of every table, with what is said about them."""
        columns = ", ".join(f"{column} varchar" for column in (*ADDRESS, *FACTS))
        self.engine.run(f"create table found (source integer, {columns}, fault integer, rows bigint)")
        for number, scan in enumerate(self.scans):
            told = ", ".join(role for role in (*ADDRESS, *FACTS) if role in scan.cells)
            _read_into(
                self.engine,
                scan,
                f"insert into found (source, {told}, fault, rows) select {number}, {told}, fault, count(*) "
                f"from {self.rows(scan)} group by {told}, fault",
            )
            self._refuse_followers(number, scan)

    def _refuse_followers(self, number: int, scan: Scan) -> None:
        if A_FOLLOWER in self.faults and len(self.scans) == 1:  # beside other tables its rows are rejected and counted
            fault = self.faults.index(A_FOLLOWER)
            if self.engine.rows(f"select bool_and(fault = {fault}) from found where source = {number}")[0][0]:
                raise followers_refused(scan.label)

    def _identify(self) -> None:
        """Give every distinct address its key, or the reason why it has none."""
        roles = ", ".join(ADDRESS)
        self.engine.run(
            f"create table addresses as select {roles}, (row_number() over ())::integer as address_id "
            f"from (select distinct {roles} from found where fault = 0)"
        )
        self.addresses.names = names_like_sites(self.engine, self.scans)
        self.engine.run("create table identified (address_id integer, key varchar, empty_list varchar, reason varchar)")
        for batch in self.engine.batches(f"select {roles}, address_id from addresses"):
            numbers, keys, others = self.addresses.answers(batch)
            self.engine.append("identified (address_id, key)", [numbers, keys])
            self.engine.append(
                "identified",
                [
                    [number for number, _ in others],
                    *zip(*(answer[:3] for _, answer in others), strict=True),
                ],
            )

        self.engine.run("create table several (address_id integer)")
        self.engine.append("several", [self.addresses.lists])

    def _place(self) -> None:
        """Close the aliases and lead every address to its resource."""
        told = [*self.by_hand, *self.addresses.aliases]
        closure = close([*told, *self._name_aliases(close(told).same_as)])
        self.conflicts = tuple(sorted({*closure.conflicts, *self.addresses.conflicts}))
        self.engine.run("create table merged (key varchar, same_as varchar)")
        self.engine.append("merged", [list(closure.same_as), list(closure.same_as.values())])
        addressed = closure.addressed()
        self.engine.run("create table addressed (resource varchar, address_key varchar)")
        self.engine.append("addressed", [list(addressed), list(addressed.values())])
        self.engine.run(
            "create table placed as "
            "select i.address_id, i.key, split_part(i.key, ':', 1) as platform, "
            "coalesce(m.same_as, i.key) as resource, "
            "dense_rank() over (order by coalesce(m.same_as, i.key))::integer as resource_id "
            "from identified i left join merged m on m.key = i.key where i.key is not null"
        )

    def _name_aliases(self, same_as: Mapping[str, str]) -> list[Alias]:
        """Join a resource known by name only to the one resource with an address that bears the name.

        Where two addresses bear the name it stays apart: two pages may share a name. So does one given by its key.
        """
        names = self.engine.rows(
            "select i.key, bool_or(a.resource is distinct from i.key) from identified i "
            "join addresses a using (address_id) where i.key like '%:name/%' group by i.key"
        )
        self.strangers = sum(key.startswith("other:name/@") for key, _ in names)
        wanted = {key for key, by_name in names if by_name and is_name(key) and platform_of(key) != "other"}
        if not wanted:
            return []
        listed = ", ".join(literal(platform) for platform in sorted({platform_of(key) for key in wanted}))
        rows = self.engine.rows(
            "select distinct i.key, a.name from identified i join addresses a using (address_id) "
            f"where a.name is not null and split_part(i.key, ':', 1) in ({listed})"
        )
        bearers: dict[str, set[str]] = {}
        for key, name in rows:
            named = name_key(name, platform_of(key))
            if named in wanted and named is not None and not is_name(key):
                bearers.setdefault(named, set()).add(same_as.get(key, key))
        self.unsure = tuple(named for named, keys in sorted(bearers.items()) if len(keys) > 1)
        return [Alias(named, min(keys), "name") for named, keys in sorted(bearers.items()) if len(keys) == 1]

    def _describe(self) -> None:
        """Make the resources table: each resource with its name, size, topic."""
        self._sizes()
        told = {role: tidy(f"f.{role}") if self.has(role) else "cast(null as varchar)" for role in (*ADDRESS, *FACTS)}
        self.engine.run(f"""
            create table told as
            select p.resource_id, f.rows, s.size, {told["accepts_posts"]} as accepts_posts, {told["topic"]} as topic,
                {told["name"]} is null as own, coalesce({told["name"]}, case when p.key like '%:name/%' then
                    coalesce({told["resource"]}, {told["handle"]}, {told["url"]})
                    when lower(trim({told["resource"]}, '/')) = substr(p.key, length(p.platform) + 2)
                    then trim({told["resource"]}, '/') end) as name
            from found f
            join addresses a on {self.same_found()}
            join placed p on p.address_id = a.address_id
            left join sizes s on s.text = f.subscribers and s.source = f.source
            where f.fault = 0 and p.address_id not in (from several)
        """)
        # A number or a handle stands in for a name only where nobody tells one.
        named = "select resource_id from told where not own and name is not null"
        self.engine.run(f"update told set name = null where own and resource_id in ({named})")
        facts = [role for role in FREQUENT if role == "name" or self.has(role)]
        frequent = "".join(f", frequent_{fact} as ({most_frequent(fact)})" for fact in facts)
        joins = "".join(f" left join frequent_{fact} using (resource_id)" for fact in facts)
        values = {fact: f"frequent_{fact}.value" if fact in facts else "null::varchar" for fact in FREQUENT}
        self.engine.run(f"""
            create table {RESOURCES.name} as
            with keys as (
                select resource_id, min(resource) as resource, case when min(platform) = max(platform)
                    then min(platform) else string_agg(distinct platform, ',' order by platform) end as platforms
                from placed group by resource_id
            ),
            sizes as (select resource_id, max(size) as subscribers from told group by resource_id)
            {frequent}
            select resource_id, resource, split_part(resource, ':', 1) as platform, platforms,
                coalesce({values["name"]}, split_part(address_key, ':', 2)) as name, subscribers,
                {values["accepts_posts"]} as accepts_posts, {values["topic"]} as topic, address_key
            from keys left join sizes using (resource_id) left join addressed using (resource) {joins}
        """)
        words = self.engine.rows(f"select distinct accepts_posts from {RESOURCES.name}") if len(facts) > 1 else []
        for (word,) in words:
            if word is not None and (meaning := meaning_of(word)) != word:
                self.engine.run(
                    f"update {RESOURCES.name} set accepts_posts = ? where accepts_posts = ?", [meaning, word]
                )

    def has(self, role: str) -> bool:
        """Whether any table tells a role."""
        return any(role in scan.cells for scan in self.scans)

    def _sizes(self) -> None:
        """Understand every distinct size: plain digits in the engine, the rest here, each table by itself."""
        self.engine.run("""
            create table sizes as
            select distinct source, subscribers as text,
                case when regexp_full_match(subscribers, '[1-9][0-9]{0,10}') then subscribers::bigint end as size
            from found where subscribers is not null and fault = 0
        """)
        columns: dict[int, list[str]] = {}
        odd = "select source from sizes where size is null"
        for source, text in self.engine.rows(f"select source, text from sizes where source in ({odd}) order by all"):
            columns.setdefault(source, []).append(text)
        if columns:
            self.engine.run(f"delete from sizes where source in ({odd})")
        for source, texts in columns.items():
            understood = sizes(texts)
            self.odd_sizes |= {(source, text): size.doubt for text, size in understood.items() if size.doubt}
            numbers = [understood[text].number for text in texts]
            self.engine.append("sizes", [[source] * len(texts), texts, numbers])

    def _pair(self) -> None:
        """Read again who follows what, each pair once."""
        dated = self.has("followed_at")
        parts = [self._pairs_of(number, scan, dated=dated) for number, scan in enumerate(self.scans)]
        if self.measured:
            self.measures.extend(map(self._measure, self.scans, parts))
        if dated:
            self._dates(parts)
        moments = "max(d.moment)" if dated else "cast(null as timestamp)"
        if len(parts) == 1 and not dated:
            self.engine.run(
                f"create view {LIKES.name} as select customer, resource_id, cast(null as timestamp) as followed_at, "
                f"{literal(self.scans[0].label)} as source from {parts[0]}"
            )
            return
        union = " union all ".join(
            f"select *, {literal(scan.label)} as source from {part}"
            for part, scan in zip(parts, self.scans, strict=True)
        )
        dates = "left join dates d on d.text = p.followed_at" if dated else ""
        self.engine.run(
            f"create table {LIKES.name} as select customer, resource_id, {moments} as followed_at, "
            f"min(source) as source from ({union}) p {dates} group by all"
        )
        for part in parts:
            self.engine.run(f"drop table {part}")

    def _measure(self, scan: Scan, part: str) -> tuple[int, int]:
        """Count the customers of whom a table has a list, empty or not, and its likes."""
        known = "select address_id from identified where reason is null"
        listed = f"select distinct a.* from addresses a where address_id in ({known}) and {says_no_more(scan)}"
        with reading(scan):
            customers, likes = self.engine.rows(
                f"select (select count(distinct t.customer) from {self.usable(scan)} t "
                f"join ({listed}) a on {same_address('t', scan, equal=False)}), "
                f"(select count(distinct (customer, resource_id)) from {part})"
            )[0]
        return int(customers), int(likes)

    def _pairs_of(self, number: int, scan: Scan, *, dated: bool) -> str:
        """Read the pairs of one table; return the name of the table that holds them."""
        date = tidy("t.followed_at") if "followed_at" in scan.cells else "cast(null as varchar)"
        date = f", {date} as followed_at" if dated else ""
        targets = (
            f"select a.*, p.resource_id from addresses a join placed p using (address_id) where {says_no_more(scan)}"
        )
        _read_into(
            self.engine,
            scan,
            f"create table pairs_{number} as select distinct t.customer, a.resource_id{date} "
            f"from {self.usable(scan)} t join ({targets}) a on {same_address('t', scan)}",
        )
        return f"pairs_{number}"

    def _dates(self, parts: Sequence[str]) -> None:
        """Understand every distinct date."""
        union = " union ".join(f"select followed_at as text from {part}" for part in parts)
        self.engine.run(
            f"create table dates as select text, {moment_of('text')} as moment from ({union}) where text is not null"
        )

    def _list(self) -> None:
        """Note of which customers a list is known, platform by platform; an empty list is an answer."""
        across = f"select resource from {RESOURCES.name} where contains(platforms, ',')"
        self.engine.run(f"""
            create table {LISTS.name} as
            with platforms as (
                select platform, (row_number() over (order by platform) - 1)::integer as bit
                from (select distinct platform from {RESOURCES.name} where not contains(platforms, ','))
            ),
            targets as (
                select r.resource_id, 1::bigint << p.bit as mask
                from {RESOURCES.name} r join platforms p using (platform)
                where not contains(r.platforms, ',')
            ),
            sets as (select l.customer, bit_or(t.mask) as masks from {LIKES.name} l join targets t using (resource_id)
                group by l.customer)
            select s.customer, p.platform from sets s join platforms p on (s.masks >> p.bit) & 1 = 1
        """)
        more = {
            "empty": "select address_id, empty_list as listed from identified where empty_list is not null",
            "across": f"select address_id, platform as listed from placed where resource in ({across})",
        }
        asked = [query for query in more.values() if self.engine.rows(f"{query} limit 1")]
        for query in asked:
            for scan in self.scans:
                targets = f"select a.*, q.listed from addresses a join ({query}) q using (address_id)"
                _read_into(
                    self.engine,
                    scan,
                    f"insert into {LISTS.name} select distinct t.customer, a.listed from {self.usable(scan)} t "
                    f"join ({targets} where {says_no_more(scan)}) a on {same_address('t', scan, equal=False)}",
                )
        counts = {scan.counted for scan in self.scans if scan.counted}
        for counted in counts:
            self.engine.run(
                f"insert into {LISTS.name} select i::varchar, p.platform from range(1, {counted + 1:d}) r(i) "
                f"cross join (select distinct platform from {LISTS.name}) p"
            )
        if asked or counts:
            self.engine.run(f"create or replace table {LISTS.name} as select distinct * from {LISTS.name}")

    def labels_lost(self) -> int:
        """Return the number of customers whose label is question marks and signs."""
        lost = "regexp_full_match(customer, '[?\\s.,-]*[?]{3}[?\\s.,-]*')"
        return int(self.engine.rows(f"select count(distinct customer) from {LISTS.name} where {lost}")[0][0])

    def sizes_apart(self) -> int:
        """Return the number of resources of which two sizes are told, one at least twice the other."""
        return int(
            self.engine.rows(
                "select count(*) from (select resource_id from told group by all having max(size) >= 2 * min(size))"
            )[0][0]
        )

    def customers(self) -> tuple[int, int]:
        """Return the number of customers, and of those whose label differs from another's only in case."""
        both = f"select count(distinct customer), count(distinct lower(customer)) from {LISTS.name}"
        customers, folded = self.engine.rows(both)[0]
        return int(customers), int(customers) - int(folded)

    def dates_not_understood(self) -> int:
        """Return the number of distinct dates that are none."""
        if not self.has("followed_at"):
            return 0
        return int(self.engine.rows("select count(*) from dates where moment is null")[0][0])

    def same_found(self) -> str:
        """Return the condition that ``found f`` has the address ``a``."""
        roles = [role for role in ADDRESS if any(role in scan.cells for scan in self.scans)]
        return " and ".join(f"f.{role} is not distinct from a.{role}" for role in roles)

    def tables(self) -> tuple[Table, Table, Table]:
        """Return likes, lists and resources."""
        return (
            Table(self.engine, LIKES.name, LIKES, "customer, resource_id"),
            Table(self.engine, LISTS.name, LISTS, "customer, platform"),
            Table(self.engine, RESOURCES.name, RESOURCES, "resource"),
        )


@contextmanager
def reading(scan: Scan) -> Iterator[None]:
    """Turn what the engine says of a table into one sentence; its own text quotes the row.

    Raises:
        InputError: The table is damaged, or changed while it was read.

    """
    import duckdb

    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.InterruptException):
        raise
    except duckdb.Error as err:
        raise InputError(
            f"{scan.label}: the file is cut off or damaged, or changed while it was read",
            hint="export or save it again",
        ) from err


def _read_into(engine: Engine, scan: Scan, sql: str) -> None:
    """Run a statement that reads a table."""
    with reading(scan), engine.as_written():
        engine.run(sql, doing=f"reading {scan.label}")
