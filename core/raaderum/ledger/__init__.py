"""The ledger: double entry, append-only; the citizen's balance can never go below zero."""
