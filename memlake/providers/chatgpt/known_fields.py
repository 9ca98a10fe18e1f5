"""The fields that ChatGPT's exports are known to have, in either dialect; anything else is reported as unknown.

A message's metadata is left out: it is open, and every month brings new keys.
Source: public schema notes and parsers of real exports, 2023 to 2026 (convoviz's format notes, polylogue's
inferred schemas, audits of the slim dialect of July 2026).
"""

from __future__ import annotations

_CONVERSATION = """
    id conversation_id title create_time update_time mapping current_node gizmo_id gizmo_type
    conversation_template_id default_model_slug is_archived is_starred is_do_not_remember memory_scope
    context_scopes moderation_results plugin_ids safe_urls blocked_urls disabled_tool_ids conversation_origin voice
    async_status sugar_item_id sugar_item_visible owner pinned_time is_study_mode is_read_only workspace_id
"""
_MESSAGE = """
    id author create_time update_time content status end_turn weight metadata recipient channel
"""
_CONTENT_TYPES = {
    "text": "parts",
    "multimodal_text": "parts",
    "code": "language text response_format_name",
    "execution_output": "text",
    "computer_output": "text screenshot computer_id state is_ephemeral",
    "citable_code_output": "output_str",
    "tether_browsing_display": "result summary assets tether_id",
    "tether_browsing_code": "text tether_id",
    "tether_quote": "url domain text title tether_id",
    "sonic_webpage": "url domain title text snippet ref_id pub_date crawl_date pub_timestamp",
    "system_error": "name text",
    "thoughts": "thoughts source_analysis_msg_id",
    "reasoning_recap": "content",
    "user_editable_context": "user_profile user_instructions",
    "model_editable_context": "model_set_context repository repo_summary structured_context",
    "computer_initialize_state": "",
}

KNOWN_FIELDS: dict[str, frozenset[str]] = {
    "conversation": frozenset(_CONVERSATION.split()),
    "node": frozenset({"id", "message", "parent", "children"}),
    "message": frozenset(_MESSAGE.split()),
    **{f"content_type:{name}": frozenset({"content_type", *keys.split()}) for name, keys in _CONTENT_TYPES.items()},
}
