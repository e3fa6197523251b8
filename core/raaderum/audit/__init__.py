"""The audit log: append-only and hash-chained; who did, saw or changed what."""
