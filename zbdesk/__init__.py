"""zbdesk keeps a company's records on this computer and its Zoho Books in step."""

__version__ = "0.1.0"
