"""What a plan says about our own side, without a call to Zoho: agree, take over, link, conflict, wait, let go.

Each is one transaction. Invariant: what was typed meanwhile is never overwritten: it wins and is planned again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from zbdesk.domain.module import Module
from zbdesk.store import conflicts, diary, documents, identity, problems
from zbdesk.store import sides as side_store
from zbdesk.store.documents import Trees
from zbdesk.sync import agreeing, push_texts
from zbdesk.sync.actions import ClashingField, value_text
from zbdesk.sync.agreeing import Sides
from zbdesk.sync.context import Pass
from zbdesk.sync.events import RecordsChanged
from zbdesk.sync.references import Lack
from zbdesk.sync.troubles import Trouble


@dataclass(slots=True)
class Tally:
    """What a pass did: ``counts`` by module, and in ``moved`` how often something changed that others may wait for."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    moved: int = 0

    def count(self, module: Module, what: str) -> None:
        """One more of these was done."""
        self.counts.setdefault(module.name, Counter())[what] += 1
        self.moved += 1


class Accepting:
    """Carries out in one pass what needs no write. Each answer: whether to plan the record again at once."""

    def __init__(
        self,
        run: Pass,
        tally: Tally,
        difference: Callable[[Module, Sides], Trouble | None],
        raise_trouble: Callable[[Module, int, Trouble], None],
    ) -> None:
        self._run = run
        self.tally = tally
        self._difference = difference
        self._raise = raise_trouble

    def at_rest(self, module: Module, sides: Sides, fulfilled: Sequence[str]) -> bool:
        """Nothing to do: say so, and look whether Zoho holds all that was meant."""
        run, trees = self._run, sides.trees
        if fulfilled:
            documents.drop_wish(run.db, trees.id, *fulfilled)
            return True
        trouble = self._difference(module, sides)
        with run.db.transaction():
            if trees.base is not None and sides.remote is not None and trees.base.modified_at != trees.modified_at:
                documents.agree(run.db, trees.id, agreeing.restamped(trees.base, trees), at=run.now())
            documents.settle(run.db, trees.id, trees.mark)
            if trouble is None:
                problems.clear(run.db, run.connection_id, record_id=trees.id, at=run.now())
        if trouble is not None:
            self.trouble(module, trees, trouble)
        return False

    def agree(self, module: Module, sides: Sides) -> bool:
        """Both sides say the same: that is what they agree on."""
        documents.agree(self._run.db, sides.trees.id, agreeing.whole(module, sides), at=self._run.now())
        return True

    def adopt(self, module: Module, sides: Sides, names: list[str], *, status: bool) -> bool:
        """Take Zoho's values; what was typed meanwhile wins the race and is planned again."""
        run, trees, document = self._run, sides.trees, sides.document
        fields, base = agreeing.adopting(module, sides, names, status=status)
        with run.db.transaction():
            taken = documents.adopt(
                run.db, trees.id, document.revision, fields, wishes=document.wishes, deleted=document.deleted
            )
            if taken:
                documents.agree(run.db, trees.id, base, at=run.now())
                text = push_texts.adopted(module, names, trees.status if status else None)
                self.note(module, trees.id, "adopted", text)
        self.tally.moved += 1
        self.emit(module)
        return True

    def linked(self, module: Module, sides: Sides, names: list[str]) -> bool:
        """Ours and a record that Zoho has already are the same: take its values where they differ."""
        run, trees, document = self._run, sides.trees, sides.document
        fields, base = agreeing.adopting(module, sides, names, status=True)
        with run.db.transaction():
            taken = documents.adopt(
                run.db, trees.id, document.revision, fields, wishes=document.wishes, deleted=document.deleted
            )
            if taken:
                documents.agree(run.db, trees.id, base, at=run.now())
                self.note(module, trees.id, "linked", push_texts.linked(module))
        if taken:
            self.tally.count(module, "linked")
        return True

    def conflict(self, module: Module, sides: Sides, clashing: Sequence[ClashingField]) -> bool:
        """A person has to choose: note what, once."""
        run = self._run
        clashes = [
            {
                "name": one.name,
                "base": value_text(one.base),
                "local": value_text(one.local),
                "remote": value_text(one.remote),
            }
            for one in clashing
        ]
        with run.db.transaction():
            if conflicts.note_conflict(run.db, sides.trees.id, clashes, at=run.now()):
                names = ", ".join(str(clash["name"]) for clash in clashes)
                self.note(module, sides.trees.id, "conflict", push_texts.conflict(module, names))
                self.emit(module)
        return False

    def wait(self, module: Module, sides: Sides) -> bool:
        """Parents that are on their way are waited for in silence; what nobody knows, or was deleted, is a problem."""
        for reference, lack in sides.resolution.lacking.items():
            if lack is Lack.GONE:
                return self.stop(module, sides.trees, push_texts.gone_reference(reference, sides.trees.party))
            if lack is Lack.AMBIGUOUS or (lack is Lack.ABSENT and reference.by not in {"source_id", "local_id"}):
                trouble = push_texts.unknown_reference(reference, ambiguous=lack is Lack.AMBIGUOUS)
                return self.stop(module, sides.trees, trouble)
        problem = problems.standing(self._run.db, sides.trees.id)
        if problem is not None and problem.cause == "unknown_reference":
            problems.clear(self._run.db, self._run.connection_id, record_id=sides.trees.id, at=self._run.now())
        return False

    def forgotten(self, sides: Sides) -> bool:
        """Our side never agreed with anything of Zoho's and is not wanted: let it go."""
        run, trees = self._run, sides.trees
        with run.db.transaction():
            if trees.remote_id is not None:
                side_store.drop_local(run.db, trees.id)
            else:
                identity.forget(run.db, trees.id, run.now())
                left = documents.read(run.db, trees.id)
                if left is not None:
                    documents.settle(run.db, trees.id, left.mark)
        return False

    def deletion_adopted(self, module: Module, sides: Sides) -> bool:
        """Deleted on both sides. The document stays, so that its source can give it again without reviving it."""
        run, trees, document = self._run, sides.trees, sides.document
        if document.deleted:
            with run.db.transaction():
                documents.settle(run.db, trees.id, trees.mark)
                problems.clear(run.db, run.connection_id, record_id=trees.id, at=run.now())
            return False
        with run.db.transaction():
            documents.adopt(run.db, trees.id, document.revision, document.fields, wishes=(), deleted=True)
            self.note(module, trees.id, "adopted", push_texts.deletion_adopted(module))
        self.tally.moved += 1
        return True

    def stop(self, module: Module, trees: Trees, trouble: Trouble) -> bool:
        """``trouble``, as the end of a record's way."""
        self.trouble(module, trees, trouble)
        return False

    def trouble(self, module: Module, trees: Trees, trouble: Trouble) -> None:
        """Put the record on Problems; the same trouble seen again is not news."""
        run = self._run
        standing = problems.standing(run.db, trees.id)
        if standing is not None and standing.cause == trouble.cause and not standing.changed and not trouble.code:
            return
        self._raise(module, trees.id, trouble)
        self.emit(module)

    def note(self, module: Module, record_id: int, kind: str, text: str) -> None:
        """A line in the diary, inside the caller's transaction."""
        run, at = self._run, self._run.now()
        diary.add(
            run.db, run.connection_id, kind, text, at=at, module=module.name, record_id=record_id, cause=run.cause
        )

    def emit(self, module: Module) -> None:
        """Tell the window that records of this module changed."""
        self._run.emit(RecordsChanged(frozenset({module.name})))
