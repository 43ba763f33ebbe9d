"""The built-in demo company: a small Zoho Books of its own."""
