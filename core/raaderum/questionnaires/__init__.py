"""The same scales answered by citizen and support person, blind to each other."""
