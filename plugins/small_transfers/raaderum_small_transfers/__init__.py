"""Small transfers to NemKonto or account, by payment files that the bank takes in."""
