"""The target groups of the five programmes in Aarhus, Halsnæs, Kolding and Lejre."""
