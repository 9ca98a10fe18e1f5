"""The fields that Claude's exports are known to have, of either layout; anything else is reported as unknown.

The web API's own fields are among them: scripts save what it answers.
Source: PDP-Connect's connectors (a real export of September 2026), polylogue's inferred schemas, public transcripts.
"""

from __future__ import annotations

_FIELDS = {
    "conversation": """
        uuid name summary created_at updated_at account chat_messages project_uuid project model is_starred
        is_temporary settings platform current_leaf_message_uuid
    """,
    "message": """
        uuid text content sender index created_at updated_at truncated stop_reason attachments files files_v2
        sync_sources parent_message_uuid model
    """,
    "attachment": "id file_name file_size file_type extracted_content created_at",
    "file": """
        file_uuid file_name file_kind uuid created_at success thumbnail_url preview_url thumbnail_asset preview_asset
        document_asset path size_bytes
    """,
    "account": "uuid full_name email_address verified_phone_number",
    "project": """
        uuid name description is_private is_starter_project prompt_template created_at updated_at archived_at creator
        docs
    """,
    "project.doc": "uuid filename content created_at",
    "memory": "account_uuid conversations_memory project_memories memory_files updated_at",
    "memory.file": "path content updated_at",
    "design_chat": "uuid title project created_at updated_at messages",
    "design_chat.message": "uuid role content created_at",
    "design_chat.content": "role content id timestamp contentBlocks attachments authorAccountUuid",
}
_BLOCKS = {
    "text": "text citations",
    "thinking": "thinking summaries cut_off truncated signature alternative_display_type",
    "tool_use": """
        id name input message integration_name integration_icon_url icon_name context display_content approval_options
        approval_key is_mcp_app mcp_server_url
    """,
    "tool_result": """
        tool_use_id name content is_error structured_content meta message integration_name integration_icon_url
        icon_name display_content mcp_server_url
    """,
    "voice_note": "title text",
    "token_budget": "remaining",
}
_OF_EVERY_BLOCK = frozenset({"type", "start_timestamp", "stop_timestamp", "flags"})

KNOWN_FIELDS: dict[str, frozenset[str]] = {
    **{place: frozenset(fields.split()) for place, fields in _FIELDS.items()},
    **{f"block:{kind}": _OF_EVERY_BLOCK.union(fields.split()) for kind, fields in _BLOCKS.items()},
}
