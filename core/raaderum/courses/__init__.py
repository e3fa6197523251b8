"""Group courses: planned, joined, and who came."""
