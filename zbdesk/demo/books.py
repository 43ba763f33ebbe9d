"""Books API v3: one request to one answer. No HTTP here; ``server.py`` carries it.

The order of the checks is Zoho's: limits, token, address, organization, scope, then the module itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from zbdesk.demo import answers, automation, extras, faces, fieldsettings, listing, routes, writes
from zbdesk.demo.company import Company
from zbdesk.demo.organization import Organization
from zbdesk.demo.routes import Target
from zbdesk.demo.tokens import Grant, Tokens, allows
from zbdesk.domain.modules import MODULES

_ACTIONS = {"GET": "READ", "POST": "CREATE", "PUT": "UPDATE", "DELETE": "DELETE"}


class Asked(NamedTuple):
    """A request, as far as it matters. ``path`` is below ``/books/v3``; ``prefix`` is the data centre's."""

    method: str
    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    prefix: str = ""


class Answer(NamedTuple):
    """Status and JSON, encoded."""

    status: int
    body: bytes


class Books:
    """The API over one company."""

    def __init__(self, company: Company, tokens: Tokens) -> None:
        self.company = company
        self.tokens = tokens
        self.automation = automation.Automation()

    def grant(self, asked: Asked) -> Grant:
        """What the request's token allows. Raises ``Refusal``."""
        scheme, _, token = asked.headers.get("authorization", "").partition(" ")
        if scheme not in ("Zoho-oauthtoken", "Bearer") or not token:
            raise answers.no_token()
        grant = self.tokens.check(token.strip())
        if grant is None or grant.prefix != asked.prefix:
            raise answers.unauthorized()
        return grant

    def answer(self, asked: Asked, mangle: listing.Mangle = listing.AS_IS) -> Answer:
        """Do what was asked. Raises ``Refusal``."""
        grant = self.grant(asked)
        if asked.path.rstrip("/").startswith("/organizations"):
            return self._organizations(asked, grant)
        if fieldsettings.known(asked.path):
            return self._fields(asked, grant)
        if automation.known(asked.path):
            return self._automation(asked, grant)
        target = routes.resolve(asked.path)
        if target is None and not extras.known(asked.path):
            raise answers.unknown_url()
        org = self._organization(asked, grant)
        with self.company.lock:
            org.new_day()
            if target is None:
                if not allows(grant.scopes, extras.scope(asked.path), "READ"):
                    raise answers.unauthorized()
                return Answer(200, extras.answer(org, asked.path, asked.params, self.company.options))
            self._permit(grant, target, asked)
            if asked.method == "GET":
                return Answer(200, self._read(org, target, asked, mangle))
            written = writes.Written(asked.method, asked.params, asked.headers, asked.body)
            status, body = writes.answer(org, target, written)
            return Answer(status, body)

    def _fields(self, asked: Asked, grant: Grant) -> Answer:
        """The custom fields of the organization."""
        org = self._organization(asked, grant)
        if asked.method not in {"GET", "POST"}:
            raise answers.wrong_method()
        if not allows(grant.scopes, fieldsettings.SCOPE, _ACTIONS[asked.method]):
            raise answers.unauthorized()
        with self.company.lock:
            if asked.method == "GET":
                return Answer(200, fieldsettings.listed(org, asked.params))
            return Answer(*fieldsettings.added(org, asked.body))

    def _automation(self, asked: Asked, grant: Grant) -> Answer:
        """Webhooks and workflow rules under Settings."""
        org = self._organization(asked, grant)
        if asked.method not in _ACTIONS:
            raise answers.wrong_method()
        if not allows(grant.scopes, automation.SCOPE, _ACTIONS[asked.method]):
            raise answers.unauthorized()
        with self.company.lock:
            return Answer(*self.automation.answer(org.id, asked.method, asked.path, asked.body))

    def _organization(self, asked: Asked, grant: Grant) -> Organization:
        given = asked.params.get("organization_id", "")
        org = self.company.organizations.get(given)
        if org is None or given not in grant.organizations:
            raise answers.wrong_organization(given)
        return org

    @staticmethod
    def _permit(grant: Grant, target: Target, asked: Asked) -> None:
        action = _ACTIONS.get(asked.method)
        if action is None:
            raise answers.wrong_method()
        if not allows(grant.scopes, target.face.scope, action):
            raise answers.unauthorized()

    def _organizations(self, asked: Asked, grant: Grant) -> Answer:
        """The one call without an organization: all that the user agreed to show."""
        if asked.method != "GET":
            raise answers.wrong_method()
        if not allows(grant.scopes, "settings", "READ"):
            raise answers.unauthorized()
        with self.company.lock:
            shown = [org for org in self.company.organizations.values() if org.id in grant.organizations]
            wanted = asked.path.rstrip("/").removeprefix("/organizations").strip("/")
            if wanted:
                for org in shown:
                    if org.id == wanted:
                        record = org["organizations"].get(wanted)
                        if record is not None:
                            return Answer(
                                200, answers.success("organization", faces.detail(org, "organizations", record))
                            )
                raise answers.wrong_organization(wanted)
            rows = [faces.row(org, "organizations", record) for org in shown for record in org["organizations"]]
            return Answer(200, answers.success("organizations", rows))

    def _read(self, org: Organization, target: Target, asked: Asked, mangle: listing.Mangle) -> bytes:
        face = target.face
        if target.record_id is None:
            if face.name == "tax_groups" or (face.name == "contact_persons" and target.parent_id is None):
                raise answers.unknown_url()
            if target.parent_id is not None and face.parent and target.parent_id not in org[face.parent]:
                raise answers.not_found(MODULES[face.parent].singular)
            if face.name == "invoices" and _wants_debit_notes(asked.params):
                face = faces.FACES["debit_notes"]
            return listing.page(org, face, asked.params, self.company.options, target.parent_id, mangle)
        return self._record(org, target)

    @staticmethod
    def _record(org: Organization, target: Target) -> bytes:
        face, record_id = target.face, target.record_id or ""
        record = org[face.name].get(record_id)
        if record is None and face.name == "invoices":
            face = faces.FACES["debit_notes"]
            record = org["debit_notes"].get(record_id)
        if not face.has_detail:
            raise answers.wrong_method()
        if record is None or (
            target.parent_id and face.parent_field and record.get(face.parent_field) != target.parent_id
        ):
            raise answers.not_found(MODULES[target.face.name].singular)
        if target.rest:
            return extras.below(org, face.name, record, target.rest)
        return answers.success(face.detail_key, faces.detail(org, face.name, record))


def _wants_debit_notes(params: Mapping[str, str]) -> bool:
    return params.get("type") == "debit_note" or "DebitNote" in params.get("filter_by", "")
