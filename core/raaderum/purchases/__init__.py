"""What a support person asks the municipality to buy on a citizen's behalf."""
