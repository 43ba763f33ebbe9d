"""What can be set, each at once."""
