"""Prose memory through time: which statement of one export is which of the next, and whether a fact changed."""
