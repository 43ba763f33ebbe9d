"""A demo server for the benches: prints its credentials as one JSON line and serves until its input is closed."""

from __future__ import annotations

import json
import sys

from zbdesk.demo.options import DemoOptions
from zbdesk.demo.server import DemoServer


def main() -> None:
    """Serve the company whose sizes are the first argument."""
    server = DemoServer(DemoOptions(sizes=json.loads(sys.argv[1])))
    server.start(0)
    known = server.credentials
    first = next(iter(server.company.organizations))
    print(
        json.dumps(
            {
                "accounts_url": known.accounts_url,
                "api_url": known.api_url,
                "client_id": known.client_id,
                "client_secret": known.client_secret,
                "grant_codes": [known.grant_code() for _ in range(5)],
                "organization_id": first,
            }
        ),
        flush=True,
    )
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    main()
