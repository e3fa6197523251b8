"""What comes in from spreadsheets and goes out to them."""
