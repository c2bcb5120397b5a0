"""What lies outside the scope of whoever imports is named by no message: no dossier, paper, plan or person of it."""

from datetime import date

import pytest

from common.errors import Refused
from intake.actions import send_file, undo_import
from intake.kinds.changes import CHANGES
from intake.kinds.documents import DOCUMENTS
from intake.kinds.holdings import HOLDINGS
from intake.kinds.people import PEOPLE
from intake.kinds.plans import PLANS_KIND
from intake.workflow import commit_file, read_file
from organizations.models import Organization
from organizations.scope import Right
from personnel.models import Person
from planning.models import PlanApproval
from tests import factories
from tests.factories import holder_of, office
from tests.intake.conftest import FORMER, PRESENT
from tests.intake.people_files import file_of
from tests.intake.sheets import take_in, understood
from tests.intake.test_history_changes import CONGRESS, DECISION, DOSSIER, ITEM
from tests.intake.test_history_documents import OUTSIDE
from tests.intake.test_history_holdings import MEMBER
from tests.intake.test_history_plans import APPROVED, ENTRY, PLAN, ROUND


@pytest.fixture
def other(old) -> Organization:
    """A neighbour of the place, outside the clerk's scope."""
    made = factories.organization(old.bloc, code="CS-02", name="Đảng bộ Sở Kín", valid_from=date(2010, 1, 1))
    factories.term(made, FORMER, ordinal=6)
    factories.term(made, PRESENT, ordinal=7)
    return made


@pytest.fixture
def clerk(old):
    """Whoever keeps the register of CS-01 alone."""
    return holder_of(Right.VIEW, Right.KEEP_REGISTER, path=old.place.path)


@pytest.fixture
def stranger(other):
    return factories.person(other, "Lò Văn Lạ", birth_date=date(1966, 6, 6), card_number="0666")


def told(listed) -> str:
    """Return all that the rows tell."""
    return " ".join(
        text
        for each in listed
        for text in (*each.faults.values(), *(part for diff in each.differences for part in diff))
    )


STRANGER = {"card": "0666", "name": "Lò Văn Lạ", "born": "06/6/1966"}


def test_a_dossier_of_another_organisation(old, other, clerk, stranger):
    secret = DOSSIER | {"organization": "CS-02", "reason": "Chuyện riêng của Sở Kín", "kind": "Kết quả đại hội"}
    take_in(CHANGES, by=office(), s0=[secret], s1=[CONGRESS | {"committee_size": 43}], s2=[ITEM | STRANGER])

    rows = {
        "s0": [DOSSIER | {"kind": "Kết quả đại hội", "submitted": date(2021, 2, 28), "reason": "Khác"}],
        "s1": [CONGRESS],
        "s2": [ITEM | {"in_favour": 12}, ITEM | {"number": 2}],
    }
    listed = understood(CHANGES, clerk.scope, **rows)

    assert all(each.faults for each in listed)
    for secret in ("CS-02", "22/02/2021", "riêng", "43", "Lạ", "13", "chỉ có 1"):
        assert secret not in told(listed)
    assert "ngoài phạm vi" in listed[0].faults["code"]


def test_the_paper_of_a_dossier_of_another_organisation(old, other, clerk):
    paper = DECISION | {"decision_number": "77-QĐ/ĐUK"}
    release = {"act": "Cho thôi", "release_reason": "Nghỉ hưu", "method": None, "elected": None}
    votes = dict.fromkeys(("summoned", "present", "issued", "collected", "valid", "in_favour"))
    take_in(
        CHANGES,
        by=office(),
        s0=[DOSSIER | paper | {"organization": "CS-02"}],
        s2=[ITEM | release | votes],
    )
    cited = {"ended_number": "12-QĐ/ĐUK", "ended_day": date(2021, 3, 4), "ended_issuer": "Tỉnh ủy"}
    seat = MEMBER | {"begins": "20/6/2020", "ends": "05/3/2021", "end_reason": "Nghỉ hưu"} | cited

    [row] = understood(HOLDINGS, clerk.scope, s0=[seat])

    assert "77-QĐ" not in told([row])
    assert "phạm vi" in row.faults["ended_number"]


