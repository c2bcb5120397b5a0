"""The kind "tổ chức đảng": the tree through time, terms with sizes, counts; decisions that are still to be entered."""

from datetime import date

import pytest
from auditlog.models import LogEntry

from intake.kinds.organizations import ORGANIZATIONS
from organizations.models import Document, MemberCount, Organization, OrganizationVersion, Term
from organizations.scope import Right, Scope
from tests import factories
from tests.intake.sheets import DAY, commit, faults_of, read, states_of, take_in, understood, workbook

pytestmark = pytest.mark.django_db

ROOT = {
    "organization": "KHOI",
    "name": "Đảng bộ Khối",
    "kind": "Đảng bộ cấp trên trực tiếp cơ sở",
    "begins": "2/1/2010",
}
CELL = {"organization": "CS-01", "name": "Chi bộ Sở", "kind": "Chi bộ cơ sở", "parent": "KHOI", "begins": "01/01/2012"}
TERM = {"organization": "CS-01", "label": "2020-2025", "ordinal": 3, "congress": "15/6/2020", "planned": "15/6/2025"}
COUNT = {"organization": "CS-01", "day": "31/12/2021", "official": "1.086", "probationary": 2}


@pytest.fixture
def installer(db):
    return factories.user(role=None, is_superuser=True)


def files() -> dict[str, list]:
    """Return the sheets of an office that begins: the cell stands before its superior, and became a committee."""
    later = CELL | {"name": "Đảng bộ Sở", "kind": "Đảng bộ cơ sở", "begins": "01/7/2018"}
    bodies = {"committee": 15, "standing": 5}
    of_root = {
        "organization": "KHOI",
        "label": "2015 – 2020",
        "ordinal": 2,
        "congress": "01/8/2015",
        "planned": "01/8/2020",
    }
    return {
        "s0": [CELL | {"ends": "01/7/2018"}, later, ROOT],
        "s1": [of_root, TERM | bodies],
        "s2": [COUNT],
    }


class TestAnEmptyRegister:
    def test_is_filled_in_whatever_order_the_rows_stand(self, installer):
        take_in(ORGANIZATIONS, by=installer, **files())
        root, cell = Organization.objects.order_by("-code")
        assert (cell.name, cell.kind, cell.parent, cell.path) == (
            "Đảng bộ Sở",
            "grassroots_committee",
            root,
            f"/{root.pk}/{cell.pk}/",
        )
        assert [each.name for each in cell.versions.order_by("valid_from")] == ["Chi bộ Sở", "Đảng bộ Sở"]
        assert OrganizationVersion.objects.as_of(date(2015, 1, 1)).get(organization=cell).name == "Chi bộ Sở"
        term = Term.objects.get(organization=cell)
        assert dict(term.bodies.values_list("kind", "authorized_size")) == {"committee": 15, "standing_committee": 5}
        assert Term.objects.get(organization=root).label == "2015-2020"
        assert MemberCount.objects.get().official == 1086

    def test_takes_nothing_from_the_same_file_again_and_gives_it_out(self, installer):
        take_in(ORGANIZATIONS, by=installer, **files())
        written = LogEntry.objects.count()
        assert set(states_of(ORGANIZATIONS, **files())) == {"unchanged"}
        take_in(ORGANIZATIONS, by=installer, **files())
        assert LogEntry.objects.count() == written

        exported = ORGANIZATIONS.export(Scope.everything(), DAY)
        listed = ORGANIZATIONS.understand(
            read(ORGANIZATIONS, workbook(ORGANIZATIONS, exported)), scope=Scope.everything(), day=DAY
        )
        assert {each.state.value for each in listed} == {"unchanged"}
        assert len(listed) == 6


