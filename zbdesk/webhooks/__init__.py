"""Events of Zoho Books: the listener on this computer, the ways that lead to it, and what is passed on."""
