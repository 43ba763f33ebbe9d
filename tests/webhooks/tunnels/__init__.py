"""Tunnels against real programs: nginx, OpenSSH, an SSH server, relays."""
