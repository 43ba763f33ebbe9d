"""Where both sides changed the same field: look, choose, see what comes of it, apply, undo."""
