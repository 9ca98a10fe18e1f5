-- Takes out what was found for memories, or in conversations, that the lake no longer holds.
delete from raw.lookups
where (account_key, memory_id) not in (
    select
        account_key,
        memory_id
    from memories
)
    or (
        conversation_id is not null
        and (account_key, conversation_id) not in (
            select
                account_key,
                conversation_id
            from conversations
        )
    );
delete from raw.lookup_candidates
where (account_key, memory_id) not in (
    select
        account_key,
        memory_id
    from raw.lookups
)
    or (account_key, conversation_id) not in (
        select
            account_key,
            conversation_id
        from conversations
    );