class TestVersions:
    @pytest.mark.parametrize(
        ("rows", "key", "said"),
        [
            ([CELL | {"parent": "XYZ"}], "parent", "Không có tổ chức đảng nào mã “XYZ”"),
            ([CELL | {"parent": "CS-01"}], "parent", "cấp trên của chính nó"),
            ([CELL | {"ends": "01/01/2012"}], "ends", "phải sau ngày bắt đầu"),
            ([CELL | {"begins": "2012"}], "begins", "ngày"),
            ([CELL | {"kind": "Hội"}], "kind", "Đảng bộ cơ sở"),
            ([CELL | {"begins": "01/01/2005"}], "parent", "không hoạt động vào ngày 01/01/2005"),
            ([CELL | {"name": ""}], "name", "không được để trống"),
            ([CELL, CELL], "begins", "còn kéo dài"),
        ],
    )
    def test_that_cannot_be(self, old, rows, key, said):
        rows = [row | {"organization": row["organization"].replace("01", "11")} for row in rows]
        rows = [row | {"parent": row["parent"].replace("01", "11")} for row in rows]
        faults = faults_of(ORGANIZATIONS, s0=rows)[-1]
        assert list(faults) == [key]
        assert said in faults[key]

    def test_in_a_circle(self, old):
        rows = [CELL | {"organization": code, "parent": parent} for code, parent in (("A1", "A2"), ("A2", "A1"))]
        assert all("đứng dưới chính tổ chức" in faults["parent"] for faults in faults_of(ORGANIZATIONS, s0=rows))

    def test_of_an_organisation_that_stands_are_changed_by_reorganising_it(self, old):
        known = {"organization": "cs-01", "name": "Đảng bộ Sở Mới", "kind": "Đảng bộ cơ sở", "parent": "KHOI"}
        assert "Trong sổ ghi" in faults_of(ORGANIZATIONS, s0=[known | {"begins": "01/01/2010"}])[0]["name"]
        assert "Sắp xếp tổ chức" in faults_of(ORGANIZATIONS, s0=[known | {"begins": "01/01/2022"}])[0]["begins"]


class TestDecisions:
    PAPER = {"decision_number": "07-QĐ/ĐUK", "decision_day": "20/12/2017", "decision_issuer": "KHOI"}

    def test_of_an_issuer_whose_term_the_file_brings(self, installer):
        rows = files()
        rows["s0"][1] = rows["s0"][1] | self.PAPER
        take_in(ORGANIZATIONS, by=installer, **rows)
        later = OrganizationVersion.objects.get(name="Đảng bộ Sở")
        assert later.decision == Document.objects.get()
        assert (later.decision.number, later.decision.issuer.code, later.decision.issuer_term.label) == (
            7,
            "KHOI",
            "2015-2020",
        )
        assert set(states_of(ORGANIZATIONS, **rows)) == {"unchanged"}

    def test_are_added_to_what_stands_and_not_changed(self, installer):
        take_in(ORGANIZATIONS, by=installer, **files())
        row = files()["s0"][1]
        [each] = understood(ORGANIZATIONS, s0=[row | self.PAPER])
        assert each.differences[0] == ("Số quyết định", "", "07-QĐ/ĐUK")
        commit(ORGANIZATIONS, [each], by=installer)
        assert OrganizationVersion.objects.get(name="Đảng bộ Sở").decision.number == 7
        other = row | self.PAPER | {"decision_number": "08-QĐ/ĐUK"}
        assert "Trong sổ ghi “07-QĐ/ĐUK”" in faults_of(ORGANIZATIONS, s0=[other])[0]["decision_number"]

    def test_that_cannot_be(self, installer):
        rows = files()
        rows["s0"][1] = rows["s0"][1] | self.PAPER | {"decision_day": "20/12/2009"}
        assert "chưa có nhiệm kỳ nào" in understood(ORGANIZATIONS, **rows)[1].faults["decision_day"]


