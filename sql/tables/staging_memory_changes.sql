-- relation: staging.memory_changes
-- grain:    one row per memory per kind of difference per export that shows it
-- key:      account_key, memory_id, to_export_key, change_kind
-- reads:    staging.memory_steps, staging.memory_moments, staging.memory_lists, staging.memory_snapshots, staging.memory_sightings, staging.prose_kinds, memory_edits, conversations
-- What changed for a memory, and the proven window in which it did: between two lists, narrowed by what conversations
-- tell of a text that only one memory has. A time that the provider states inside the window is changed_at. A statement of
-- prose in other words is reworded, which is no change for anybody but memory_versions; a new one was not there when an
-- export last held a text of its kind.
create or replace table staging.memory_changes as
with

reidentified_lists as (
    select
        l.export_key,
        p.export_key as former_export_key
    from staging.memory_lists l
    join staging.memory_lists p on p.export_rank = l.previous_filled_rank
    join staging.memory_snapshots f on f.export_key = p.export_key
    left join staging.memory_snapshots same_id
        on same_id.export_key = l.export_key
        and same_id.memory_id = f.memory_id
    left join (select distinct export_key, text_key from staging.memory_snapshots) same_text
        on same_text.export_key = l.export_key
        and same_text.text_key = f.text_key
    where l.is_whole
        and l.memory_count > 0
        and not l.is_prose
    group by l.export_key, p.export_key
    having count(same_id.memory_id) = 0
        and count(distinct same_text.text_key) >= greatest(3, 0.8 * count(distinct f.text_key))
),

reidentified as (
    select
        r.export_key,
        f.memory_id as former_id,
        n.memory_id as new_id
    from reidentified_lists r
    join staging.memory_snapshots f on f.export_key = r.former_export_key
    join staging.memory_snapshots n
        on n.export_key = r.export_key
        and n.text_key = f.text_key
),

other_ids as (
    select
        export_key,
        former_id as memory_id,
        'now ' || min(new_id) as other_id
    from reidentified
    group by export_key, former_id
    union all
    select
        export_key,
        new_id,
        'before ' || min(former_id)
    from reidentified
    group by export_key, new_id
),

absences as (
    select
        account_key,
        memory_id,
        text_key_before as text_key,
        export_rank as gone_rank,
        lead(export_rank) over (
            partition by account_key, memory_id
            order by export_rank
        ) as back_rank,
        is_present
    from staging.memory_steps
),

recreated as (
    select
        t.account_key,
        t.memory_id,
        max_by(g.memory_id, {'gone_rank': g.gone_rank, 'memory_id': g.memory_id}) as other_id
    from staging.memory_steps t
    join absences g
        on g.account_key = t.account_key
        and g.text_key = t.text_key_after
        and g.memory_id <> t.memory_id
        and g.gone_rank <= t.export_rank
        and coalesce(g.back_rank > t.export_rank, true)
    where t.was_present is null
        and not g.is_present
    group by t.account_key, t.memory_id
),

earlier_texts as (
    select
        s.account_key,
        s.memory_id,
        s.export_key,
        max(l.export_rank) as export_rank
    from staging.memory_steps t
    join staging.memory_snapshots s using (account_key, memory_id, export_key)
    join staging.memory_lists l
        on l.account_key = s.account_key
        and l.export_rank < s.export_rank
    join staging.prose_kinds k
        on k.export_key = l.export_key
        and k.kind = s.prose_kind
    where t.was_present is null
    group by s.account_key, s.memory_id, s.export_key
),

kinds as (
    select
        t.*,
        e.export_rank as text_rank,
        o.other_id as renamed_to,
        r.other_id as recreated_from,
        unnest([
            case
                when t.is_present is not distinct from t.was_present then null
                when o.other_id is not null and (t.was_present is null or not t.is_present) then 'reidentified'
                when not t.is_present then 'deleted'
                when t.was_present is not null then 'restored'
                when r.other_id is not null then 'recreated'
                else 'new'
            end,
            case when t.is_edited then 'edited' when t.is_reworded then 'reworded' end,
            case when t.is_flipped and t.enabled_after then 'enabled' when t.is_flipped then 'disabled' end
        ]) as change_kind
    from staging.memory_steps t
    left join other_ids o using (export_key, memory_id)
    left join recreated r using (account_key, memory_id)
    left join earlier_texts e using (account_key, memory_id, export_key)
),

windows as (
    select
        k.*,
        case
            when k.change_kind in ('new', 'restored', 'recreated') or k.is_present and k.change_kind = 'reidentified' then 'insert'
            when k.change_kind in ('deleted', 'reidentified') then 'delete'
            else 'update'
        end as change_type,
        l.exported_at,
        l.exported_before as listed_before,
        b.exported_at as listed_after,
        l.previous_whole_rank as from_rank,
        l.same_time_export_id
    from kinds k
    join staging.memory_lists l using (export_key)
    left join staging.memory_lists b on b.export_rank = case
        when k.was_present is null then case when k.is_prose then k.text_rank else l.previous_filled_rank end
        when k.change_kind in ('enabled', 'disabled') then k.enabled_rank_before
        else k.rank_before
    end
    where k.change_kind is not null
),

owners as (
    select
        account_key,
        text_key
    from staging.memory_sightings
    group by account_key, text_key
    having count(distinct memory_id) = 1
),

