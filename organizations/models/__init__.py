"""Organisations through time, their terms and bodies, the catalogue of positions, documents and their files."""

from organizations.models.bodies import Body, BodyKind, Position, Term
from organizations.models.closings import Closing
from organizations.models.documents import Document, DocumentType, IssuerLevel
from organizations.models.files import DocumentFile, PaperKind, PaperTemplate
from organizations.models.organizations import (
    GRASSROOTS_KINDS,
    MemberCount,
    Organization,
    OrganizationKind,
    OrganizationVersion,
)
from organizations.models.reorganizations import Reorganization, ReorganizationPart

__all__ = [
    "GRASSROOTS_KINDS",
    "Body",
    "BodyKind",
    "Closing",
    "Document",
    "DocumentFile",
    "DocumentType",
    "IssuerLevel",
    "MemberCount",
    "Organization",
    "OrganizationKind",
    "OrganizationVersion",
    "PaperKind",
    "PaperTemplate",
    "Position",
    "Reorganization",
    "ReorganizationPart",
    "Term",
]
