"""Zoho's answers split into rows: the bytes as they were sent, and beside them the few columns that tables show.

The hot path of a first load. The page is cut into raw rows and only the typed columns are decoded; nothing is parsed
that nobody asks for, and no digit is ever re-written. Zoho's types are unstable (number, text or ``""`` for the same
field), so a row whose columns do not fit is read again leniently. Invariants: a row is never lost because of a typed
column, and a missing list is an error, never "no records".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from operator import itemgetter
from typing import Annotated

import msgspec

from zbdesk.domain.dates import parse_date, stamp_seconds
from zbdesk.domain.module import Feed, Module
from zbdesk.domain.money import SCALE, to_scaled
from zbdesk.domain.records import Page, RemoteRow
from zbdesk.zoho.errors import UnexpectedAnswer

PER_PAGE = 200

_ACTIVE_FLAG = "is_active"
_ACTIVE_WORDS: Mapping[object, str] = {True: "active", False: "inactive", "true": "active", "false": "inactive"}
"""Some settings have a flag where others have a status; the words are those that Zoho uses elsewhere."""

_ZEROS = tuple(b"0" * (SCALE - digits) for digits in range(SCALE + 1))
_Text = str | None
_Stamp = Annotated[datetime, msgspec.Meta(tz=True)] | None
_Raw = msgspec.Raw
_NOTHING = _Raw(b"")
_nodes = msgspec.json.Decoder(dict[str, msgspec.Raw])
_list = msgspec.json.Decoder(list[msgspec.Raw])
_any = msgspec.json.Decoder(object)


class _Context(msgspec.Struct):
    has_more_page: bool | str | int | None = None
    sort_column: str | None = None
    applied_filter: str | None = None


_context = msgspec.json.Decoder(_Context)


class RowReader:
    """Reads the answers of one module. Made once a module by ``row_reader``; holds no state of its own."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._plan = _Plan(module)
        self._page = _page_decoder(module.list_keys)

    def page(self, body: bytes) -> Page:
        """The rows of a list answer. Raises ``UnexpectedAnswer`` without a list or with a row that has no id."""
        try:
            context, *nodes = msgspec.structs.astuple(self._page.decode(body))
        except (msgspec.DecodeError, UnicodeDecodeError):
            context, nodes = self._leniently(body)
        raws = next((node for node in nodes if node is not None), None)
        if raws is None:
            raise UnexpectedAnswer(self._module.label, " or ".join(self._module.list_keys))
        rows = self._plan.rows(raws)
        if len({row.remote_id for row in rows}) != len(rows):
            first: dict[str, RemoteRow] = {}
            for row in rows:
                first.setdefault(row.remote_id, row)
            rows = list(first.values())
        return self._with_context(rows, len(raws), context)

    def detail(self, body: bytes) -> tuple[RemoteRow, bytes]:
        """The one record of a detail answer, and its bytes as sent. Raises ``UnexpectedAnswer``."""
        try:
            nodes = _nodes.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError) as exc:
            raise UnexpectedAnswer(self._module.label, "readable JSON") from exc
        payload = self._node(nodes)
        return self._plan.row(payload), payload

    def _node(self, nodes: dict[str, msgspec.Raw]) -> bytes:
        for key in self._module.detail_keys:
            node = _single(bytes(nodes.get(key, _NOTHING)))
            if node is not None:
                return node
        if self._module.id_field in nodes:  # vendor payments: the fields stand at the top level
            return msgspec.json.encode({name: raw for name, raw in nodes.items() if name not in {"code", "message"}})
        found = [node for raw in nodes.values() if (node := _single(bytes(raw))) and self._plan.has_id(node)]
        if len(found) != 1:
            raise UnexpectedAnswer(self._module.label, " or ".join(self._module.detail_keys))
        return found[0]

    def _leniently(self, body: bytes) -> tuple[msgspec.Raw | None, list[list[msgspec.Raw] | None]]:
        """The same for an answer whose list is null or one object (settings); anything else is unexpected."""
        try:
            nodes = _nodes.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError) as exc:
            raise UnexpectedAnswer(self._module.label, "readable JSON") from exc
        lists = [_as_list(nodes.get(key, _NOTHING), whole=self._module.feed is Feed.WHOLE) for key in self._keys()]
        return nodes.get("page_context"), lists

    def _keys(self) -> tuple[str, ...]:
        return self._module.list_keys

    def _with_context(self, rows: list[RemoteRow], sent: int, raw: msgspec.Raw | None) -> Page:
        context = _read_context(raw)
        if context is None:  # settings lists lack it; elsewhere a full page without it may have a successor
            return Page(rows, self._module.feed is not Feed.WHOLE and sent >= PER_PAGE, None, None)
        more = context.has_more_page
        has_more = more.strip().casefold() == "true" if isinstance(more, str) else bool(more)
        return Page(rows, has_more, context.sort_column or None, context.applied_filter or None)