moments as (
    select
        m.*,
        c.title
    from staging.memory_moments m
    join owners o using (account_key, text_key)
    left join conversations c using (account_key, conversation_id)
    where not m.is_lower_bound
),

sighted as (
    select
        w.account_key,
        w.memory_id,
        w.export_key,
        w.change_kind,
        min({'seen_at': m.seen_at, 'moment_kind': m.moment_kind}) filter (
            where m.moment_kind in ('saved', 'shown')
                and (w.change_type = 'insert' and not w.is_prose or m.text_key = w.text_key_after)
        ) as first_shown,
        max(m.seen_at) filter (
            where m.moment_kind in ('saved', 'shown')
                and m.seen_at <= w.exported_at
                and (w.change_type = 'delete' or m.text_key = w.text_key_before)
        ) as last_shown_at,
        list({'seen_at': m.seen_at, 'moment_kind': m.moment_kind, 'title': m.title} order by m.seen_at, m.moment_kind, m.title)
            filter (where m.moment_kind in ('forgotten', 'missing')) as gone_moments
    from windows w
    join moments m
        on m.account_key = w.account_key
        and m.memory_id = w.memory_id
        and coalesce(m.seen_at > w.listed_after, true)
        and coalesce(m.seen_at <= w.listed_before, true)
    where w.change_type in ('insert', 'delete')
        or w.change_kind = 'edited'
    group by w.account_key, w.memory_id, w.export_key, w.change_kind
),

narrowed as (
    select
        w.*,
        case when w.change_type <> 'delete' then s.first_shown.seen_at end as first_shown_at,
        s.first_shown.moment_kind as first_shown_by,
        case
            when w.change_type = 'delete' or s.last_shown_at < coalesce(s.first_shown.seen_at, 'infinity') and w.change_kind = 'edited'
                then s.last_shown_at
        end as last_shown_at,
        case
            when w.change_type = 'delete' then list_filter(
                s.gone_moments,
                lambda gone: gone.seen_at > coalesce(s.last_shown_at, '-infinity'::timestamptz)
            )[1]
        end as gone,
        case
            when w.change_kind in ('new', 'recreated') then w.created_at
            when w.change_type = 'update' and not (w.is_edited and w.is_flipped) then w.updated_at
        end as stated_at
    from windows w
    left join sighted s using (account_key, memory_id, export_key, change_kind)
),

standing_lines as (
    select
        n.account_key,
        n.memory_id,
        n.export_key,
        min(e.valid_from) as standing_since
    from narrowed n
    join memory_edits e
        on e.account_key = n.account_key
        and e.memory_id = n.memory_id
        and e.valid_from <= n.exported_at
    where n.is_prose
        and n.change_type <> 'update'
        and coalesce(e.valid_to > n.exported_at, e.ended_by is null)
    group by n.account_key, n.memory_id, n.export_key
),

dated as (
    select
        *,
        case
            when gone.moment_kind = 'forgotten' then gone.seen_at
            when stated_at > coalesce(listed_after, '-infinity') and stated_at <= coalesce(listed_before, 'infinity') then stated_at
        end as changed_at
    from narrowed
)

select
    d.account_key,
    d.memory_id,
    f.export_key as from_export_key,
    d.export_key as to_export_key,
    d.export_rank as to_export_rank,
    d.rank_before,
    d.change_type,
    d.change_kind,
    greatest(d.listed_after, d.last_shown_at) as changed_after,
    greatest(least(d.listed_before, d.first_shown_at, d.gone.seen_at), d.changed_at) as changed_before,
    d.changed_at,
    case when d.was_present is not null then d.content_before end as content_before,
    d.content_after,
    d.enabled_before,
    d.enabled_after,
    d.first_shown_at,
    d.first_shown_by,
    d.created_at,
    d.updated_at,
    d.is_edited and d.is_flipped as is_double,
    d.text_key_after,
    d.change_kind = 'new' and d.is_prose and d.text_rank is null as is_first_text,
    concat_ws(
        '; ',
        case
            when d.gone.moment_kind = 'forgotten' then '"Forget" call in ' || coalesce('"' || d.gone.title || '"', 'a conversation without a title')
            when d.gone.moment_kind = 'missing' then 'not in the list that a conversation began with'
        end,
        case when d.change_kind = 'edited' then d.fact_change end,
        case d.change_kind
            when 'deleted' then 'no longer in the ' || case when d.is_prose then 'text' else 'list' end
            when 'restored' then 'was gone from the ' || case when d.is_prose then 'text' else 'list' end
            when 'recreated' then 'same text as ' || d.recreated_from || ', which is gone'
            when 'reidentified' then 'all memories of the list have other ids, this one ' || d.renamed_to
            when 'new' then case
                when d.from_rank is null then 'in the first ' || case when d.is_prose then 'text' else 'list' end
                when d.is_prose and d.text_rank is null then 'in the first text of its kind'
            end
        end,
        case
            when d.change_type = 'insert' and e.standing_since <= d.listed_after
                then 'in the list of edits since ' || strftime(e.standing_since, '%Y-%m-%d')
            when d.change_type = 'delete' and e.standing_since is not null then 'still in the list of edits'
        end,
        case
            when d.same_time_export_id is not null
                then 'made at the same time as export ' || d.same_time_export_id || ': which came first is not known'
        end
    ) as reason
from dated d
left join staging.memory_lists f on f.export_rank = d.from_rank
left join standing_lines e
    on e.account_key = d.account_key
    and e.memory_id = d.memory_id
    and e.export_key = d.export_key;
