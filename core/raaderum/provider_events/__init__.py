"""What providers told us unasked: kept once each, whatever becomes of it."""
