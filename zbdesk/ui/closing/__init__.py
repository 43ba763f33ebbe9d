"""Month end: the quiet mode, the tie-out, the checklist and the sign-off."""
