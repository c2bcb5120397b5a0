"""The kinds of import, in the order in which an office fills the product."""

from intake.kinds.base import Kind
from intake.kinds.changes import CHANGES
from intake.kinds.documents import DOCUMENTS
from intake.kinds.holdings import HOLDINGS
from intake.kinds.organizations import ORGANIZATIONS
from intake.kinds.people import PEOPLE
from intake.kinds.plans import PLANS_KIND

KINDS: dict[str, Kind] = {kind.code: kind for kind in (ORGANIZATIONS, DOCUMENTS, PEOPLE, CHANGES, HOLDINGS, PLANS_KIND)}
