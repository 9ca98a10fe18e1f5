-- The conversations of a project, or in which a model answered.
-- parameters: project_ids, model (each null = all)
select
    c.account_key,
    c.conversation_id
from conversations c
where ($project_ids::varchar[] is null or list_contains($project_ids::varchar[], c.project_id))
    and (
        $model is null
        or c.model = $model
        or (c.account_key, c.conversation_id) in (
            select (m.account_key, m.conversation_id)
            from messages m
            where m.model = $model
        )
    );
