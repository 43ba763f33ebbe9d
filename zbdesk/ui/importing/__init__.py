"""The import of a file: from choosing it to the report."""
