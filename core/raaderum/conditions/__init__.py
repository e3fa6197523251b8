"""What the citizen says yes to before any money is spent."""
