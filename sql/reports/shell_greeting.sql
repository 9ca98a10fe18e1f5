-- One row: how much there is to ask.
select
    (select count(*) from memories where channel <> 'likely') as memory_count,
    (select count(*) from conversations) as conversation_count,
    (select count(*) from messages) as message_count,
    (select count(*) from exports) as export_count,
    (select max(exported_at) from exports) as newest_at,
    (select list(relation order by relation) from help() where not contains(relation, '(')) as relations,
    (select list(relation order by relation) from help() where contains(relation, '(')) as macros;
