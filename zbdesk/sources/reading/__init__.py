"""Files as tables: rows of exact values under headings, whatever format and encoding they were saved in."""
