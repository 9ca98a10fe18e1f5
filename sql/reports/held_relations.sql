-- The relations that queries ask about and that hold something of an account, or of any: of memories more than likely saves.
-- parameters: account_key (null = all)
select 'memories' as relation
where exists (
    select 1
    from memories
    where channel <> 'likely'
        and ($account_key is null or account_key = $account_key)
)
union all
select 'messages'
where exists (
    select 1
    from messages
    where ($account_key is null or account_key = $account_key)
)
union all
select 'memory_events'
where exists (
    select 1
    from memory_events
    where ($account_key is null or account_key = $account_key)
);
