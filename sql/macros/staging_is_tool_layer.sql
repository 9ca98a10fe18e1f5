-- macro:    staging.is_tool_layer
-- grain:    one message
-- What a slim export leaves out of a conversation: calls of tools and their replies, system messages, context.
create or replace macro staging.is_tool_layer(message_role, message_recipient, message_content_type) as (
    coalesce(
        message_role in ('tool', 'system')
        or message_recipient <> 'all'
        or ends_with(message_content_type, '_editable_context'),
        false
    )
);
