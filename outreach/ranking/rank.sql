-- Which resources the customers share: one row for each resource, the shown ones ranked.
--
-- Plain SQL on three tables: likes (customer, resource_id, followed_at), lists (customer, platform) and resources;
-- set_aside (resource_id, reason) holds what the user took out by name, on_topic (topic) the topics that he asked for
-- (letters are compared by the caller: engines differ in what upper and lower case is). The values that begin with a dollar are bound.
-- It runs wherever those tables are; the tests run it on four engines, and they agree to the last bit. So every number
-- with a fraction has an exponent: without one it is a decimal in Spark, which rounds to a few digits.

with

-- customers of whom a list is known, for each set of platforms on which a resource is followed
everybody as (
    select count(distinct customer) as customers from lists
),
platform_sets as (
    select distinct platforms from resources
),
listed as (
    select platform as platforms, count(*) as customers
    from lists
    where platform not in ('web', 'other')
    group by platform
    union all
    select w.platforms, e.customers
    from (select platforms from platform_sets
        where ',' || platforms || ',' like '%,web,%' or ',' || platforms || ',' like '%,other,%') w
    cross join everybody e
    union all
    select s.platforms, count(distinct l.customer)
    from (select platforms from platform_sets
        where platforms like '%,%' and ',' || platforms || ',' not like '%,web,%'
            and ',' || platforms || ',' not like '%,other,%') s
    join lists l on ',' || s.platforms || ',' like '%,' || l.platform || ',%'
    group by s.platforms
),

-- the overlap; likes holds each (customer, resource) once
followed as (
    select resource_id, count(*) as overlap
    from likes
    where $since is null or followed_at is null or followed_at >= $since
    group by resource_id
),

-- why a resource is not shown: the first filter that hides it
judged as (
    select
        r.resource, r.platform, r.name, r.subscribers, r.accepts_posts,
        f.overlap,
        l.customers as listed,
        1e0 * f.overlap / l.customers as share,
        case
            when s.reason is not null then s.reason
            when $platforms <> '' and $platforms not like '%,' || r.platform || ',%' then 'platform'
            when r.subscribers < $min_subscribers then 'size'
            when r.subscribers is null and $unknown_size = 'drop' then 'unknown size'
        end as excluded,
        case
            when $accepts_posts = 'yes' and coalesce(r.accepts_posts, '') <> 'yes' then 'accepts posts'
            when $accepts_posts = 'not-no' and coalesce(r.accepts_posts, '') = 'no' then 'accepts posts'
            when $topic <> '' and t.topic is null then 'topic'
            when f.overlap < $min_overlap then 'overlap'
        end as filtered
    from followed f
    join resources r on r.resource_id = f.resource_id
    join listed l on l.platforms = r.platforms
    left join set_aside s on s.resource_id = r.resource_id
    left join (select distinct topic from on_topic) t on t.topic = r.topic
),

-- base of the affinity: resources of known size that pass the filters for size, own, exclude and platform
bases as (
    select platform, sum(overlap) as overlap, sum(subscribers) as subscribers
    from judged
    where excluded is null and subscribers is not null
    group by platform
),

-- Wilson 95 % interval: z = 1.959963984540054, z^2 = 3.841458820694124
measured as (
    select
        j.*,
        (share + 3.841458820694124e0 / (2 * listed)) / (1 + 3.841458820694124e0 / listed) as middle,
        1.959963984540054e0 * sqrt(share * (1 - share) / listed + 3.841458820694124e0 / (4e0 * listed * listed))
            / (1 + 3.841458820694124e0 / listed) as half,
        case when j.overlap >= 3 and j.excluded is null then
            -- one division of two exact products, so that equal ratios are equal numbers
            100 * (1e0 * j.overlap * b.subscribers) / nullif(1e0 * j.subscribers * b.overlap, 0)
        end as affinity,
        coalesce(j.excluded, j.filtered) as hidden_by
    from judged j
    left join bases b on b.platform = j.platform
)

select
    rank() over (
        partition by case when hidden_by is null then 0 else 1 end
        order by
            case $by when 'share' then share when 'affinity' then affinity else overlap end desc nulls last,
            overlap desc,
            subscribers desc nulls last
    ) as rank,
    resource, platform, name, subscribers, overlap, listed, share,
    case when middle - half < 0 or overlap = 0 then 0e0 else middle - half end as share_low,
    case when middle + half > 1 or overlap = listed then 1e0 else middle + half end as share_high,
    affinity, accepts_posts, hidden_by
from measured
