"""What is to leave, is leaving, is being checked, has left; held back until a person releases it."""
