"""Ways by which Zoho Books reaches the listener on this computer: one small interface, three kinds."""
