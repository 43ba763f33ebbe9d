"""The window. Renders state and sends commands; holds no rule and makes no network call."""
