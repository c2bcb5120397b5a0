"""An office's own figures and printed units: the acts, where they hold, and every form of the report."""

import unicodedata
from io import BytesIO, StringIO

import pytest
from auditlog.models import LogEntry
from django.core.management import call_command
from openpyxl import load_workbook

from common.errors import NotAllowed, Outdated, Refused, WrongState
from common.periods import Period, today
from organizations.scope import Right, Scope
from reports.actions import add_own_figure, choose_printed_units, retire_own_figure
from reports.actions.office_figures import MOST_IN_USE
from reports.choices import choose
from reports.consistency import check
from reports.figures import Counted, Level
from reports.models import OfficeFigure
from reports.narrative import narrate
from reports.own_figures import Blocks
from reports.summary import Summary, summarize
from reports.texts import summary_json
from reports.workbook import summary_workbook
from tests import factories
from tests.reports.books import Office

YEAR = Period.of_year(2022)
NEW_MEMBERS = Blocks(act="appoint", positions=("committee_member",), level=Level.GRASSROOTS)
TURNS = "grassroots.turns"


def add(organization, label: str = "Ủy viên mới", unit: Counted = Counted.ITEMS, blocks: Blocks = NEW_MEMBERS, by=None):
    return add_own_figure(organization, label=label, unit=unit, blocks=blocks, by=by or factories.office())


def choose_unit(organization, unit: str, key: str = TURNS) -> int:
    return choose_printed_units(organization, chosen={key: unit}, by=factories.office())


def report(organization, period: Period = YEAR, **chosen) -> Summary:
    frame = choose(scope=Scope.everything(), period=period, as_at=today(), code=organization.code, **chosen).frame
    return summarize(frame)


def workbook_of(organization):
    return load_workbook(BytesIO(summary_workbook(report(organization), made_by="Người lập")))


def own(organization, **chosen) -> list[tuple[str, int | None, str]]:
    return [(each.label, each.count, each.figure.unit) for each in report(organization, **chosen).own]


class TestAdding:
    def test_a_figure_stands_in_every_report_of_the_organisation_and_beneath(self, office: Office):
        add(office.bloc)

        assert own(office.bloc) == [("Ủy viên mới", 6, "lượt")]
        assert own(office.one) == [("Ủy viên mới", 4, "lượt")]
        assert own(office.other_bloc) == []

    def test_a_figure_of_a_part_does_not_stand_above_or_beside_it(self, office):
        add(office.one)

        assert own(office.one) == [("Ủy viên mới", 4, "lượt")]
        assert own(office.bloc) == own(office.two) == []

    def test_it_is_counted_in_its_unit_and_in_any_other_that_is_asked_for(self, office):
        add(office.bloc, unit=Counted.ORGANIZATIONS)

        assert own(office.bloc) == [("Ủy viên mới", 2, "cấp ủy")]
        assert own(office.bloc, unit="people") == [("Ủy viên mới", 6, "đồng chí")]

    def test_those_of_superiors_come_first(self, office):
        add(office.one, "Của cơ sở")
        add(office.bloc, "Của khối")

        assert [label for label, *_ in own(office.one)] == ["Của khối", "Của cơ sở"]

    def test_what_no_figure_counts_stays_what_no_standard_figure_counts(self, office):
        before = report(office.bloc).outside.count
        add(office.bloc, blocks=Blocks(act="appoint"))

        assert report(office.bloc).outside.count == before

    def test_it_is_journaled_with_its_blocks_and_its_rule(self, office):
        made = add(office.bloc)

        entry = LogEntry.objects.get_for_object(made).get()
        assert entry.additional_data["act"] == "Thêm chỉ tiêu riêng"
        assert made.blocks == NEW_MEMBERS
        assert made.rule.startswith("Đếm lượt: bổ sung Ủy viên Ban Chấp hành ở cơ sở")

    @pytest.mark.parametrize("right", [Right.VIEW, Right.DRAFT, Right.CONFIRM, Right.ADMINISTER])
    def test_only_those_who_keep_the_register_may(self, office, right):
        with pytest.raises(NotAllowed):
            add(office.bloc, by=factories.holder_of(right))
        with pytest.raises(NotAllowed):
            choose_printed_units(office.bloc, chosen={TURNS: "people"}, by=factories.holder_of(right))
        add(office.bloc, by=factories.holder_of(Right.KEEP_REGISTER))

    def test_who_keeps_a_part_of_the_register_sets_nothing_above_it(self, office):
        clerk = factories.holder_of(Right.KEEP_REGISTER, path=office.one.path)

        add(office.one, by=clerk)
        with pytest.raises(NotAllowed):
            add(office.bloc, by=clerk)

    @pytest.mark.parametrize(
        "label",
        [
            *("", "  ", "x" * 121, "Số {number}", "Ủy viên: mới", "Thêm 15 đồng chí", "Thêm ٣", "Ủy viên  mới "),
            *("Căn cứ", "Bổ sung Bí thư cơ sở"),  # fields of prose
            *("ủy viên MỚI", unicodedata.normalize("NFD", "Ủy viên mới"), "Ủy\u200b viên mới"),  # the same to a reader
            "Đồng chí 🔟",
        ],
    )
    def test_a_label_that_is_missing_too_long_or_taken_is_refused(self, office, label):
        add(office.bloc)

        with pytest.raises(Refused):
            add(office.one, label)

    def test_a_label_taken_beneath_is_refused_above_so_that_a_field_names_one_figure(self, office):
        add(office.one)
        add(office.two)  # beside it: no report has both

        with pytest.raises(Refused, match="đang dùng ở Đảng bộ Sở Một"):
            add(office.bloc)

    def test_what_cannot_be_seen_is_left_out_of_a_label_and_breaks_no_workbook(self, office):
        made = add(office.bloc, "Ủy viên\x02 \u200bmới")

        assert made.label == "Ủy viên mới"
        OfficeFigure.objects.filter(pk=made.pk).update(label="Ủy viên\x02 mới")  # however it came there
        assert "Riêng Ủy viên mới" in str(workbook_of(office.one).sheetnames)

    def test_a_block_chosen_many_times_is_one_and_stands_in_the_order_of_the_catalogue(self, office):
        made = add(office.bloc, blocks=Blocks(positions=("committee_member", "secretary") * 100))

        assert made.positions == ["secretary", "committee_member"]
        assert made.rule.count("Ủy viên Ban Chấp hành") == 1

    def test_a_label_is_free_again_once_its_figure_is_retired(self, office):
        retire_own_figure(add(office.bloc), by=factories.office())

        assert add(office.bloc, "x" * 120).label == "x" * 120
        assert add(office.bloc).is_in_use

    def test_blocks_that_contradict_each_other_are_refused(self, office):
        with pytest.raises(Refused, match="Lý do thôi chỉ có ở lượt cho thôi"):
            add(office.bloc, blocks=Blocks(act="appoint", reasons=("death",)))

    def test_a_unit_that_is_none_is_refused(self, office):
        with pytest.raises(Refused, match="Không có đơn vị đếm “votes”"):
            add(office.bloc, unit="votes")

    def test_there_is_an_end_to_how_many(self, office):
        for number in range(MOST_IN_USE):
            add(office.bloc, "Chỉ tiêu " + "x" * (number + 1))

        with pytest.raises(Refused, match="nhiều nhất"):
            add(office.bloc)
        add(office.one)

    def test_it_is_never_edited_nor_deleted(self, office):
        made = add(office.bloc)
        made.label = "Tên khác"

        with pytest.raises(TypeError):
            made.save()
        with pytest.raises(TypeError):
            made.save(update_fields=["label"])
        with pytest.raises(TypeError):
            made.delete()
        with pytest.raises(TypeError):
            OfficeFigure.objects.all().delete()


