"""A stand-in for Stripe Issuing that keeps state, for the tests of whoever uses this plugin."""
