"""The database: engine, transactions, row security, sealed fields and the outbox."""
