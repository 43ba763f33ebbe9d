"""The manual inside the window: contents, search, pages with their pictures. Works without a network."""
