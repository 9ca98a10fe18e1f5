-- The conversations that the search index has to hold, in the order in which their records lie in the database.
-- The fingerprint changes with what any export tells of a conversation, and with their order.
select
    c.account_key,
    c.conversation_id,
    md5(string_agg(r.record_sha256 || ':' || r.parser_version, ' ' order by c.record_rank)) as fingerprint
from staging.conversation_records c
join raw.records r using (record_key)
group by c.account_key, c.conversation_id
order by min(c.record_key), c.account_key, c.conversation_id;
