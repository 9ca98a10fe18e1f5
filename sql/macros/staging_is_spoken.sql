-- macro:    staging.is_spoken
-- grain:    one message
-- reads:    staging.is_tool_layer()
-- Whether a person saw or wrote a message in the chat: no tools, no system messages, nothing hidden.
create or replace macro staging.is_spoken(message_role, hidden, message_recipient, message_content_type) as (
    coalesce(
        message_role in ('user', 'assistant')
            and hidden is not true
            and not staging.is_tool_layer(message_role, message_recipient, message_content_type),
        false
    )
);
