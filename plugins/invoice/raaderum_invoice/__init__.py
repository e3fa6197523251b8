"""Suppliers' electronic invoices (Peppol BIS 3, EN 16931, OIOUBL 2.1 and 3.0), and paying them."""
