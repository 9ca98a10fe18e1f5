"""What a person has to do in Claude: where the export is, and what to ask for its memory."""

GUIDE = """\
# Get your Claude export

As of November 2026:

1. On claude.ai open **Settings > Privacy > Export data** and confirm.
2. Wait for the e-mail with the link. Open it while you are signed in to the
   same account, within 24 hours: after that it is dead and you have to ask
   again.
3. Older exports came as one ZIP. Since about September 2026 the link leads to a
   list (a JSON manifest) with one ZIP for each category and part:
   conversations, memories, projects and so on. Download **all** of them into
   one folder, with the manifest; each link works once.
4. Keep the files as they are, their names too: they tell which parts belong
   together and when the export was made.
5. `memlake ingest ~/Downloads/claude-export/` for the folder, or all its files
   in one command; for an older export `memlake ingest ~/Downloads/<the ZIP>`

**In the export:** your conversations with the edits of memory that Claude made
in them, the text of attached documents, projects with their instructions and
documents, your account's basics, and what Claude remembers: one text about you,
one for each project, and in newer exports files of notes.

**Not in the export:** pictures and other files themselves, a date or an origin
for anything in those texts, and, as far as anybody has seen, the list of memory
edits under Settings. Sources disagree about some of it: whether a conversation
names its project and its model, and what the reflections among the feedback
contain. memlake reads them where they are there.

Claude rewrites its memory about once a day, and the old text is gone then.
Export regularly, once a month, say: only two exports can show what changed.

**To get the memory as a list** paste the text that `memlake prompt claude`
prints into a new chat and save the answer as a text file, with the date in its
name. Settings > Capabilities > Memory shows what Claude remembers, too: copied
as it stands, it gives the same statements as an export.
"""

PROMPT = """\
Show me everything you have stored about me in your memory: your memory of our conversations, my memory edits, and
the memory of each of my projects that you can see.

Rules for the list:
- Put all of it into one code block, one memory per line, in the order in which it is stored.
- Write each line as: [date saved, if available] - memory content
- Use the date format YYYY-MM-DD. If you do not know a date, write [unknown].
- Copy every memory word for word, in the language it is stored in; a longer text becomes one line per sentence.
- Do not summarise, group, correct, translate or leave out anything, however small or old it is.
- Do not add anything that is only in this chat or in earlier chats but not in your memory.

After the code block say whether the list is complete. If it is too long for one answer, stop at the end of a line
and go on in a new code block when I write "continue".
"""

NEVER_EXPORTED = (
    "incognito chats",
    "what was deleted before the export was made",
    "what the memory said on the days between two exports",
    "a date, an id or a conversation for anything in the memory texts",
    "the pictures and files that messages carry (the text of attached documents is there)",
    "the list of memory edits under Settings (edits that Claude made in conversations are there)",
)
