"""What could not be done, with the remedy beside it."""
