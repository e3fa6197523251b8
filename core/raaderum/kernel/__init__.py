"""Values that every room may use; nothing here does input or output."""
