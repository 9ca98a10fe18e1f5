-- All that assistants remember now, as it stands: memories, and the custom instructions, which may be of many lines.
with

listed as (
    select
        account_key,
        memory_id,
        min(row_number) as place
    from staging.memory_sightings
    where export_key is not null
    group by account_key, memory_id
),

known as (
    select
        m.content as text,
        false as is_long,
        l.place
    from memories m
    left join listed l using (account_key, memory_id)
    where m.channel <> 'likely'
        and m.state <> 'deleted'
    union all
    select
        unnest([about_user, about_model]) as text,
        true as is_long,
        null as place
    from custom_instructions
    where valid_to is null
)

select
    text,
    is_long
from known
order by is_long, place nulls last, text;
