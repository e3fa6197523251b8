"""The library of doubt cases: anonymised, confirmed by a second person, shared between municipalities."""
