"""People, the seats that they hold through time, and the dossiers by which seats change hands."""

from personnel.models.dossiers import Act, ChangeItem, CongressResult, Dossier, Method, ReleaseReason, Vote
from personnel.models.doubles import DistinctPeople
from personnel.models.drafting import Judgement, UnfinishedForm
from personnel.models.holdings import EndReason, Holding
from personnel.models.people import (
    Discipline,
    Education,
    Gender,
    Membership,
    Person,
    PoliticalConclusion,
    PoliticalTheory,
    Precision,
)

__all__ = [
    "Act",
    "ChangeItem",
    "CongressResult",
    "Discipline",
    "DistinctPeople",
    "Dossier",
    "Education",
    "EndReason",
    "Gender",
    "Holding",
    "Judgement",
    "Membership",
    "Method",
    "Person",
    "PoliticalConclusion",
    "PoliticalTheory",
    "Precision",
    "ReleaseReason",
    "UnfinishedForm",
    "Vote",
]
