"""Changing records: forms, payments, voiding, deleting. Each act is one command to the sync thread."""
