"""What a person has to do in ChatGPT: where the export is, and what to ask for the memory list."""

GUIDE = """\
# Get your ChatGPT export

As of November 2026:

1. On chatgpt.com open **Settings > Data controls > Export data** and confirm.
   If you cannot find it, use <https://privacy.openai.com> and choose to
   download your data.
2. Wait for the message with the link, by e-mail or SMS. It can take up to
   7 days.
3. Open the link while you are signed in to the same account, within 24 hours:
   after that it is dead and you have to ask again.
4. Keep the ZIP as it is, its name too: the date in it tells when the export was
   made.
5. `memlake ingest ~/Downloads/<the ZIP>`

Business and Enterprise workspaces do not offer this export; Free, Plus, Pro and
most Edu accounts do.

**In the ZIP:** your conversations with all their branches, custom instructions
as conversations carried them, files you sent or got, feedback, shared links,
and your account's basics.

**Not in the ZIP:** temporary chats, the settings of your own GPTs, and, in most
exports that people have looked into, the list of saved memories. Sources
disagree: one describes a `memory.json`, several others found none. memlake
reads it where it is there. Spoken words are there as text; recordings often are
not. Exports since July 2026 also lack the steps in which ChatGPT saved a
memory, so keep your older ones.

**To get the memory list** paste the text that `memlake prompt chatgpt` prints
into a new chat and save the answer as a text file, with the date in its name.
Settings > Personalization > Manage memories shows the same list.
"""

PROMPT = """\
Show me everything you have stored about me in your saved memories.

Rules for the list:
- Put all of it into one code block, one memory per line, oldest first.
- Write each line as: [date saved, if available] - memory content
- Use the date format YYYY-MM-DD. If you do not know a date, write [unknown].
- Copy every memory word for word, in the language it is stored in.
- Do not summarise, group, correct, translate or leave out anything, however small or old it is.
- Do not add anything that is only in this chat or in earlier chats but not in your saved memories.

After the code block say whether the list is complete. If it is too long for one answer, stop at the end of a line
and go on in a new code block when I write "continue".
"""

NEVER_EXPORTED = (
    "temporary chats",
    "what was deleted before the export was made",
    "the settings, instructions and files of your own GPTs",
    "the names and instructions of projects",
    "recordings of spoken turns (their words are there)",
    "a link from a listed memory to its conversation",
)
