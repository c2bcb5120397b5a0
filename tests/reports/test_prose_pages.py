"""The page on which an office words its reports: who may, what is shown, saved, refused, and how it prints."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Assignment
from accounts.roles import Role
from common.periods import Period
from reports.actions import reset_prose, save_prose
from reports.models import ProseTemplate
from reports.prose.forms import BLANK_ROWS
from reports.prose.standard import STANDARD_PROSE
from reports.prose.wording import Wording
from tests import factories
from tests.pages import MOST_QUERIES, as_board, as_role, count_queries, text_of

OURS = Wording("{Kỳ} bổ sung {Bổ sung cấp ủy viên cơ sở}.", nothing="{Kỳ} không bổ sung.")
OTHERS = Wording("Đã bổ sung {Bổ sung cấp ủy viên cơ sở} trong {kỳ}.")
HTMX = {"HX-Request": "true"}


def address(organization, query: str = "?ky=2022") -> str:
    return reverse("reports:prose_template", args=[organization.code]) + query


def sent(*wordings: Wording, edition: str = "", removed: tuple[int, ...] = (), order: tuple = (), **buttons) -> dict:
    """Return what a browser sends of the form with these paragraphs in it."""
    typed = {
        "doan-TOTAL_FORMS": len(wordings),
        "doan-INITIAL_FORMS": 0,
        "doan-MAX_NUM_FORMS": 20,
        "edition": edition,
        **buttons,
    }
    for index, wording in enumerate(wordings):
        typed |= {f"doan-{index}-{name}": getattr(wording, name) for name in ("text", "nothing", "unknown")}
        typed[f"doan-{index}-ORDER"] = order[index] if order else index + 1
    return typed | {f"doan-{index}-DELETE": "on" for index in removed}


def save(client: Client, organization, *wordings: Wording, **typed):
    return client.post(address(organization), sent(*wordings, luu="1", **typed))


def saved(organization, wording: Wording = OURS, edition: str = "") -> ProseTemplate:
    return save_prose(organization, wordings=[wording], by=factories.office(), edition=edition)


def texts() -> list[str]:
    return [wording.text for wording in ProseTemplate.objects.get().wordings]


@pytest.fixture
def seated(place):
    return factories.seated(factories.person(place, "Trần Văn Bình"), place)


@pytest.fixture
def board(bloc) -> Client:
    return as_board(bloc)


# What is there


def test_the_page_opens_on_the_words_in_force_with_what_they_print(board, bloc, place, seated):
    response = board.get(address(bloc))
    page = text_of(response)

    assert [form.written for form in response.context["form"].rows] == [
        *STANDARD_PROSE.wordings,
        *[Wording("")] * BLANK_ROWS,
    ]
    assert "Đang dùng mẫu chuẩn. Lưu ở đây thì Đảng bộ Khối có mẫu riêng." in page
    assert "bổ sung 01 đồng chí tham gia cấp ủy" in page


def test_the_fields_are_offered_with_what_they_print_now(board, bloc, place, seated):
    groups = {group.title: group.choices for group in board.get(address(bloc)).context["palette"]}
    [added] = [each for each in groups["Củng cố, kiện toàn cấp ủy cơ sở"] if "viên cơ sở}" in each.field][:1]

    assert (added.field, added.printed) == ("{Bổ sung cấp ủy viên cơ sở}", "01 đồng chí")
    assert [(each.field, each.printed) for each in added.variants] == [
        ("{Bổ sung cấp ủy viên cơ sở: số}", "01"),
        ("{Bổ sung cấp ủy viên cơ sở: kỳ so sánh}", "chưa có số liệu"),
    ]
    assert ("{kỳ}", "năm 2022") in [(each.field, each.printed) for each in groups["Văn bản chung"]]


def test_a_grassroots_organization_is_offered_no_field_of_another_level(place, seated):
    page = text_of(as_board(place).get(address(place)))

    assert "{Bổ sung cấp ủy viên cơ sở}" in page
    assert "{Bổ sung UVBCH}" not in page.partition("Bảng trường")[2]


def test_the_words_of_the_superior_are_the_start_where_there_are_none(bloc, place):
    saved(bloc)
    page = as_board(place).get(address(place))

    assert "Đang dùng mẫu của Đảng bộ Khối." in text_of(page)
    assert page.context["form"].rows[0].written == OURS
    assert page.context["edition"] == ""


def test_a_period_in_which_the_organization_did_not_stand_prints_nothing(board, bloc):
    later = factories.organization(bloc, code="MOI", valid_from=date(2024, 1, 1))

    assert "không hoạt động trong kỳ này" in text_of(board.get(address(later)))


@pytest.mark.parametrize("query", ["?ky=2022-quy-9", "?ky=1800", "?ky=2022&quy-hoach=2099-2104", "?so-sanh=x"])
def test_what_cannot_be_looked_at_is_not_found(board, bloc, query):
    assert board.get(address(bloc, query)).status_code == 404


# The way there


def test_the_summary_leads_to_its_words_those_who_may_change_them(board, bloc, place):
    saved(bloc)
    summary = reverse("reports:summary", args=[Period.of_slug("2022-quy-1")]) + "?to-chuc=MOT&don-vi=people"
    link = f'href="{address(place, "?ky=2022-quy-1")}"'

    page = board.get(summary)
    assert link in page.content.decode()
    assert "Theo mẫu của Đảng bộ Khối, " in text_of(page)
    assert link not in as_role(Role.LEADER, bloc).get(summary).content.decode()


def test_the_summary_prints_the_words_and_takes_as_many_queries_with_them(board, bloc, place, seated):
    summary = reverse("reports:summary", args=[2022])
    before = count_queries(board, summary)
    saved(bloc)

    assert count_queries(board, summary) == before
    assert "Năm 2022 bổ sung 01 đồng chí ." not in text_of(board.get(summary))
    assert "Năm 2022 bổ sung 01 đồng chí." in text_of(board.get(summary))


def test_a_number_of_the_period_compared_with_leads_to_the_records_of_that_period(board, bloc, place, seated):
    saved(bloc, Wording("{Bổ sung cấp ủy viên cơ sở: kỳ so sánh} trong {kỳ so sánh}."))
    page = board.get(reverse("reports:summary", args=[2023]) + "?to-chuc=KHOI").content.decode()
    link = re.search(r'<a class="figure" href="([^"]*)"[^>]*>01 đồng chí</a> trong năm 2022', page)[1]

    assert link.startswith(reverse("reports:figure", args=[2022, "grassroots.member.added"]))
    assert "Trần Văn Bình" in board.get(link.replace("&amp;", "&")).content.decode()


# Who may


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ORGANIZATION_BOARD])
def test_who_does_not_keep_the_register_may_not_open_the_page(bloc, role):
    client = as_role(role, bloc)

    assert client.get(address(bloc)).status_code == 403
    assert save(client, bloc, OURS).status_code == 403
    assert not ProseTemplate.objects.exists()


def test_an_organization_outside_the_scope_is_not_found(bloc, place, other):
    client = as_board(place)

    for organization in (other, bloc):
        assert client.get(address(organization)).status_code == 404
        assert save(client, organization, OURS).status_code == 404


def test_who_keeps_another_register_only_may_not_word_what_is_merely_seen(bloc, place):
    user = factories.user(Role.ORGANIZATION_BOARD, place)
    Assignment.objects.create(user=user, role=Role.LEADER, organization=bloc)
    client = Client()
    client.force_login(user)

    assert client.get(address(bloc)).status_code == 403
    assert client.get(address(place)).status_code == 200


# Saving


def test_what_is_typed_is_saved_in_its_order_without_what_is_blank_or_removed(board, bloc):
    typed = [Wording("Hai {kỳ}."), Wording(""), Wording("Có 3."), Wording("Một {kỳ}."), Wording("Cuối {kỳ}.")]

    response = save(board, bloc, *typed, removed=(2,), order=(2, "", "", 1, ""))

    assert response.url == address(bloc)
    assert texts() == ["Một {kỳ}.", "Hai {kỳ}.", "Cuối {kỳ}."]
    assert "Mẫu riêng của Đảng bộ Khối" in text_of(board.get(response.url))


def test_a_number_typed_by_hand_is_refused_in_its_place_and_nothing_is_lost(board, bloc):
    response = save(board, bloc, OURS, Wording("Đã bổ sung 29 đồng chí."))

    assert response.status_code == 422
    page = response.content.decode()
    assert "Không gõ tay số “29”" in page.partition('id="id_doan-1-text_error"')[2].partition("</div>")[0]
    assert page.partition('id="id_doan-0-text_error"')[2].partition("</div>")[0] == ">"
    assert '<a href="#doan-1">Đoạn 2</a>' in page
    assert "Đã bổ sung 29 đồng chí.</textarea>" in page
    assert not ProseTemplate.objects.exists()


def test_an_order_that_is_no_number_is_told_at_its_paragraph(board, bloc):
    response = save(board, bloc, OURS, OTHERS, order=(1, "hai"))

    assert response.status_code == 422
    assert "Thứ tự là một số, ví dụ 2." in response.content.decode().partition('id="doan-1"')[2]


def test_a_template_without_a_paragraph_is_refused(board, bloc):
    response = save(board, bloc, Wording(""), OURS, removed=(1,))

    assert response.status_code == 422
    assert "Mẫu chưa có đoạn nào." in response.content.decode()


def test_more_paragraphs_than_allowed_are_refused(board, bloc):
    assert save(board, bloc, *[OURS] * 20).status_code == 302
    response = save(board, bloc, *[OTHERS] * 21, edition=ProseTemplate.objects.get().edition)

    assert response.status_code == 422
    assert "Mẫu có 21 đoạn, nhiều nhất là 20." in response.content.decode()


@pytest.mark.parametrize("typed", [{}, {"doan-TOTAL_FORMS": "x", "doan-INITIAL_FORMS": "-1"}])
def test_a_form_in_pieces_saves_nothing_and_breaks_nothing(board, bloc, typed):
    assert board.post(address(bloc), typed | {"luu": "1"}).status_code == 422
    assert board.post(address(bloc), typed).status_code == 200
    assert not ProseTemplate.objects.exists()


# Looking before saving


def test_what_is_typed_is_shown_as_it_would_print_and_not_saved(board, bloc, place, seated):
    response = board.post(address(bloc), sent(OTHERS, Wording("Có 3."), xem="1"))

    assert "Đã bổ sung 01 đồng chí trong năm 2022." in text_of(response)
    assert "Đoạn 2 còn chỗ phải sửa nên chưa in được." in text_of(response)
    assert not ProseTemplate.objects.exists()


def test_the_preview_in_place_is_the_paragraphs_and_what_is_wrong_at_each_text(board, bloc, place, seated):
    typed = sent(OTHERS, Wording("Có {kỳ}.", nothing="Có {Quy hoạch BCH}."), Wording("Không {Bổ sung UVBTV}."))
    response = board.post(address(bloc), typed, headers=HTMX)
    page = response.content.decode()

    assert "<html" not in page
    assert "HX-Request" in response.headers["Vary"]
    assert re.search(r"Đã bổ sung <a class=\"figure\"[^>]*>01 đồng chí</a> trong năm 2022\.", page)
    assert "Đoạn 3 không in trong kỳ này." in page
    wrong = page.partition('id="id_doan-1-nothing_error" hx-swap-oob="true">')[2].partition("</div>")[0]
    assert "không dùng được chỉ tiêu" in wrong
    assert page.partition('id="id_doan-0-text_error" hx-swap-oob="true">')[2].startswith("</div>")


def test_one_more_paragraph_without_a_script_keeps_what_is_typed(board, bloc):
    response = board.post(address(bloc), sent(OTHERS, Wording("Có 3."), edition="abc", **{"them-doan": "1"}))

    written = [form.written for form in response.context["form"].rows]
    assert written == [OTHERS, Wording("Có 3."), *[Wording("")] * BLANK_ROWS]
    assert response.context["edition"] == "abc"


# Two clerks


def test_the_second_who_saves_is_told_loses_nothing_and_may_insist(board, bloc):
    saved(bloc, OURS)
    response = save(board, bloc, OTHERS, edition="")
    page = response.content.decode()

    assert response.status_code == 409
    assert "đã lưu một bản khác. Chưa ghi đè gì cả" in page
    assert OTHERS.text in page
    assert OURS.text in page
    assert texts() == [OURS.text]
    assert save(board, bloc, OTHERS, edition=response.context["edition"]).status_code == 302
    assert texts() == [OTHERS.text]


def test_looking_again_does_not_hide_that_another_has_saved(board, bloc):
    saved(bloc, OURS)
    looked = board.post(address(bloc), sent(OTHERS, edition="", xem="1"))

    assert looked.context["edition"] == ""
    assert save(board, bloc, OTHERS, edition=looked.context["edition"]).status_code == 409


def test_who_writes_while_the_template_is_taken_away_is_told(board, bloc):
    edition = saved(bloc, OURS).edition
    reset_prose(bloc, by=factories.office(), edition=edition)
    response = save(board, bloc, OTHERS, edition=edition)

    assert response.status_code == 409
    assert save(board, bloc, OTHERS, edition=response.context["edition"]).status_code == 302


# Back to the standard


def test_the_own_template_is_taken_away_on_the_page(board, bloc):
    edition = saved(bloc).edition
    assert "Bỏ mẫu riêng" in text_of(board.get(address(bloc)))

    response = board.post(address(bloc), {"ve-mau-chuan": "1", "edition": edition}, follow=True)

    assert "Đã bỏ mẫu lời văn riêng của Đảng bộ Khối." in response.content.decode()
    assert "Đang dùng mẫu chuẩn." in text_of(response)
    assert "Bỏ mẫu riêng" not in text_of(response)


def test_what_another_saved_since_is_not_taken_away(board, bloc):
    edition = saved(bloc).edition
    saved(bloc, OTHERS, edition)

    response = board.post(address(bloc), {"ve-mau-chuan": "1", "edition": edition}, follow=True)

    assert "đã lưu một bản khác. Hãy xem lại trước khi bỏ." in response.content.decode()
    assert texts() == [OTHERS.text]


def test_a_second_click_on_taking_it_away_is_told(board, bloc):
    edition = saved(bloc).edition
    for _ in range(2):
        response = board.post(address(bloc), {"ve-mau-chuan": "1", "edition": edition}, follow=True)

    assert "Đảng bộ Khối không có mẫu lời văn riêng." in response.content.decode()


# Queries


def test_the_page_takes_few_queries_whatever_is_written(board, bloc, place, seated):
    cited = Wording("Theo {căn cứ}.")
    saved(bloc, cited)
    few = count_queries(board, address(bloc))
    save_prose(
        bloc,
        wordings=[*[cited] * 10, *[OURS] * 10],
        by=factories.office(),
        edition=ProseTemplate.objects.get().edition,
    )

    assert count_queries(board, address(bloc)) == few <= MOST_QUERIES
