"""zbdesk: a desktop connector between a company's own records and its Zoho Books organization."""

__version__ = "0.1.0"
