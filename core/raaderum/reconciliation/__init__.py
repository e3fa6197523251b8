"""The bank's and the providers' own count of the money, held against the books."""
