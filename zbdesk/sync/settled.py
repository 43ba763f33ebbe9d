"""Documents that a payment settles: they change in Zoho Books without being written themselves.

Whether a payment moves the stamp of its invoice is not documented, so a list may not tell: what a payment of ours names
is read again by itself.
"""

from __future__ import annotations

from zbdesk.domain.module import Module
from zbdesk.store import finding, trees
from zbdesk.store.documents import Trees
from zbdesk.sync.context import Pass

PAID = {"customerpayments": ("invoices", "invoice_id"), "vendorpayments": ("bills", "bill_id")}
"""Payment module to its list of paid documents (also the name of their module) and the id in it."""


def want_settled(run: Pass, module: Module, payment: Trees) -> None:
    """Mark what this payment settles for reading again. Inside the transaction that stores the payment."""
    if module.name not in PAID or payment.remote is None:
        return
    settled, id_field = PAID[module.name]
    listed = payment.remote.get(settled)
    ids = [str(one.get(id_field, "")) for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    found = (finding.by_remote_id(run.db, run.connection_id, settled, remote_id) for remote_id in ids if remote_id)
    trees.want_detail(run.db, [record_id for record_id in found if record_id is not None])
