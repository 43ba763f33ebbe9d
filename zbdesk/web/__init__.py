"""What every listener on this computer has in common: who may ask, how much, how long; and serving it."""
