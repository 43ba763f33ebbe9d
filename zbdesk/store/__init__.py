"""The local database. Knows no network and no Qt."""
