"""Prepaid cards: loaded step by step, decided in real time, captured whatever we think of it."""
