-- The texts of tools: calls and results, thoughts, system and hidden messages, where they stand in a message also what
-- was said around them. Only those that may hold all pieces of words; a text of other letters than English has may
-- spell them in another way, so that it is always among them.
-- parameters: pieces, signs (as they are written; '' = any text)
with texts as (
    select
        account_key,
        conversation_id,
        message_id,
        role,
        created_at,
        text,
        replace(lower(text), '’', '''') as plain_text
    from messages
    where (spoken_text is not null or not staging.is_spoken(role, is_hidden, recipient, content_type))
        and contains(text, $signs)
)

select
    account_key,
    conversation_id,
    message_id,
    role,
    created_at,
    text
from texts
where list_bool_and(list_transform($pieces::varchar[], lambda piece: contains(plain_text, piece))) is not false
    or regexp_matches(plain_text, '[^\x00-\x7F‐-⁞←-⑟─-⯿️🌀-🫿]');
