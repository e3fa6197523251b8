"""Proof of what money was spent on: due, uploaded, matched, declared lost, or not needed."""
