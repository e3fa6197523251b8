"""The citizen's dream in their own words, and the sub-goals on the way."""
