"""Paying: payout, attempt, dispatch to a provider, and what became of it."""
