"""Who moved on takes nothing back any more where the scope of today does not reach; a tree has one top."""

from datetime import date

import pytest

from accounts.models import Assignment
from accounts.roles import Role
from common.errors import NotAllowed
from intake.actions import undo_import
from intake.kinds.organizations import ORGANIZATIONS
from intake.workflow import commit_file
from organizations.models import Organization
from personnel.models import Person
from tests import factories
from tests.intake.people_files import AN, BINH, sent
from tests.intake.sheets import commit, faults_of, understood
from tests.intake.test_organizations import CELL, ROOT

pytestmark = pytest.mark.django_db


class TestTakingBack:
    @pytest.fixture
    def bloc(self) -> Organization:
        return factories.organization(code="KHOI", name="Đảng bộ Khối")

    @pytest.fixture
    def place(self, bloc) -> Organization:
        return factories.organization(bloc, code="CS-01", name="Đảng bộ Sở Xây dựng")

    @pytest.fixture
    def clerk(self, bloc, place):
        clerk = factories.user(Role.ORGANIZATION_BOARD, place)
        self.imported = commit_file(sent(clerk, AN, BINH), by=clerk)
        return clerk

    def moved_to(self, clerk, organization: Organization):
        Assignment.objects.filter(user=clerk).update(organization=organization)
        return type(clerk).objects.get(pk=clerk.pk)

    def test_is_refused_to_who_holds_the_right_elsewhere_by_now(self, bloc, clerk):
        elsewhere = self.moved_to(clerk, factories.organization(bloc, code="CS-02"))

        with pytest.raises(NotAllowed, match="ngoài phạm vi của bạn hiện nay"):
            undo_import(self.imported, by=elsewhere, reason="Nhầm tệp")
        assert Person.objects.count() == 2

    def test_is_the_work_of_who_holds_it_there_still(self, bloc, clerk):
        undo_import(self.imported, by=self.moved_to(clerk, bloc), reason="Nhầm tệp")

        assert not Person.objects.exists()


class TestTheTop:
    TOP = CELL | {"organization": "HAI", "parent": "", "begins": "01/01/2012"}

    @pytest.fixture
    def installer(self, db):
        return factories.user(role=None, is_superuser=True)

    def faults(self, *rows) -> list[dict[str, str]]:
        return faults_of(ORGANIZATIONS, s0=list(rows), s1=[], s2=[])

    def test_of_a_register_stays_the_only_one(self, installer):
        commit(ORGANIZATIONS, understood(ORGANIZATIONS, s0=[ROOT], s1=[], s2=[]), by=installer)

        [fault] = self.faults(self.TOP)

        assert fault == {
            "parent": "Trong thời gian này, đứng đầu cây tổ chức là Đảng bộ Khối (mã KHOI), và chỉ một tổ chức đứng "
            "đầu. Hãy ghi mã cấp trên trực tiếp của tổ chức này."
        }

    def test_beside_another_comes_with_a_whole_register_alone(self, installer):
        assert self.faults(ROOT, self.TOP) == [{}, {}]

    @pytest.mark.parametrize(("begins", "wrong"), [("01/01/2020", False), ("31/12/2019", True)])
    def test_may_follow_one_that_has_ended(self, installer, begins, wrong):
        former = factories.organization(code="KHOI", name="Đảng bộ Khối", valid_from=date(2010, 1, 1))
        former.versions.update(valid_to=date(2020, 1, 1))

        [fault] = self.faults(self.TOP | {"begins": begins})

        assert bool(fault) is wrong
