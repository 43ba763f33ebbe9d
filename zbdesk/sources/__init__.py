"""Where the company's documents come from: spreadsheets, folders, databases, programs."""
