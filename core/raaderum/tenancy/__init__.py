"""Whose data: the directory of municipalities, and the one that is being worked for."""