@cache
def row_reader(module: Module) -> RowReader:
    """The reader of a module; made at the first use and kept, because making its decoders is dear."""
    return RowReader(module)


class _Plan:
    """How one row of a module becomes a ``RemoteRow``: which JSON field fills which column."""

    def __init__(self, module: Module) -> None:
        self._label = module.label
        self._id_field = module.id_field
        columns = (
            module.id_field,
            module.number_fields[0] if module.number_fields else None,
            module.date_field,
            module.due_date_field,
            module.party_field,
            module.party_id_field,
            module.status_field,
            module.currency_field,
            module.reference_field,
            module.modified_field,
        )
        amounts = (module.total_field, module.balance_field)
        self._texts = list(dict.fromkeys(name for name in (*columns, *module.number_fields) if name))
        self._money = list(dict.fromkeys(name for name in amounts if name))
        names = [*self._texts, *(f"amount {name}" for name in self._money)]
        # -1 is the None that stands behind the cells: what the module lacks.
        places = [names.index(name) if name else -1 for name in columns]
        places += [names.index(f"amount {name}") if name else -1 for name in amounts]
        self._pick = itemgetter(*places)
        self._other_numbers = tuple(names.index(name) for name in module.number_fields[1:])
        self._flag = module.status_field if module.status_field == _ACTIVE_FLAG else None
        self._decode = _row_decoder(self._texts, self._money, module.modified_field, self._flag).decode

    def row(self, payload: bytes) -> RemoteRow:
        """One row, typed. A column that cannot be read is None; the payload keeps what was sent."""
        return self.rows((payload,))[0]

    def rows(self, raws: Iterable[msgspec.Raw | bytes]) -> list[RemoteRow]:
        """The same for a page. One loop over local names: it runs once for every record of a first load."""
        decode, astuple, pick, flag = self._decode, msgspec.structs.astuple, self._pick, self._flag
        rows = []
        for raw in raws:
            payload = bytes(raw)
            try:
                cells = astuple(decode(payload))
            except (msgspec.DecodeError, UnicodeDecodeError):
                cells = self._lenient(payload)
            remote_id, number, date, due, party, party_id, status, currency, reference, modified, total, balance = pick(
                cells
            )
            if not remote_id:
                raise UnexpectedAnswer(self._label, self._id_field)
            rows.append(
                RemoteRow(
                    remote_id,
                    number or next((cells[at] for at in self._other_numbers if cells[at]), None),
                    _date(date) if date else None,
                    _date(due) if due else None,
                    party or None,
                    party_id or None,
                    (status if flag is None else _ACTIVE_WORDS.get(status)) or None,
                    currency or None,
                    None if total is None else _scaled(total),
                    None if balance is None else _scaled(balance),
                    reference or None,
                    int(modified.timestamp()) if modified.__class__ is datetime else stamp_seconds(modified),
                    payload,
                )
            )
        return rows

    def has_id(self, node: bytes) -> bool:
        """Whether the object has the module's id field, filled."""
        return bool(_literal(_nodes.decode(node).get(self._id_field, _NOTHING)))

    def _lenient(self, payload: bytes) -> tuple[object, ...]:
        """The cells of a row with numbers for texts and the like, exactly; what cannot be text is None."""
        try:
            nodes = _nodes.decode(payload)
        except (msgspec.DecodeError, UnicodeDecodeError) as exc:
            raise UnexpectedAnswer(self._label, "readable row") from exc
        texts = (
            bytes(nodes.get(name, _NOTHING)).strip(b' "').decode()
            if name == self._flag
            else _literal(nodes.get(name, _NOTHING))
            for name in self._texts
        )
        return (*texts, *(nodes.get(name) for name in self._money), None)


