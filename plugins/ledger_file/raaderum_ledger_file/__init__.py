"""A ledger export that books vouchers in files, one per accounting year."""
