"""What the citizen plans to spend on, and who approved it."""
