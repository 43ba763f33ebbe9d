"""What is so at one glance, and what can be done while the first sync runs."""
