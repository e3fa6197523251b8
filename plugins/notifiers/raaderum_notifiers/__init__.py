"""Telling people that there is news: by e-mail, or as lines in a file."""
