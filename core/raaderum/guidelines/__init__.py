"""What the money is for, and doubtful cases to learn from."""
