"""The Webhooks page: the way from Zoho Books to this computer, what arrives, and what is passed on."""