class TestTermsAndCounts:
    @pytest.mark.parametrize(
        ("changed", "key", "said"),
        [
            ({"label": "khóa VII"}, "label", "Hãy ghi như 2020-2025"),
            ({"label": "2025-2020"}, "label", "Hãy ghi như 2020-2025"),
            ({"planned": "15/6/2010"}, "planned", "phải sau ngày đại hội"),
            ({"ends": "01/6/2010"}, "ends", "phải sau ngày đại hội"),
            ({"congress": "15/6/2009"}, "congress", "không hoạt động (thành lập ngày 01/01/2010)"),
            ({"organization": "CS-77"}, "organization", "Không có tổ chức"),
            ({"ends": ""}, "ends", "chưa kết thúc khi nhiệm kỳ 2015-2020 bắt đầu"),
            ({"committee": "mười lăm"}, "committee", "số"),
        ],
    )
    def test_terms_that_cannot_be(self, old, changed, key, said):
        row = {"organization": "CS-01", "label": "2010-2015", "ordinal": 5, "congress": "15/6/2010"}
        row |= {"planned": "15/6/2015", "ends": "15/6/2015"} | changed
        [faults] = faults_of(ORGANIZATIONS, s1=[row])
        assert list(faults) == [key]
        assert said in faults[key]

    def test_sizes_become_known_and_a_term_does_not_end_by_a_file(self, old):
        old.present.bodies.update(authorized_size=None)
        row = {"organization": "CS-01", "label": old.present.label, "ordinal": 7, "congress": "15/6/2020"}
        row |= {"planned": f"{old.present.planned_end:%d/%m/%Y}", "committee": 13}
        [each] = understood(ORGANIZATIONS, s1=[row])
        assert each.differences == [("Số lượng BCH", "", "13")]
        commit(ORGANIZATIONS, [each], by=factories.office())
        assert old.present.bodies.get(kind="committee").authorized_size == 13
        assert states_of(ORGANIZATIONS, s1=[row]) == ["unchanged"]
        assert "ở trang của tổ chức" in faults_of(ORGANIZATIONS, s1=[row | {"ends": "01/01/2024"}])[0]["ends"]

    def test_a_size_of_nought_is_no_body(self, installer):
        rows = files()
        rows["s1"] = [row | {"inspection": 0} for row in rows["s1"]]
        take_in(ORGANIZATIONS, by=installer, **rows)
        assert set(states_of(ORGANIZATIONS, **rows)) == {"unchanged"}

    def test_a_count_is_corrected(self, old):
        take_in(ORGANIZATIONS, by=factories.office(), s2=[COUNT])
        [each] = take_in(ORGANIZATIONS, by=factories.office(), s2=[COUNT | {"official": 90}])
        assert each.differences == [("Chính thức", "1086", "90")]
        assert MemberCount.objects.get().official == 90

    @pytest.mark.parametrize(
        ("changed", "key", "said"),
        [
            ({"day": "31/12/2030"}, "day", "chưa đến"),
            ({"day": "31/12/2009"}, "day", "không hoạt động"),
            ({"official": -1}, "official", "từ 0"),
        ],
    )
    def test_counts_that_cannot_be(self, old, changed, key, said):
        [faults] = faults_of(ORGANIZATIONS, s2=[COUNT | changed])
        assert said in faults[key]

    def test_a_count_stands_once(self, old):
        assert "dòng khác" in faults_of(ORGANIZATIONS, s2=[COUNT, COUNT])[1]["day"]


class TestScope:
    def test_places_outside_are_not_named(self, old):
        other = factories.organization(old.bloc, code="CS-02", name="Đảng bộ Sở Kín")
        scope = factories.holder_of(Right.KEEP_REGISTER, Right.VIEW, path=old.place.path).scope
        known = {"organization": "CS-02", "name": "Đảng bộ A", "kind": "Đảng bộ cơ sở", "begins": "01/01/2010"}
        rows = {
            "s0": [known, CELL | {"organization": "M1"}],
            "s1": [TERM | {"organization": other.code}],
            "s2": [COUNT | {"organization": other.code}],
        }
        listed = understood(ORGANIZATIONS, scope, **rows)
        assert all(each.faults for each in listed)
        assert "Sở Kín" not in str([each.faults for each in listed])
        assert states_of(ORGANIZATIONS, scope, s0=[CELL | {"organization": "M1", "parent": "CS-01"}]) == ["new"]

    def test_exports_are_of_the_scope(self, old):
        factories.organization(old.bloc, code="CS-02", name="Đảng bộ Sở Kín")
        scope = factories.holder_of(Right.KEEP_REGISTER, Right.VIEW, path=old.place.path).scope
        assert "CS-02" not in str(ORGANIZATIONS.export(scope, DAY))
