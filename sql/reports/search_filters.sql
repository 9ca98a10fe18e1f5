-- What a search can be limited to: the roles, models and projects of the lake; known_as: a name of it, null: none.
select distinct
    'role' as kind,
    role as value,
    null as known_as
from messages
where role is not null
union all
select distinct
    'model',
    model,
    null
from messages
where model is not null
union
select
    'model',
    model,
    null
from conversations
where model is not null
union all
select
    'project',
    project_id,
    name
from projects
order by all;
