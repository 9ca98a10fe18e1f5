-- Who wanted a call of the memory tool: the user's message before it, and whether that asks for it.

alter table raw.events add column prompt_message_id varchar;
alter table raw.events add column is_requested boolean;
