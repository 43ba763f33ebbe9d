"""Where a record stands in Zoho Books' own pages, for "Open in Zoho Books"."""

from __future__ import annotations

from zbdesk.domain.views import Connection, RecordView

# The web pages name some modules differently from the API.
_PAGES = {
    "estimates": "quotes",
    "items": "inventory/items",
    "customerpayments": "paymentsreceived",
    "vendorpayments": "paymentsmade",
    "chartofaccounts": "accountant/chartofaccounts",
    "journals": "accountant/journals",
    "bankaccounts": "banking",
    "banktransactions": "banking",
    "vendorcredits": "vendorcredits",
    "fixedassets": "fixedassets",
}


def books_page(connection: Connection, view: RecordView | None = None) -> str | None:
    """The address of a record, or of the organization; None where there is no web page (own server, not sent yet)."""
    # The region table comes with the client; nothing needs it before the first click.
    from zbdesk.app.regions import DATA_CENTRES

    centre = DATA_CENTRES.get(connection.data_centre)
    if centre is None:
        return None
    home = f"{centre.books_url}/app/{connection.organization.organization_id}"
    if view is None:
        return home
    if view.remote_id is None:
        return None
    return f"{home}#/{_PAGES.get(view.module, view.module)}/{view.remote_id}"
