"""How a person gets a list of memories out of an assistant that does not export it."""

GUIDE = """\
# Write an assistant's memories out

Many assistants do not put what they remember of you into their exports, but
they write it out if you ask.

1. `memlake prompt <assistant>` prints what to ask. Paste it into a new chat,
   with memory switched on.
2. Copy the answer: the list with its dates, nothing else of the chat.
3. Save it as a text file with the assistant and the date in its name, such as
   `gemini-memories-2026-05-17.txt`, and
   `memlake ingest gemini-memories-2026-05-17.txt`

You can also skip the file. Copy the answer, then

- on macOS: `pbpaste | memlake ingest - --provider dump --assistant chatgpt`
- on Windows, in PowerShell:
  `Get-Clipboard | memlake ingest - --provider dump --assistant chatgpt`
- on Linux: `wl-paste | …` under Wayland, `xclip -o -selection clipboard | …`
  under X11

**What is read:** lists with or without dates, numbers, bullets, headings and
code blocks; Markdown tables; JSON without ids, as texts, as objects with a
text, or as lists below the names of categories; what browser scripts save; and
a text about you without any list, which is cut into its sentences as the memory
text of an export is.

**What a list cannot tell:** an assistant may leave memories out, reword them or
invent a date. So a list adds memories and their dates, and is never taken as
proof that a memory is gone. A date such as 03/04/2025, of which nobody knows
which figure is the month, is taken as no date.

A whole chat, a web page and the file of another tool are refused: copy only the
answer with the list.
"""

PROMPT_FOR_GEMINI = """\
Show me everything you have saved about me in your saved info.

Rules for the list:
- Put all of it into one code block, one entry per line, oldest first.
- Write each line as: [date saved, if available] - memory content
- Use the date format YYYY-MM-DD. If you do not know a date, write [unknown].
- Copy every entry word for word, in the language it is saved in.
- Do not summarise, group, correct, translate or leave out anything, however small or old it is.
- Do not add anything that is only in this chat or in earlier chats but not in your saved info.

After the code block say whether the list is complete. If it is too long for one answer, stop at the end of a line
and go on in a new code block when I write "continue".
"""

NEVER_EXPORTED = (
    "conversations",
    "memories that the assistant left out of its answer",
    "when a memory was deleted",
    "a link from a memory to its conversation",
)
