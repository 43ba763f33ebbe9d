"""Runs in the window: the question of one that is too large to go by itself, the list of the last ones, taking back."""
