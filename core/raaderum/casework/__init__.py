"""The daily work on cases: tasks, notes, messages, the timeline, the ending."""
