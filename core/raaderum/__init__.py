"""Råderum: personal citizen-directed budgets for Danish municipalities."""

__version__ = "0.1.0"
