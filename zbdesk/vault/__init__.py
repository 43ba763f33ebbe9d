"""Secrets: the system's keychain, or a file sealed with a passphrase."""
