"""The store's suite: every rule on SQLite, and on PostgreSQL where a server can be started."""
