"""The way from "Connect Zoho Books" to the first sync: one page a question."""
