"""Prepaid cards through Stripe Issuing, and an issuer without any network for demos and tests."""
