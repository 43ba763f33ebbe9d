"""Composition root: builds the parts, owns start-up and shutdown."""
