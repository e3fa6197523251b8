"""Suppliers' electronic invoices: taken in, matched to a purchase, approved, paid."""
