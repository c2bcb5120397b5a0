"""Organisations through time, their terms and bodies, the catalogue of positions, and documents."""

from organizations.models.bodies import Body, BodyKind, Position, Term
from organizations.models.documents import Document, DocumentType, IssuerLevel
from organizations.models.organizations import (
    GRASSROOTS_KINDS,
    MemberCount,
    Organization,
    OrganizationKind,
    OrganizationVersion,
)

__all__ = [
    "GRASSROOTS_KINDS",
    "Body",
    "BodyKind",
    "Document",
    "DocumentType",
    "IssuerLevel",
    "MemberCount",
    "Organization",
    "OrganizationKind",
    "OrganizationVersion",
    "Position",
    "Term",
]
