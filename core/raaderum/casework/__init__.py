"""The daily work on cases: tasks, notes, attendance, the timeline, the ending."""
