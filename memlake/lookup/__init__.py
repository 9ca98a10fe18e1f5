"""Where a memory came from: the conversation, the message, and the words that say it."""
