"""The JSON API: errors, sign-in, pages and idempotency for strangers' programs."""
