"""What changed between exports, how one memory lived, and what was known at a time."""
