"""Zoho's API: data centres, sign-in, calls. Knows no database and no Qt."""
