"""Tables and records on paper and as PDF."""
