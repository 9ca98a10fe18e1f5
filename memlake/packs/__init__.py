"""What an assistant remembers, made ready to be carried to another: sorted, and without what is private."""
