"""Programs as a source: the local HTTP interface. Knows no store; what it asks for stands in ``handlers``."""
