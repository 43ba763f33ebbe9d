"""Data centres for the layers above: the wizard's list and the command line's ``--region``."""

from __future__ import annotations

from zbdesk.domain.errors import UsageError
from zbdesk.zoho.datacentres import ALIASES, DATA_CENTRES, DataCentre, custom, from_address


class UnknownRegion(UsageError):
    """No data centre has that name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no data centre {name}.", f"Use one of {', '.join(DATA_CENTRES)}, or custom.", subject=name
        )


class CustomNeedsAddresses(UsageError):
    """Region ``custom`` is only an address, and one is missing."""

    def __init__(self) -> None:
        super().__init__("Region custom takes --accounts-url and --api-url.", "Give both.")


class AddressesNotAsked(UsageError):
    """Addresses were given for a region that has its own."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The data centre {name} has its own addresses.",
            "Leave --accounts-url and --api-url out, or use --region custom.",
        )


def region_named(name: str, *, accounts_url: str | None = None, api_url: str | None = None) -> DataCentre:
    """The data centre of that name or alias; ``custom`` from the two addresses.

    Raises ``UnknownRegion``, ``CustomNeedsAddresses``, ``AddressesNotAsked``, and ``SetupError`` for addresses that are
    no bare https origin (http on loopback is allowed).
    """
    key = name.strip().lower()
    if key == "custom":
        if not accounts_url or not api_url:
            raise CustomNeedsAddresses
        return custom(accounts_url, api_url)
    key = ALIASES.get(key, key)
    if key not in DATA_CENTRES:
        raise UnknownRegion(name)
    if accounts_url or api_url:
        raise AddressesNotAsked(key)
    return DATA_CENTRES[key]


__all__ = ["DATA_CENTRES", "DataCentre", "from_address", "region_named"]
