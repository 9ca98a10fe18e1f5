"""The command line: parse the words, call a job, show what it answers. The only room that knows a terminal."""
