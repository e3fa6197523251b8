"""Readers of the bank's statements and advices."""
