"""What several providers need to understand a record: JSON values, message trees, dates in words, prose, requests."""
