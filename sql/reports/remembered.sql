-- All that assistants remember now: memories, and the custom instructions as they stand, which may be of many lines.
select
    content as text,
    false as is_long
from memories
where channel <> 'likely'
    and state <> 'deleted'
union all
select
    unnest([about_user, about_model]) as text,
    true as is_long
from custom_instructions
where valid_to is null
order by is_long, text;
