"""Money that comes back: credit notes and returned purchases."""
