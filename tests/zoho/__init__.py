"""Tests of Zoho's client: no network but loopback, no clock but one that is turned by hand."""