class TestRetiring:
    def test_a_retired_figure_stands_in_no_report(self, office):
        made = retire_own_figure(add(office.bloc), by=factories.office())

        assert own(office.bloc) == []
        assert made.retired_by == factories.office()

    def test_twice_is_told(self, office):
        made = add(office.bloc)
        retire_own_figure(made, by=factories.office())

        with pytest.raises(WrongState, match="đã thôi dùng rồi"):
            retire_own_figure(made, by=factories.office())

    def test_a_part_cannot_retire_what_was_made_above_it(self, office):
        made = add(office.bloc)

        with pytest.raises(NotAllowed):
            retire_own_figure(made, by=factories.holder_of(Right.KEEP_REGISTER, path=office.one.path))


class TestPrintedUnits:
    def test_the_report_prints_the_unit_chosen_nearest_to_it(self, office):
        choose_unit(office.bloc, "organizations")
        choose_unit(office.one, "people")

        assert _turns(office.bloc) == (2, "cấp ủy")
        assert _turns(office.two) == (1, "cấp ủy")
        assert _turns(office.one) == (4, "đồng chí")
        assert _turns(office.other_bloc)[1] == "lượt"

    def test_no_unit_takes_back_what_was_chosen_here(self, office):
        choose_unit(office.bloc, "organizations")
        choose_unit(office.one, "people")

        choose_unit(office.one, "")
        assert _turns(office.one) == (1, "cấp ủy")
        choose_unit(office.bloc, "")
        assert _turns(office.bloc) == (6, "lượt")

    def test_the_unit_looked_at_goes_before_and_is_counted_as_declared(self, office):
        choose_unit(office.bloc, "organizations")
        looked_at = report(office.bloc, unit="items")

        assert looked_at.by_key[TURNS].count == 6
        assert looked_at.by_key[TURNS].figure.phrase == "củng cố, kiện toàn {number} cấp ủy cơ sở"
        assert looked_at.frame.as_printed.catalogue.by_key[TURNS].counts is Counted.ORGANIZATIONS

    def test_only_what_changes_is_written(self, office):
        assert choose_unit(office.bloc, "people") == 1
        assert choose_unit(office.bloc, "people") == 0
        assert choose_unit(office.bloc, "decisions") == 1
        assert [(each.unit, each.is_in_use) for each in OfficeFigure.objects.all()] == [
            ("people", False),
            ("decisions", True),
        ]

    def test_what_another_chose_meanwhile_is_not_overwritten_unseen(self, office):
        choose_unit(office.bloc, "people")

        with pytest.raises(Outdated, match="Người khác vừa chọn"):
            choose_printed_units(office.bloc, chosen={TURNS: ""}, seen={TURNS: ""}, by=factories.office())
        assert choose_printed_units(office.bloc, chosen={TURNS: ""}, seen={TURNS: "people"}, by=factories.office()) == 1

    @pytest.mark.parametrize(
        ("key", "unit"),
        [
            ("grassroots.forgotten", "people"),
            ("bloc.inspection.elected", "people"),
            (TURNS, "votes"),
            ("plan.grassroots.approved", "people"),
        ],
    )
    def test_a_unit_that_a_figure_does_not_have_is_refused(self, office, key, unit):
        with pytest.raises(Refused):
            choose_unit(office.bloc, unit, key)
        assert not OfficeFigure.objects.exists()

    def test_the_prose_does_not_say_that_a_decision_was_appointed(self, office):
        choose_unit(office.bloc, "decisions", "grassroots.member.added")
        choose_unit(office.bloc, "organizations")

        prose = " ".join(paragraph.text for paragraph in narrate(report(office.bloc)))

        assert "đã củng cố, kiện toàn cấp ủy cơ sở (02 cấp ủy), gồm: " in prose
        assert "bổ sung đồng chí tham gia cấp ủy (06 quyết định)" in prose

    def test_only_organisations_are_told_out_of_all_organisations(self, office):
        assert report(office.bloc).by_key["plan.grassroots.approved"].out_of == 2
        choose_unit(office.bloc, "decisions", "plan.grassroots.approved")

        assert report(office.bloc).by_key["plan.grassroots.approved"].out_of is None

    def test_a_total_in_another_unit_than_its_parts_is_not_held_against_their_sum(self, office):
        choose_unit(office.bloc, "organizations", "grassroots.member.added")

        checked = check(report(office.bloc))

        assert all(each.agrees for each in checked)
        assert not any("tổng và các phần" in each.what for each in checked)


