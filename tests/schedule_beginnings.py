"""Beginnings that lead to where a guard matters; from there the machine plays on at random."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import initialize
from schedules import Schedule
from world import Crash


class Begun(Schedule):
    """A schedule that begins with an invoice that both sides agree on, then with ``trouble``."""

    def rest(self) -> None:
        """A pass in which nothing is in the way any more."""
        self.world.mend()
        self.sync(full=False)

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        """One customer, one invoice, and what this guard is for."""
        self.put_customer("C-1")
        self.put_invoice("S-1", "C-1")
        self.sync(full=False)
        self.trouble(data.draw)

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """What happens at once."""


class EditedDuringUpdate(Begun):
    """Somebody types while an update is on its way; then somebody in Zoho edits the same field."""

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the class."""
        kind = draw(st.sampled_from(["meanwhile", "lost_answer"]))
        self._edit_here("S-1", "notes")
        again = lambda: self._edit_here("S-1", "notes")  # noqa: E731 - said where it happens
        self.world.break_wire(kind, method="PUT", path="/invoices", before=again)
        self.sync(full=False)
        self.edit_there("S-1", "notes")
        self.rest()


class LostPayment(Begun):
    """The answer to a payment is lost: Zoho has it, and has no number of ours that it would refuse a second time."""

    kinds: ClassVar = ["lost_answer", "status_after"]

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the class."""
        self.pay_here("S-1")
        self.world.break_wire(draw(st.sampled_from(self.kinds)), method="POST", path="/customerpayments")
        self.sync(full=False)
        self.rest()


class DeadAtPayment(LostPayment):
    """The process ends when Zoho has the payment and the answer is not here yet."""

    kinds: ClassVar = ["crash_after"]


class DeadAfterAnswer(Begun):
    """The process ends at a commit right after the answer to a payment has come."""

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the class."""
        self.pay_here("S-1")
        world, number, real = self.world, draw(st.sampled_from([2, 1, 3])), self.world.db.transaction
        db, left = world.db, [number]

        @contextmanager
        def dying() -> Iterator[None]:
            outermost = not db.in_transaction
            with real():
                yield
                left[0] -= outermost and ("POST", "/customerpayments") in world.wire.asked
                if outermost and left[0] == 0:
                    world.die()
                    raise Crash

        db.transaction = dying  # type: ignore[method-assign]
        self.sync(full=False)
        self.rest()


class EditedOnBothSides(Begun):
    """Both sides edit one field, Zoho's after the list was read."""

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the class."""
        self.edit_on_both_sides_in_one_pass("S-1", draw(st.sampled_from(["notes", "terms"])))
        self.rest()


class DeletedAgainstEdit(Begun):
    """Deleted here what was edited there."""

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the class."""
        self.edit_there("S-1", draw(st.sampled_from(["notes", "terms"])))
        self.delete_here("S-1")
        self.rest()


class ListedBeforeAnswer(Begun):
    """The record that a lost create made is in the list before it is looked up: one record of Zoho's, two rows."""

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the class."""
        self.put_invoice("S-2", "C-1")
        kind = draw(st.sampled_from(["crash_after", "lost_answer"]))
        self.world.break_wire(kind, method="POST", path="/invoices")
        self.sync(full=False)
        self.rest()


class LandsSoon(Begun):
    """A slow proxy delivers a payment a moment after it was given up, while its outcome is being waited for."""

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the class."""
        self.pay_here("S-1")
        world, real = self.world, self.world.clock.sleep

        async def sleep_and_deliver(seconds: float) -> None:
            await real(seconds)
            if seconds > 1:
                await world.wire.land()

        world.clock.sleep = sleep_and_deliver  # type: ignore[method-assign]
        world.break_wire("late", method="POST", path="/customerpayments")
        self.sync(full=False)
        self.slow_proxy_delivers()
        world.clock.sleep = real  # type: ignore[method-assign]
        self.rest()


class HintedInAPass(Begun):
    """A webhook's look at the invoice is under way while our edit of it leaves: the old answer comes last."""

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the class."""
        self.world.clock.tick(5)
        self.hint_in_a_pass("S-1", draw(st.sampled_from(["notes", "terms"])), "PUT", draw(st.booleans()))
        self.rest()


class Anyhow(LostPayment):
    """Any of these beginnings."""

    kinds: ClassVar = [*LostPayment.kinds, *DeadAtPayment.kinds]

    def trouble(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        """See the others."""
        draw(st.sampled_from(Begun.__subclasses__())).trouble(self, draw)
