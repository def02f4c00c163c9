"""Errors of the domain. They carry codes and facts; sentences are made where people read them."""

from collections.abc import Mapping


class DomainError(Exception):
    """Something that a person asked for cannot be done; `code` says why."""

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(code)
        self.code = code
        self.detail: Mapping[str, object] = detail


class NotAllowed(DomainError):
    """The actor has no right to this action."""

    def __init__(self, action: str) -> None:
        super().__init__("not_allowed", action=action)


class NotFound(DomainError):
    """There is no such thing, or not for this actor; both look the same."""

    def __init__(self, kind: str) -> None:
        super().__init__("not_found", kind=kind)


class NotSignedIn(DomainError):
    """A key of the API is not, or no longer, good."""

    def __init__(self) -> None:
        super().__init__("token_not_valid")


class UnknownCode(DomainError):
    """A request names a code that does not exist; `known` lists those that do."""

    def __init__(self, field: str, given: str, known: tuple[str, ...]) -> None:
        super().__init__("unknown_code", field=field, given=given, known=known)


class BadQuery(DomainError):
    """A request contradicts itself, such as a period that ends before it begins."""


class ImportRefused(DomainError):
    """An import would do something that nobody asked for."""


class InvalidRecord(DomainError):
    """A record breaks rules; `fields` maps each field to the codes of what is wrong with it."""

    def __init__(self, fields: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__("invalid_record", fields=dict(fields))
        self.fields = fields


class NotReady(DomainError):
    """What is asked for is being prepared; in a little while it can be answered."""

    def __init__(self) -> None:
        super().__init__("comparison_not_ready")


class Conflict(DomainError):
    """Somebody else has changed the thing meanwhile, or it stands where this cannot be done."""
