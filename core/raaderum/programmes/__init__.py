"""Dated rules of the municipalities' programmes, read once at start from `tenants/<slug>/programmes/`."""
