-- grain:    one row per account, month, model and project with messages
-- key:      account_key, month, model, project
-- reads:    messages, conversations, projects
-- example:  memlake query usage
-- column:   account_key - whose chats
-- column:   month - in which the messages were written, UTC; null: unknown
-- column:   model - that answered, as the provider names it; null: not exported
-- column:   project - the project's name, else its id; null: none
-- column:   conversations - chats with a message of that month
-- column:   messages - messages of you and the assistant
-- column:   your_messages - of those, yours
-- What you used: chats and messages by month, model and project
select
    m.account_key,
    strftime(make_timestamp(epoch_us(m.created_at)), '%Y-%m') as month,
    coalesce(m.model, c.model) as model,
    coalesce(p.name, c.project_id) as project,
    count(distinct m.conversation_id) as conversations,
    count(*) as messages,
    count(*) filter (where m.role = 'user') as your_messages
from messages m
join conversations c using (account_key, conversation_id)
left join projects p
    on p.account_key = c.account_key
    and p.project_id = c.project_id
where m.role in ('user', 'assistant')
    and m.is_hidden is not true
group by all
order by m.account_key, month desc nulls last, messages desc, model, project;