def _turns(organization) -> tuple[int, str]:
    result = report(organization).by_key[TURNS]
    return result.count, result.figure.unit


class TestRenderings:
    @pytest.fixture
    def figure(self, office) -> OfficeFigure:
        return add(office.bloc, "Ủy viên mới", unit=Counted.PEOPLE)

    def test_the_prose_names_those_that_happened_after_the_changes(self, office, figure):
        add(office.bloc, "Bí thư thôi", blocks=Blocks(act="release", positions=("secretary",)))

        paragraphs = [paragraph.text for paragraph in narrate(report(office.bloc))]

        assert "Theo các chỉ tiêu riêng của cơ quan, trong năm 2022 có: Ủy viên mới 06 đồng chí." in paragraphs
        assert paragraphs.index("Theo các chỉ tiêu riêng của cơ quan, trong năm 2022 có: Ủy viên mới 06 đồng chí.") == 2

    def test_json_and_text_have_a_section_of_their_own(self, office, figure):
        [told] = summary_json(report(office.bloc))["own"]
        assert (told["key"], told["label"], told["value"], told["unit"]) == (figure.key, "Ủy viên mới", 6, "đồng chí")
        assert len(told["records"]) == 6

        out = StringIO()
        call_command("summary", "--year", "2022", "--organization", "KHOI", stdout=out)
        assert "Chỉ tiêu riêng\n  Ủy viên mới: 6 đồng chí" in out.getvalue()

    def test_the_workbook_lists_its_records_on_a_sheet(self, office, figure):
        book = load_workbook(BytesIO(summary_workbook(report(office.bloc), made_by="Đỗ Thị Lập")))

        [name] = [each for each in book.sheetnames if "Riêng" in each]
        assert name.endswith("Riêng Ủy viên mới")
        rows = [row for row in book[name].iter_rows(values_only=True) if isinstance(row[0], int)]
        assert len(rows) == 6
        figures = list(book["Số liệu"].iter_rows(values_only=True))
        [told] = [row for row in figures if row[1] == "Ủy viên mới"]
        assert told[2:4] == (6, "đồng chí")
        assert "CHỈ TIÊU RIÊNG" in [row[1] for row in figures]

    def test_the_consistency_check_holds_it_against_its_records(self, office, figure):
        [checked] = [each for each in check(report(office.bloc)) if each.what.startswith("Ủy viên mới")]

        assert (checked.one, checked.other, checked.agrees) == (6, 6, True)
