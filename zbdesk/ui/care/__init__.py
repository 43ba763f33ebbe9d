"""Care of connections and of the program: several organizations, removal, handover, logs, diagnostics."""
