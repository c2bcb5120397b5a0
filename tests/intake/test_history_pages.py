"""The pages of dossiers that tell of old files: what they say, and what they leave out."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from common.middleware import CHOSEN_DAY
from intake.kinds.changes import CHANGES
from intake.kinds.holdings import HOLDINGS
from personnel.models import Dossier, Holding
from personnel.papers import papers_of
from tests import factories
from tests.factories import office
from tests.intake.sheets import take_in
from tests.intake.test_history_changes import everything
from tests.intake.test_history_holdings import row


@pytest.fixture
def reader(old, client):
    client.force_login(factories.user(Role.ORGANIZATION_BOARD, old.bloc))
    return client


def page(reader, dossier: Dossier) -> str:
    return " ".join(reader.get(dossier.get_absolute_url()).content.decode().split())


def test_a_seat_without_a_paper(reader):
    take_in(HOLDINGS, by=office(), s0=[row(begins="2017", ends="3/2019", end_reason="Nghỉ hưu")])
    seat = Holding.objects.get()

    began = page(reader, seat.began_by.dossier)
    assert "Ghi nhận việc đã quyết định – Đảng bộ Sở Xây dựng: thay đổi những gì, theo văn bản nào." in began
    assert "Không rõ văn bản" in began
    assert "office ghi nhận" in began
    assert "năm 2017" in began
    assert "Tờ trình" not in began
    assert "Ngày quyết định" not in began
    assert "Đính chính" in began
    assert "Giấy tờ soạn sẵn" not in began
    ended = page(reader, seat.ended_by)
    assert "Chức danh kết thúc (1)" in ended
    assert "tháng 3/2019" in ended
    assert papers_of(seat.ended_by) == []


def test_the_end_of_a_term_has_no_item_and_names_the_seats(reader):
    take_in(HOLDINGS, by=office(), s0=[row()])

    ended = page(reader, Holding.objects.get().ended_by)

    assert "Chức danh kết thúc (1)" in ended
    assert "Hồ sơ chưa có nội dung nào" not in ended
    assert "Đính chính" not in ended


def test_a_recorded_dossier_of_the_office_names_its_papers_and_one_hand(reader):
    take_in(CHANGES, by=office(), **everything())

    shown = page(reader, Dossier.objects.get())

    assert "office ghi nhận" in shown
    assert "office quyết định" not in shown
    assert "12-QĐ/ĐUK" in shown
    assert "Tờ trình" in shown


def test_looked_at_on_a_day_before_it_was_recorded(reader):
    take_in(HOLDINGS, by=office(), s0=[row()])
    dossier = Holding.objects.get().began_by.dossier

    session = reader.session
    session[CHOSEN_DAY] = "2018-01-01"
    session.save()

    assert "Việc này ghi nhận vào sổ ngày" in page(reader, dossier)


def test_the_list_tells_its_kind(reader):
    take_in(HOLDINGS, by=office(), s0=[row()])

    assert "Ghi nhận việc đã quyết định" in reader.get(reverse("personnel:dossier_list")).content.decode()
    assert Dossier.objects.filter(kind="history", decided_on=date(2017, 3, 5)).exists()
