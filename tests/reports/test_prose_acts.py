"""Saving an office's own words for its reports, going back to the standard, and whose words a report is printed in."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from auditlog.models import LogEntry
from openpyxl import load_workbook

from accounts.roles import Role
from common.errors import NotAllowed, Outdated, Refused, WrongState
from common.periods import Period
from organizations.actions import amend_organization
from organizations.scope import Right, Scope
from reports.actions import close_period, reset_prose, save_prose
from reports.choices import choose
from reports.figures import APPOINTED, Level
from reports.models import ProseTemplate
from reports.narrative import narrate
from reports.prose.checking import MOST_PARAGRAPHS
from reports.prose.standard import STANDARD_PROSE
from reports.prose.wording import Prose, Wording
from reports.summary import summarize
from tests import factories
from tests.reports.prose.made import own_figure, with_own

OURS = Wording("{Kỳ} bổ sung {Bổ sung cấp ủy viên cơ sở}.", nothing="{Kỳ} không bổ sung.", unknown="Chưa có số liệu.")
OTHERS = Wording("Đã bổ sung {Bổ sung cấp ủy viên cơ sở} trong {kỳ}.")
YEAR = Period.of_year(2022)


def saved(organization, *wordings: Wording, edition: str = "", by=None) -> ProseTemplate:
    return save_prose(organization, wordings=wordings or (OURS,), by=by or factories.office(), edition=edition)


def frame_of(organization, scope=None, period=YEAR, as_at=date(2026, 1, 1)):
    return choose(scope=scope or Scope.everything(), period=period, as_at=as_at, code=organization.code).frame


def prose_of(organization, **asked) -> list[str]:
    return [paragraph.text for paragraph in narrate(summarize(frame_of(organization, **asked)))]


def test_a_report_is_printed_in_the_words_that_were_saved(bloc, place):
    factories.seated(factories.person(place), place)

    saved(bloc)

    assert prose_of(bloc) == ["Năm 2022 bổ sung 01 đồng chí."]
    assert prose_of(bloc, period=Period.of_year(2021)) == ["Chưa có số liệu."]


def test_a_template_says_who_saved_it_and_when(bloc):
    clerk = factories.user(Role.ORGANIZATION_BOARD, bloc, full_name="Lê Thị Viết")
    template = saved(bloc, by=clerk)

    prose = frame_of(bloc).prose
    assert (prose.owner, prose.saved_by, prose.saved_at) == (bloc, "Lê Thị Viết", template.saved_at)
    [entry] = LogEntry.objects.filter(additional_data__act="Lưu lời văn báo cáo")
    assert (entry.actor, entry.object_pk) == (clerk, str(template.pk))
    assert "Bổ sung cấp ủy viên cơ sở" in str(entry.changes)


# Whose words


def test_the_nearest_template_above_is_in_force(bloc, place, other):
    saved(bloc, OURS)
    saved(place, OTHERS)

    assert [frame_of(each).prose.wordings for each in (bloc, place, other)] == [(OURS,), (OTHERS,), (OURS,)]


def test_a_template_is_of_those_above_and_never_of_those_beside_or_beneath(bloc, place, other):
    saved(place, OTHERS)

    assert frame_of(place).prose.wordings == (OTHERS,)
    assert frame_of(bloc).prose == frame_of(other).prose == STANDARD_PROSE


def test_the_template_above_is_in_force_for_who_sees_only_what_is_beneath(bloc, place):
    saved(bloc)

    assert frame_of(place, scope=Scope.of([(Right.VIEW, [place.path])])).prose.wordings == (OURS,)


def test_an_organization_handed_over_is_reported_in_the_words_of_where_it_stood(bloc, place):
    saved(bloc)
    elsewhere = factories.organization(code="KHAC")
    saved(elsewhere, OTHERS)
    amend_organization(place, effective_on=date(2025, 2, 1), parent=elsewhere, by=factories.office())

    assert frame_of(place).prose.wordings == (OURS,)
    assert frame_of(place, period=Period.of_year(2025)).prose.wordings == (OTHERS,)


# What is refused


@pytest.mark.parametrize(
    ("wordings", "told"),
    [
        ([Wording("Đã bổ sung 29 đồng chí.")], "Đoạn 1. Ký tự thứ 12, .*Không gõ tay số “29”"),
        ([OURS, Wording("Có {Nữ cấp ủy}.")], "Đoạn 2. .*Không có trường {Nữ cấp ủy}"),
        ([Wording("Có {kỳ}.", nothing="Có 3.")], "Không gõ tay số “3”"),
        ([Wording(""), Wording(" \n ", " ", "\u200b")], "Mẫu chưa có đoạn nào"),
        ([OURS] * (MOST_PARAGRAPHS + 1), "Mẫu có 21 đoạn, nhiều nhất là 20."),
    ],
)
def test_what_the_language_does_not_allow_is_not_saved(bloc, wordings, told):
    with pytest.raises(Refused, match=told):
        saved(bloc, *wordings)
    assert not ProseTemplate.objects.exists()


def test_the_most_paragraphs_are_saved_and_blank_ones_are_not(bloc):
    template = saved(bloc, Wording(""), *[OURS] * MOST_PARAGRAPHS, Wording("  "))

    assert len(template.wordings) == MOST_PARAGRAPHS


def test_texts_are_stored_on_one_line_in_nfc(bloc):
    template = saved(bloc, Wording("  Co\u0301 \r\n {kỳ}\u200b.\x00 "))

    template.refresh_from_db()
    assert template.wordings == (Wording("Có {kỳ}."),)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ORGANIZATION_BOARD])
def test_who_does_not_keep_the_register_words_no_report(bloc, place, role):
    saved(bloc)
    user = factories.user(role, bloc, sees_plans=role == Role.LEADER)

    with pytest.raises(NotAllowed):
        saved(bloc, OTHERS, by=user)
    with pytest.raises(NotAllowed):
        reset_prose(bloc, by=user, edition="")
    assert frame_of(bloc).prose.wordings == (OURS,)


def test_who_keeps_the_register_of_one_organization_words_its_reports_alone(bloc, place):
    clerk = factories.user(Role.ORGANIZATION_BOARD, place)

    assert saved(place, by=clerk).wordings == (OURS,)
    with pytest.raises(NotAllowed):
        saved(bloc, by=clerk)


# Two clerks


def test_the_second_of_two_who_write_at_once_is_told(bloc):
    first = saved(bloc, OURS)

    with pytest.raises(Outdated, match=f"{first.saved_by} đã lưu một bản khác"):
        saved(bloc, OTHERS, edition="")
    assert saved(bloc, OTHERS, edition=first.edition).wordings == (OTHERS,)


def test_who_saves_what_stands_already_is_not_bothered(bloc):
    first = saved(bloc, OURS)

    assert saved(bloc, OURS, edition="") == first
    assert LogEntry.objects.filter(additional_data__act="Lưu lời văn báo cáo").count() == 1


def test_who_writes_while_another_goes_back_to_the_standard_is_told(bloc):
    edition = saved(bloc, OURS).edition
    reset_prose(bloc, by=factories.office(), edition=edition)

    with pytest.raises(Outdated, match="đã được người khác bỏ"):
        saved(bloc, OTHERS, edition=edition)


def test_nobody_takes_away_what_was_saved_since(bloc):
    edition = saved(bloc, OURS).edition
    saved(bloc, OTHERS, edition=edition)

    with pytest.raises(Outdated):
        reset_prose(bloc, by=factories.office(), edition=edition)
    assert frame_of(bloc).prose.wordings == (OTHERS,)


# Back to the standard


def test_a_template_taken_away_leaves_the_one_above_and_its_words_in_the_journal(bloc, place):
    saved(bloc, OTHERS)
    template = saved(place, OURS)
    reset_prose(place, by=factories.office(), edition=template.edition)

    assert frame_of(place).prose.wordings == (OTHERS,)
    [entry] = LogEntry.objects.filter(additional_data__act="Đưa lời văn báo cáo về mẫu chuẩn")
    assert entry.action == LogEntry.Action.DELETE
    assert "không bổ sung" in str(entry.changes)
    with pytest.raises(WrongState, match="không có mẫu lời văn riêng"):
        reset_prose(place, by=factories.office(), edition="")


# Closed books


def test_closed_books_keep_the_report_as_it_was_worded_then(office):
    edition = saved(office.bloc, OURS).edition
    closing = close_period(office.bloc, period=YEAR, by=factories.superior())
    saved(office.bloc, OTHERS, edition=edition)

    with closing.files.get().content.open("rb") as file:
        sheet = load_workbook(BytesIO(file.read()))["Báo cáo"]
    lines = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert "Năm 2022 bổ sung 06 đồng chí." in lines
    assert not any("Đã bổ sung" in str(line) for line in lines)


# The office's own figures


def test_an_own_figure_is_a_field_as_soon_as_the_catalogue_has_it(bloc, place):
    factories.seated(factories.person(place), place)
    catalogue = with_own(own_figure("Cấp ủy viên mới", where=APPOINTED), own_figure("Ở Khối", level=Level.BLOC))
    prose = Prose((Wording("Có {Cấp ủy viên mới}, {Ở Khối}."), *STANDARD_PROSE.wordings))
    frames = [replace(frame_of(each), catalogue=catalogue, prose=prose) for each in (bloc, place)]

    told = [[paragraph.text for paragraph in narrate(summarize(frame))] for frame in frames]
    assert [lines[0] for lines in told] == ["Có 01 đồng chí, 0 đồng chí."] * 2
    assert "Theo các chỉ tiêu riêng của cơ quan, trong năm 2022 có: Cấp ủy viên mới: 01 đồng chí." in told[0]
