"""Talks before, midway, at the end and after; the citizen approves what is written."""
