"""Answers as Zoho Books words them: the envelope, and every refusal with its HTTP status and code."""

from __future__ import annotations

from collections.abc import Mapping

from zbdesk.demo.collection import Fields
from zbdesk.demo.faces import encode


class Refusal(Exception):
    """An answer that is not success."""

    def __init__(self, status: int, code: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})

    def body(self) -> bytes:
        """The envelope without a resource."""
        return encode({"code": self.code, "message": self.message})


def unauthorized() -> Refusal:
    """The token is missing, unknown, expired, or may not do this."""
    return Refusal(401, 57, "You are not authorized to perform this operation")


def no_token() -> Refusal:
    """There is no Authorization header in Zoho's form."""
    return Refusal(401, 14, "Invalid value passed for authtoken.")


def wrong_organization(organization_id: str) -> Refusal:
    """The user is not a member of that organization."""
    return Refusal(400, 6041, f"This user is not associated with the CompanyID/CompanyName:{organization_id}.")


def unknown_url() -> Refusal:
    """Nothing is served at that address."""
    return Refusal(404, 5, "Invalid URL Passed")


def wrong_method() -> Refusal:
    """The address exists, the method does not."""
    return Refusal(405, 5, "This request method is not allowed for the URL.")


def invalid_parameter(name: str) -> Refusal:
    """A query parameter that cannot be read."""
    return Refusal(400, 2, f"Invalid value passed for {name}")


def invalid_field(name: str) -> Refusal:
    """A body field that cannot be used."""
    return Refusal(400, 4, f"Invalid value passed for {name}")


def missing_field(name: str) -> Refusal:
    """A body field that has to be there."""
    return Refusal(400, 4, f"Please ensure that the {name} has been specified.")


def not_found(singular: str) -> Refusal:
    """No such record: never was, or deleted."""
    return Refusal(404, 1002, f"{singular} does not exist.")


def bad_json() -> Refusal:
    """The body is no JSON object."""
    return Refusal(400, 1025, "JSON is not well formed")


def success(key: str | None = None, shown: object = None, message: str = "success", **more: object) -> bytes:
    """Code 0 with one resource node."""
    out: Fields = {"code": 0, "message": message}
    if key is not None:
        out[key] = shown
    out.update(more)
    return encode(out)
