"""Random schedules for the whole engine: people on both sides, a wire that breaks, a process that dies.

The machine plays any order of edits, deletions, payments, voids and faults; ``schedule_faults`` has what goes wrong,
``schedule_ends`` what has to be so in the end.
"""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

from books_world import pay
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from schedule_ends import SOURCES, TEXTS
from schedule_faults import FAULTS, Faults

from zbdesk.domain.errors import ZbdeskError
from zbdesk.store import documents, review
from zbdesk.sync import editing, resolving

INVOICES = st.sampled_from(SOURCES)
CUSTOMERS = st.sampled_from(["C-1", "C-2"])
FIELDS = st.sampled_from(TEXTS)


class Schedule(Faults):
    """All that people do on both sides, while anything goes wrong."""

    # People here

    @initialize(invoices=st.sampled_from([1, 2, 3, 0]), agreed=st.sampled_from([True, True, False]))
    def begin(self, invoices: int, agreed: bool) -> None:
        """Something to work on, mostly in Zoho already."""
        self.put_customer("C-1")
        for source_id in SOURCES[:invoices]:
            self.put_invoice(source_id, "C-1")
        if agreed:
            self.sync(full=False)

    @rule(customer=CUSTOMERS)
    def customer_from_the_source(self, customer: str) -> None:
        """A customer, new or once more."""
        self.put_customer(customer)

    @rule(source_id=INVOICES, customer=CUSTOMERS)
    def put_invoice(self, source_id: str, customer: str) -> None:
        """A new invoice, or the same once more."""
        if ("invoices", source_id) in self.raws:
            self.world.put("invoices", self.raws["invoices", source_id])
            return
        raw: dict[str, object] = {
            "source_id": source_id,
            "customer": {"source_id": customer},
            "invoice_number": f"LL-{source_id}",
            "date": "2026-11-20",
            "line_items": [{"name": "Seat", "quantity": "2", "rate": "40.00"}],
        }
        self.raws["invoices", source_id] = raw
        self.world.put("invoices", raw)

    @precondition(lambda self: any(module == "invoices" for module, _ in self.raws))
    @rule(source_id=INVOICES, field=FIELDS)
    def edit_here(self, source_id: str, field: str) -> None:
        """The source changes a field."""
        self._edit_here(source_id, field)

    def _edit_here(self, source_id: str, field: str) -> None:
        raw = self.raws.get(("invoices", source_id))
        if raw is None or source_id in self.unwanted or source_id in self.removed_there:
            return
        # Whoever types over a text has seen it, even if it came in only a moment ago.
        self._note_here()
        text = self.text("ours")
        raw[field] = text
        self.world.put("invoices", raw)
        self.typed[source_id, field] = text

    @precondition(lambda self: any(module == "invoices" for module, _ in self.raws))
    @rule(source_id=INVOICES)
    def change_lines_here(self, source_id: str) -> None:
        """The source changes an amount."""
        raw = self.raws.get(("invoices", source_id))
        if raw is None or source_id in self.unwanted or self.payments or self.paid_there:
            return
        self.count += 1
        raw["line_items"] = [{"name": "Seat", "quantity": "2", "rate": str(40 + self.count)}]
        self.world.put("invoices", raw)

    @rule(source_id=INVOICES)
    def delete_here(self, source_id: str) -> None:
        """A person deletes an invoice here."""
        if ("invoices", source_id) not in self.raws or source_id in self.unwanted or self.payments:
            return
        with suppress(ZbdeskError):
            self.world.act("invoices", f"default:{source_id}", "delete")
            self.unwanted.add(source_id)

    @rule(source_id=INVOICES)
    def void_here(self, source_id: str) -> None:
        """A person voids an invoice on which no money rests."""
        if ("invoices", source_id) not in self.raws or source_id in self.unwanted or self._is_paid():
            return
        with suppress(ZbdeskError):
            self.world.act("invoices", f"default:{source_id}", "void")
            self.voided.add(source_id)

    def _is_paid(self) -> bool:
        return bool(self.payments or self.paid_there)

    @rule(source_id=INVOICES)
    def take_back(self, source_id: str) -> None:
        """A person cancels what has not left yet: it is as it was agreed, or gone where it never left."""
        record_id = self._id(source_id)
        found = None if record_id is None else documents.read(self.world.db, record_id)
        if found is None or found.document is None or found.document.pending is None or self.payments:
            return
        try:
            editing.cancel(self.world.db, found.id, now=self.world.clock.now)
        except ZbdeskError:
            return
        for claims in (self.unwanted, self.voided):
            claims.discard(source_id)
        for field in TEXTS:
            self.typed.pop((source_id, field), None)
        left = documents.read(self.world.db, found.id)
        if left is not None and left.document is not None and left.document.deleted:
            self.unwanted.add(source_id)

    @rule(on=st.booleans())
    def hold(self, on: bool) -> None:
        """A person wants to see what leaves before it does, or no longer."""
        review.set_hold(self.world.db, self.world.connection.id, on=on)

    @rule(changes=st.sampled_from([0, 1, 2, None]))
    def limit_runs(self, changes: int | None) -> None:
        """A person sets how much a pass may write without asking."""
        self.world.limit(changes)

    @rule()
    def allow_run(self) -> None:
        """A pass has asked, and a person says yes."""
        self.world.allow_run()

    @rule(source_id=INVOICES)
    def release(self, source_id: str) -> None:
        """A person lets a document go that is held."""
        record_id = self._id(source_id)
        if record_id is not None:
            review.release(self.world.db, [record_id])

    @rule(source_id=INVOICES)
    def send_here(self, source_id: str) -> None:
        """A person marks an invoice as sent."""
        if ("invoices", source_id) in self.raws and source_id not in self.unwanted | self.voided:
            with suppress(ZbdeskError):
                self.world.act("invoices", f"default:{source_id}", "send")

    @rule(source_id=INVOICES)
    def pay_here(self, source_id: str) -> None:
        """A person records a payment of one unit."""
        if ("invoices", source_id) not in self.raws or source_id in self.unwanted | self.voided:
            return
        if len(self.payments) > 2:
            return
        self.send_here(source_id)
        with suppress(ZbdeskError):
            data = {"amount": "1.00", "date": "2026-11-20", "payment_mode": "cash"}
            self.payments[self.world.act("invoices", f"default:{source_id}", "pay", **data)] = source_id

    @rule(keep=st.sampled_from(["local", "remote"]))
    def resolve(self, keep: str) -> None:
        """A person settles every conflict one way."""
        for conflict in self.world.conflicts():
            names = {one.name for one in conflict.fields}
            source_id = next((one for one in SOURCES if self._id(one) == conflict.id), None)
            resolving.resolve(self.world.db, conflict.id, keep, now=self.world.clock.now)  # type: ignore[arg-type]
            if source_id is None:
                continue
            if "*record*" in names:
                if source_id in self.unwanted and keep == "remote":
                    self.unwanted.discard(source_id)
                elif source_id in self.removed_there and keep == "local":
                    self.removed_there.discard(source_id)
                    self.theirs = {key: text for key, text in self.theirs.items() if key[0] != source_id}
                elif source_id in self.removed_there:
                    self.unwanted.add(source_id)
            if keep == "remote" and "status" in names:
                self.voided.discard(source_id)
            # The side that was given up is not lost: a person gave it up.
            for field in TEXTS:
                if field in names or names & {"*record*", "status"}:
                    (self.typed if keep == "remote" else self.theirs).pop((source_id, field), None)

    @rule(source_id=INVOICES, field=FIELDS, method=st.sampled_from(["POST", "PUT", "GET"]))
    def edit_meanwhile(self, source_id: str, field: str, method: str) -> None:
        """Somebody types while a request is under way."""
        self.world.break_wire(
            "meanwhile", method=method, path="/invoices", before=lambda: self._edit_here(source_id, field)
        )

    @rule(source_id=INVOICES, field=FIELDS)
    def edit_here_and_sync(self, source_id: str, field: str) -> None:
        """What people do most."""
        self._edit_here(source_id, field)
        self.sync(full=False)

    @rule(source_id=INVOICES, field=FIELDS, kind=FAULTS)
    def edit_here_and_sync_badly(self, source_id: str, field: str, kind: str) -> None:
        """The answer to exactly this write is lost, or worse."""
        self._edit_here(source_id, field)
        if kind != "late":
            self.world.break_wire(kind, method="WRITE")
        self.sync(full=False)

    # People in Zoho Books

    @rule(source_id=INVOICES, field=FIELDS)
    def edit_there(self, source_id: str, field: str) -> None:
        """Another user changes a field."""
        remote_id = self.there(source_id)
        if remote_id is None:
            return
        self.world.clock.tick(3)
        text = self.text("theirs")
        self.world.org.edit("invoices", remote_id, {field: text})
        self.theirs[source_id, field] = text
        self._note_there()

    @rule(source_id=INVOICES, field=FIELDS)
    def edit_on_both_sides_in_one_pass(self, source_id: str, field: str) -> None:
        """Another user edits after the list was read and before our edit of the same field leaves."""
        self._edit_here(source_id, field)
        self.world.break_wire(
            "meanwhile", method="GET", path="/customerpayments", before=lambda: self.edit_there(source_id, field)
        )
        self.sync(full=False)

    @rule(source_id=INVOICES)
    def delete_there(self, source_id: str) -> None:
        """Another user deletes an invoice."""
        remote_id = self.there(source_id)
        if remote_id is None or self.payments or self.paid_there or self.world.wire.late:
            return
        self.world.clock.tick(3)
        self.world.org.delete("invoices", remote_id)
        record_id = self._id(source_id)
        ours = None if record_id is None else documents.read(self.world.db, record_id)
        heard = ours is None or ours.remote_id is not None
        (self.removed_there if heard else self.removed_unheard).add(source_id)

    @rule(source_id=INVOICES)
    def void_there(self, source_id: str) -> None:
        """Another user voids an invoice on which no money rests."""
        remote_id = self.there(source_id)
        if remote_id is not None and not self._is_paid() and not self.world.wire.late:
            self.world.clock.tick(3)
            self.world.org.edit("invoices", remote_id, status="void")

    def _tell(self, source_id: str, *, deleted: bool, twice: bool) -> None:
        """Webhook events about an invoice that Zoho has or has had."""
        remote_id = self.there(source_id)
        if remote_id is None and self._id(source_id) is not None:
            remote_id = self.world.record("invoices", source_id).remote_id
        for _ in range(1 + twice):
            if remote_id is not None:
                self.world.told("invoices", str(remote_id), deleted=deleted)

    @rule(source_id=INVOICES, deleted=st.booleans(), twice=st.booleans())
    def hint(self, source_id: str, deleted: bool, twice: bool) -> None:
        """A webhook says that an invoice changed or is gone, whether that is so or not, and perhaps says it again."""
        self._tell(source_id, deleted=deleted, twice=twice)
        self.attempt(self.world.hinted())

    @rule(source_id=INVOICES, field=FIELDS, method=st.sampled_from(["PUT", "POST", "GET"]), twice=st.booleans())
    def hint_in_a_pass(self, source_id: str, field: str, method: str, twice: bool) -> None:
        """An event is looked at while our edit of the same invoice leaves, and its answer takes its time."""
        self._edit_here(source_id, field)
        self._tell(source_id, deleted=False, twice=twice)
        self.attempt(self.world.hinted_in_a_pass(method))
        self.world.mend()

    @rule(source_id=INVOICES)
    def pay_there(self, source_id: str) -> None:
        """Another user records a payment."""
        remote_id = self.there(source_id)
        if remote_id is None or len(self.paid_there) > 2:
            return
        invoice = self.world.org.get("invoices", remote_id)
        if invoice["status"] in {"draft", "void"} or Decimal(str(invoice["balance"])) < 5:
            return
        self.world.clock.tick(3)
        self.paid_there.append(pay(self.world, invoice, "1.00"))

    @rule(name=st.sampled_from(["Fresh Bakery", "Corner Shop"]))
    def new_customer_there(self, name: str) -> None:
        """Another user enters a customer."""
        if all(row["contact_name"] != name for row in self.world.org.all("contacts")):
            self.world.clock.tick(3)
            self.world.org.put("contacts", contact_name=name, contact_type="customer")