def test_what_a_paper_says_that_the_clerk_may_not_see(old, clerk):
    secret = OUTSIDE | {"summary": "Vụ việc ở Sở Kín", "classification": "Mật", "signed_by": "Lê Ký"}
    take_in(DOCUMENTS, by=office(), s0=[secret])

    [row] = understood(DOCUMENTS, clerk.scope, s0=[OUTSIDE | {"classification": "Thường", "signed_by": "Ai đó"}])

    assert "phạm vi" in row.faults["document_number"]
    assert not row.differences
    assert understood(DOCUMENTS, clerk.scope, s0=[secret])[0].state == "unchanged"


def test_what_a_paper_of_another_organisation_says(old, other, clerk):
    paper = factories.document(other, date(2021, 3, 5), number=8, summary="Chuyện riêng của Sở Kín")
    row = {
        "document_number": paper.full_number,
        "document_day": paper.issued_on,
        "document_issuer": "CS-02",
        "summary": "Đoán",
    }
    [row] = understood(DOCUMENTS, clerk.scope, s0=[row])
    assert "phạm vi" in row.faults["document_number"]
    assert "riêng" not in told([row])


def test_the_plan_of_an_organisation_from_which_somebody_came(old, other):
    take_in(PLANS_KIND, by=office(), s0=[ROUND], s3=[PLAN | APPROVED | {"organization": "CS-02"}])
    planner = holder_of(Right.VIEW, Right.PLAN, Right.VIEW_PLANS, path=old.place.path)
    own = ROUND | {"organization": "CS-01"}
    take_in(PLANS_KIND, by=office(), s0=[own], s3=[PLAN | {"organization": "CS-02"}])
    entry = ENTRY | {"carried_from": "CS-02", "approved": date(2022, 9, 1)}

    rows = understood(PLANS_KIND, planner.scope, s0=[own], s4=[entry])

    assert "chưa phê duyệt" not in told(rows)
    assert "30/9/2022" not in told(rows)
    assert rows[-1].faults
    assert PlanApproval.objects.count() == 2


class TestTakingBack:
    """What was built on an import outside the scope of its sender stands in the way, and is not named."""

    NEW = {"name": "Vừ Thị Mới", "born": "1980", "gender": "Nữ", "organization": "CS-01", "begins": "2016"}

    @pytest.fixture
    def newcomer(self, old, clerk):
        headings = ["Họ và tên", "Ngày sinh", "Nam/nữ", "Mã nơi sinh hoạt đảng", "Sinh hoạt từ ngày"]
        sent = send_file(PEOPLE, upload=file_of(list(self.NEW.values()), headings=headings), by=clerk)
        read_file(sent, by=clerk)
        self.made = commit_file(sent, by=clerk)
        return Person.objects.get(full_name="Vừ Thị Mới")

    def _refusal(self, clerk) -> str:
        with pytest.raises(Refused) as refusal:
            undo_import(self.made, by=clerk, reason="Nhầm tệp")
        return str(refusal.value)

    def test_a_name_in_a_plan(self, old, clerk, newcomer):
        entry = factories.plan_entry(factories.planning_round(old.bloc), newcomer, old.place)
        reason = self._refusal(clerk)
        assert str(entry) not in reason
        assert "quy hoạch" not in reason.lower()
        assert "phạm vi" in reason

    def test_a_seat_elsewhere(self, old, other, clerk, newcomer):
        factories.seated(newcomer, other, on=date(2021, 3, 5))
        reason = self._refusal(clerk)
        assert "Vừ Thị Mới" not in reason
        assert "HS-" not in reason
        assert "phạm vi" in reason

    def test_what_lies_in_the_scope_is_named(self, old, clerk, newcomer):
        factories.seated(newcomer, old.place, on=date(2021, 3, 5))
        assert "Vừ Thị Mới" in self._refusal(clerk)
