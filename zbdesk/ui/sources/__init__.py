"""Where documents come from: folders, databases, mappings, exports, the local interface, past imports."""