@lru_cache(maxsize=8192)
def _date(text: str) -> str | None:
    """``YYYY-MM-DD``, also as the head of a time stamp; anything else is not a date. Days repeat, hence the cache."""
    head = text[:10] if text[10:11] in {"", "T", " "} else ""
    return head if parse_date(head) is not None else None


def _scaled(raw: msgspec.Raw) -> int | None:
    """Millionths of an amount given as number, text or ``""``; None where that would lose a digit.

    The digits are shifted as text, which is exact and several times faster than by Decimal; what is no plain number
    of ordinary size goes the long way.
    """
    literal = bytes(raw)
    whole, _, fraction = literal.partition(b".")
    if len(literal) < 18 and len(fraction) <= SCALE and literal[:1] != b'"':
        try:
            return int(whole + fraction + _ZEROS[len(fraction)])
        except ValueError:
            return _scaled_by_decimal(literal)
    return _scaled_by_decimal(literal)


def _scaled_by_decimal(literal: bytes) -> int | None:
    literal = literal.strip(b'" ')
    if literal in {b"", b"null"}:
        return None
    try:
        return to_scaled(Decimal(literal.decode("ascii")))
    except (InvalidOperation, ValueError):
        return None


def _literal(raw: msgspec.Raw) -> str | None:
    """A JSON text or number as text, exactly; None for anything that is neither."""
    sent = bytes(raw).strip()
    if sent[:1] == b'"':
        return str(_any.decode(sent))
    return sent.decode("ascii") if sent[:1] in b"-0123456789" and sent else None


def _single(sent: bytes) -> bytes | None:
    """The object that the bytes are, or the only one in a list of one."""
    sent = sent.strip()
    if sent[:1] == b"[":
        items = _list.decode(sent)
        sent = bytes(items[0]).strip() if len(items) == 1 else b""
    return sent if sent[:1] == b"{" else None


def _as_list(raw: msgspec.Raw, *, whole: bool) -> list[msgspec.Raw] | None:
    sent = bytes(raw).strip()
    if sent[:1] == b"[":
        return _list.decode(sent)
    return [_Raw(sent)] if whole and sent[:1] == b"{" else None


def _read_context(raw: msgspec.Raw | None) -> _Context | None:
    if raw is None:
        return None
    try:
        return _context.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _page_decoder(list_keys: tuple[str, ...]) -> msgspec.json.Decoder[msgspec.Struct]:
    fields: list[tuple[str, type, object]] = [("page_context", _Raw, None)]
    fields += [(f"list_{at}", list[msgspec.Raw] | None, None) for at in range(len(list_keys))]  # type: ignore[misc]
    names = {f"list_{at}": key for at, key in enumerate(list_keys)}
    return msgspec.json.Decoder(msgspec.defstruct("_Page", fields, rename=names, gc=False))


def _row_decoder(
    texts: Sequence[str], amounts: Sequence[str], stamp: str | None, flag: str | None
) -> msgspec.json.Decoder[msgspec.Struct]:
    """A decoder for exactly these fields. They get neutral names inside, since Zoho's may be Python keywords."""
    special: dict[str | None, object] = {stamp: _Stamp, flag: bool | str | None}
    kinds: list[tuple[str, object, object]] = [(name, special.get(name, _Text), None) for name in texts]
    kinds += [(name, _Raw, None) for name in amounts]
    kinds.append((" ", None, None))  # no field of Zoho's: the None behind the cells
    fields = [(f"cell_{at}", kind, default) for at, (_, kind, default) in enumerate(kinds)]
    names = {f"cell_{at}": name for at, (name, _, _) in enumerate(kinds)}
    return msgspec.json.Decoder(msgspec.defstruct("_Row", fields, rename=names, gc=False))
