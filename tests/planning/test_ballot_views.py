"""Pages of ballots: the grid of a step, the tally of one that is recorded, deleting the last."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from common.formats import short_day
from common.periods import today
from planning import actions
from planning.models import BallotResult, BallotStep, PositionGroup
from tests import factories
from tests.pages import as_board, as_role, count_queries, signed_in, text_of

pytestmark = pytest.mark.django_db

INTRODUCED, HELD = date(2022, 2, 1), date(2022, 2, 10)
DAY = timedelta(days=1)
GROUP = PositionGroup.COMMITTEE
MOST_QUERIES = 30  # the grid also asks what the plan's target is and who is in the plan
STEP = {
    "body": "Hội nghị Ban Chấp hành",
    "held_on": "10/2/2022",
    **dict.fromkeys(("summoned", "present", "issued", "collected", "valid"), "15"),
    "comparison": "more_than",
    "percent": "50",
    "base": "summoned",
}


@pytest.fixture
def bloc():
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def agency(bloc):
    return factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")


@pytest.fixture
def first(bloc):
    return factories.planning_round(bloc)


@pytest.fixture
def entries(first, agency):
    names = ("Lê Văn An", "Trần Thị Bình", "Phạm Văn Cường")
    return [factories.plan_entry(first, factories.person(agency, name), agency, "committee_member") for name in names]


@pytest.fixture
def client(bloc):
    return as_board(bloc)


def url(page, first, *number, group=GROUP):
    return reverse(f"planning:{page}", args=[first.pk, "SXD", group, *number])


def plan_url(first):
    return reverse("planning:plan_detail", args=[first.pk, "SXD"])


def typed(votes, *, number=1, version="", ticks=None, reasons=None, **fields):
    """Return what the form sends. `votes` by entry; `ticks` are the entries ticked, None without the script."""
    rows = {f"entry-{entry.pk}-votes": str(count) for entry, count in votes.items()}
    rows |= {f"entry-{entry.pk}-reason": reason for entry, reason in (reasons or {}).items()}
    sent = {"ticks": "1"} | {f"entry-{entry.pk}-goes_on": "on" for entry in ticks} if ticks is not None else {}
    listed = " ".join(str(entry.pk) for entry in votes)
    return STEP | {"number": str(number), "version": version, "entries": listed} | rows | sent | fields


def version_of(step):
    step.refresh_from_db()
    return f"{step.pk}.{step.edition}"


def said(response):
    """Return the text of a page of any status."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


def results():
    rows = BallotResult.objects.order_by("step__number", "entry")
    return list(rows.values_list("votes", "goes_on", "reason"))


def accesses():
    return [entry.additional_data["act"] for entry in LogEntry.objects.filter(action=LogEntry.Action.ACCESS)]


class TestGrid:
    def test_it_has_a_row_for_everybody_who_stands(self, client, first, entries):
        page = text_of(client.get(url("ballot_new", first)))

        assert "Lấy phiếu bước 1: Ban Chấp hành" in page
        for name in ("Lê Văn An", "Trần Thị Bình", "Phạm Văn Cường"):
            assert f"{name} giới thiệu ngày 01/02/2022, sau ngày lấy phiếu 1975 Ủy viên Ban Chấp hành" in page

    def test_a_first_step_starts_from_more_than_half_of_those_summoned(self, client, first, entries):
        page = client.get(url("ballot_new", first)).content.decode()

        assert '<option value="more_than" selected>' in page
        assert '<option value="summoned" selected>' in page
        assert re.search(r'name="percent" value="50"', page)

    def test_a_later_step_takes_the_threshold_over_and_nothing_else(self, client, first, entries):
        factories.ballot(*entries, base="valid", comparison="at_least", percent=Decimal("66.67"))
        page = client.get(url("ballot_new", first)).content.decode()

        assert '<option value="at_least" selected>' in page
        assert '<option value="valid" selected>' in page
        assert re.search(r'name="percent" value="66,67"', page)
        assert not re.search(r'name="(summoned|body|held_on)" value', page)

    def test_it_offers_the_conferences_of_the_register_and_common_ones(self, client, first, entries):
        factories.ballot(*entries, body="Hội nghị đảng viên toàn chi bộ")
        page = client.get(url("ballot_new", first)).content.decode()

        assert '<option value="Hội nghị đảng viên toàn chi bộ"></option>' in page
        assert '<option value="Hội nghị cán bộ chủ chốt"></option>' in page

    def test_only_those_who_got_through_stand_in_the_next_step(self, client, first, entries):
        factories.ballot(*entries[:1], *entries[1:])
        step = BallotStep.objects.get()
        client.post(
            url("ballot_edit", first, 1), typed(dict(zip(entries, (8, 7, 15), strict=True)), version=version_of(step))
        )
        page = text_of(client.get(url("ballot_new", first)))

        assert "Lê Văn An" in page
        assert "Phạm Văn Cường" in page
        assert "Trần Thị Bình" not in page

    def test_it_tells_how_many_the_target_wants(self, client, first, agency, entries):
        actions.set_target(
            first, organization=agency, group=GROUP, seats=4, coefficient=Decimal("1.50"), by=factories.office()
        )
        factories.ballot(*entries)

        page = text_of(client.get(url("ballot_edit", first, 1)))
        assert "Chỉ tiêu Ban Chấp hành: 4–6 người. Đi tiếp 3 người , ít hơn chỉ tiêu" in page.replace(
            "người,", "người ,"
        )

    @pytest.mark.parametrize(("state", "why"), [("submitted", "đã được trình"), ("closed", "đã kết thúc")])
    def test_a_plan_past_its_ballots_leads_back_with_the_reason(self, client, first, agency, entries, state, why):
        factories.ballot(*entries)
        if state == "submitted":
            factories.submitted_plan(first, agency, GROUP)
        else:
            actions.close_round(first, by=factories.office(), on=date(2022, 6, 1))
        response = client.get(url("ballot_new", first))

        assert response.headers["Location"] == plan_url(first)
        assert why in next(str(each) for each in response.wsgi_request._messages)

    def test_nobody_to_vote_on_leads_back_with_the_reason(self, client, first, agency):
        response = client.get(url("ballot_new", first))

        assert response.headers["Location"] == plan_url(first)
        assert "Chưa có ai để lấy phiếu" in next(str(each) for each in response.wsgi_request._messages)

    def test_takes_the_same_few_queries_however_many_stand(self, client, first, agency, entries):
        actions.set_target(
            first, organization=agency, group=GROUP, seats=4, coefficient=Decimal("1.50"), by=factories.office()
        )
        factories.ballot(*entries)
        few = count_queries(client, url("ballot_new", first)), count_queries(client, url("ballot_edit", first, 1))
        for _ in range(10):
            factories.plan_entry(first, factories.person(agency), agency, "committee_member")
        many = count_queries(client, url("ballot_new", first)), count_queries(client, url("ballot_edit", first, 1))

        assert many == few
        assert max(few) <= MOST_QUERIES


class TestRecord:
    def test_without_the_script_the_threshold_decides(self, client, first, entries):
        response = client.post(url("ballot_new", first), typed(dict(zip(entries, (8, 7, 15), strict=True))))

        assert response.headers["Location"] == plan_url(first)
        assert results() == [(8, True, ""), (7, False, ""), (15, True, "")]
        step = BallotStep.objects.get()
        assert (step.number, step.held_on, step.percent, step.base) == (1, HELD, 50, "summoned")

    def test_without_the_script_a_reason_turns_the_verdict_round(self, client, first, entries):
        reasons = {entries[0]: "Xin rút", entries[1]: "Cấp ủy thống nhất"}
        client.post(url("ballot_new", first), typed(dict(zip(entries, (8, 7, 15), strict=True)), reasons=reasons))

        assert results() == [(8, False, "Xin rút"), (7, True, "Cấp ủy thống nhất"), (15, True, "")]

    def test_with_the_script_the_ticks_decide(self, client, first, entries):
        sent = typed(
            dict(zip(entries, (8, 7, 15), strict=True)), ticks=entries[:2], reasons={entries[1]: "A", entries[2]: "B"}
        )
        client.post(url("ballot_new", first), sent)

        assert results() == [(8, True, ""), (7, True, "A"), (15, False, "B")]

    def test_a_tick_against_the_threshold_wants_a_reason_in_its_row(self, client, first, entries):
        sent = typed(dict(zip(entries, (8, 7, 15), strict=True)), ticks=entries, reasons={entries[1]: "  "})
        response = client.post(url("ballot_new", first), sent)

        assert response.status_code == 422
        assert "Trần Thị Bình · Lý do khác với tỷ lệ : Kết luận khác với tỷ lệ phiếu. Hãy ghi lý do." in said(response)
        assert f'href="#id_entry-{entries[1].pk}-reason"' in response.content.decode()
        assert results() == []

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"present": "16"}, "Có mặt : Số người có mặt (16) nhiều hơn số người được triệu tập (15)."),
            ({"valid": "16"}, "Phiếu hợp lệ : Số phiếu hợp lệ (16) nhiều hơn số phiếu thu về (15)."),
            ({"valid": ""}, "Phiếu hợp lệ : Hãy ghi phiếu hợp lệ."),
            ({"valid": "nhiều"}, "Phiếu hợp lệ : Hãy nhập một số nguyên, ví dụ 15."),
            ({"body": " "}, "Hội nghị : Hãy ghi hội nghị."),
            ({"held_on": "4/1/2022"}, "Ngày lấy phiếu : Ngày lấy phiếu (04/01/2022) sớm hơn ngày mở đợt quy hoạch"),
            ({"held_on": short_day(today() + DAY)}, "chưa đến. Hãy ghi ngày đã lấy phiếu."),
            ({"held_on": "30/2/2022"}, "Không đọc được ngày “30/2/2022”."),
            ({"percent": "một nửa"}, "Tỷ lệ (%) : Hãy nhập một tỷ lệ, ví dụ 50 hoặc 66,67."),
            ({"percent": "100"}, "Không ai được trên 100 %."),
            ({"percent": "0"}, "Tỷ lệ cần đạt phải lớn hơn 0"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, client, first, entries, fields, message):
        votes = dict(zip(entries, (8, 7, 15), strict=True))
        response = client.post(url("ballot_new", first), typed(votes, ticks=[entries[0]], **fields))
        page = response.content.decode()

        assert response.status_code == 422
        assert message in said(response)
        for entry, count in votes.items():
            assert re.search(rf'name="entry-{entry.pk}-votes" value="{count}"', page)
        assert re.search(rf'name="entry-{entries[0].pk}-goes_on"[^>]*checked', page)
        assert not BallotStep.objects.exists()

    @pytest.mark.parametrize(
        ("count", "message"),
        [
            ("16", "Số phiếu (16) nhiều hơn số phiếu hợp lệ (15)."),
            ("", "Hãy ghi số phiếu; không có phiếu nào thì ghi 0."),
            ("7a", "Hãy nhập số phiếu bằng chữ số, ví dụ 15."),
            ("1.000", "Hãy nhập số phiếu bằng chữ số, ví dụ 15."),
            ("-1", "Hãy nhập số phiếu bằng chữ số, ví dụ 15."),
        ],
    )
    def test_wrong_votes_are_said_in_the_row(self, client, first, entries, count, message):
        votes = dict.fromkeys(entries, 8) | {entries[1]: count}
        response = client.post(url("ballot_new", first), typed(votes))

        assert response.status_code == 422
        assert f"Trần Thị Bình · Số phiếu : {message}" in said(response)
        assert f'<div class="invalid-feedback" id="id_entry-{entries[1].pk}-votes_error">{message}' in (
            response.content.decode()
        )

    def test_a_percentage_is_typed_with_a_comma_or_a_point(self, client, first, entries):
        client.post(url("ballot_new", first), typed(dict.fromkeys(entries, 12), percent="66,67"))
        client.post(url("ballot_new", first), typed(dict.fromkeys(entries, 12), number=2, percent="66.6 %"))

        assert [step.percent for step in BallotStep.objects.all()] == [Decimal("66.67"), Decimal("66.6")]

    def test_one_introduced_after_the_day_is_left_empty(self, client, first, agency, entries):
        late = factories.plan_entry(first, factories.person(agency), agency, "committee_member", on=HELD + DAY)
        refused = client.post(url("ballot_new", first), typed(dict.fromkeys([*entries, late], 8)))
        assert "Được giới thiệu ngày 11/02/2022, sau ngày lấy phiếu." in said(refused)

        client.post(url("ballot_new", first), typed(dict.fromkeys(entries, 8) | {late: ""}))
        assert len(results()) == 3

    def test_a_list_that_changed_meanwhile_is_said(self, client, first, agency, entries):
        sent = typed(dict.fromkeys(entries, 8))
        factories.plan_entry(first, factories.person(agency, "Vũ Thị Muộn"), agency, "committee_member")
        actions.remove_entry(entries[0], on=HELD, reason="own_wish", by=factories.office())
        response = client.post(url("ballot_new", first), sent)

        assert response.status_code == 422
        assert "Danh sách lấy phiếu đã thay đổi trong lúc bạn nhập: thêm 01 dòng và bớt 01 dòng." in said(response)
        assert "Vũ Thị Muộn" in said(response)

    def test_a_plan_submitted_meanwhile_keeps_what_is_typed(self, client, first, agency, entries):
        factories.ballot(*entries)
        sent = typed(dict.fromkeys(entries, 9), number=2)
        factories.submitted_plan(first, agency, GROUP)
        response = client.post(url("ballot_new", first), sent)

        assert response.status_code == 422
        assert "đã được trình trong đợt này" in said(response)
        assert f'name="entry-{entries[0].pk}-votes" value="9"' in response.content.decode()


class TestSentTwice:
    def test_a_new_step_is_recorded_once(self, client, first, entries):
        sent = typed(dict(zip(entries, (8, 7, 15), strict=True)), ticks=[entries[0], entries[2]])
        answers = [client.post(url("ballot_new", first), sent) for _ in range(2)]

        assert [each.headers["Location"] for each in answers] == [plan_url(first)] * 2
        assert BallotStep.objects.get().edition == 1

    def test_a_step_entered_again_is_saved_once(self, client, first, entries):
        step = factories.ballot(*entries)
        sent = typed(dict.fromkeys(entries, 11), version=version_of(step))
        answers = [client.post(url("ballot_edit", first, 1), sent) for _ in range(2)]

        assert [each.status_code for each in answers] == [302, 302]
        assert BallotStep.objects.get().edition == 2

    def test_a_step_is_deleted_once(self, client, first, entries):
        step = factories.ballot(*entries)
        sent = {"version": version_of(step)}
        client.post(url("ballot_delete", first, 1), sent)
        factories.ballot(*entries)  # another, of the same number
        again = client.post(url("ballot_delete", first, 1), sent)

        assert again.headers["Location"] == plan_url(first)
        assert BallotStep.objects.count() == 1


class TestTwoWriters:
    def test_another_has_recorded_the_step(self, client, first, entries):
        factories.ballot(*entries, votes=12, present=14, issued=14, collected=14, valid=14)
        response = client.post(url("ballot_new", first), typed(dict.fromkeys(entries, 11)))
        page = said(response)

        assert response.status_code == 409
        assert "Bước 1: Hội nghị Ban Chấp hành đã được ghi trong lúc bạn nhập." in page
        assert "Có mặt: bạn ghi 15, bản đã lưu 14" in page
        assert "Lê Văn An: bạn ghi 11 phiếu, đi tiếp, bản đã lưu 12 phiếu, đi tiếp" in page
        assert [votes for votes, *_ in results()] == [12, 12, 12]

    def test_the_version_shown_with_the_differences_may_be_saved(self, client, first, entries):
        step = factories.ballot(*entries, votes=12)
        conflict = client.post(url("ballot_new", first), typed(dict.fromkeys(entries, 11))).content.decode()
        version = re.search(r'name="version" value="([^"]+)"', conflict)[1]
        action = re.search(r'id="ballot-form" method="post" action="([^"]+)"', conflict)[1]
        assert (version, action) == (version_of(step), url("ballot_edit", first, 1))
        assert f'name="entry-{entries[0].pk}-votes" value="11"' in conflict

        client.post(action, typed(dict.fromkeys(entries, 11), version=version))
        assert [votes for votes, *_ in results()] == [11, 11, 11]

    def test_another_has_saved_the_step(self, client, first, entries):
        step = factories.ballot(*entries)
        sent = typed(dict.fromkeys(entries, 11), version=version_of(step))
        client.post(url("ballot_edit", first, 1), typed(dict.fromkeys(entries, 10), version=version_of(step)))
        response = client.post(url("ballot_edit", first, 1), sent)

        assert response.status_code == 409
        assert "vừa được người khác lưu" in said(response)
        assert [votes for votes, *_ in results()] == [10, 10, 10]

    def test_another_has_deleted_the_step(self, client, first, entries):
        step = factories.ballot(*entries)
        sent = typed(dict.fromkeys(entries, 11), version=version_of(step))
        client.post(url("ballot_delete", first, 1), {"version": version_of(step)})
        response = client.post(url("ballot_edit", first, 1), sent)

        assert response.status_code == 409
        assert "Một bước lấy phiếu đã bị xóa trong lúc bạn nhập." in said(response)
        assert f'action="{url("ballot_new", first)}"' in response.content.decode()
        assert f'name="entry-{entries[0].pk}-votes" value="11"' in response.content.decode()

    def test_another_has_saved_what_is_to_be_deleted(self, client, first, entries):
        step = factories.ballot(*entries)
        old = version_of(step)
        client.post(url("ballot_edit", first, 1), typed(dict.fromkeys(entries, 10), version=old))
        response = client.post(url("ballot_delete", first, 1), {"version": old})

        assert response.headers["Location"] == url("ballot_delete", first, 1)
        assert BallotStep.objects.exists()


class TestEditAndTally:
    def test_the_last_step_opens_as_it_was_recorded(self, client, first, entries):
        factories.ballot(*entries, votes=12, base="valid")
        page = client.get(url("ballot_edit", first, 1)).content.decode()

        assert 'name="held_on" value="10/02/2022"' in page
        assert '<option value="valid" selected>' in page
        assert re.search(rf'name="entry-{entries[0].pk}-votes" value="12"', page)
        assert "80,00 % (12/15)" in page

    def test_an_earlier_step_opens_as_a_tally(self, client, first, entries):
        factories.ballot(*entries, votes=12)
        factories.ballot(*entries, votes=9, body="Hội nghị Ban Thường vụ")
        page = text_of(client.get(url("ballot_edit", first, 1)))

        assert "Kết quả lấy phiếu bước 1" in page
        assert "trên 50 % số người được triệu tập: ít nhất 8 trong 15" in page
        assert "1 Lê Văn An 1975 Ủy viên Ban Chấp hành 12 80,00 % (12/15) Đi tiếp" in page
        assert "Sửa kết quả" not in page
        assert "Lưu kết quả" not in page

    def test_the_last_step_has_a_tally_too(self, client, first, entries):
        factories.ballot(*entries)
        response = client.get(url("ballot_edit", first, 1), {"xem": "ket-qua"})

        assert "Kết quả: 3 trong 3 đi tiếp" in text_of(response)
        page = response.content.decode()
        assert url("ballot_paper", first, 1) in page
        assert "data-print" in page
        assert f'<a class="btn btn-primary" href="{url("ballot_edit", first, 1)}">' in page

    def test_a_verdict_against_the_threshold_stands_with_its_reason(self, client, first, entries):
        client.post(
            url("ballot_new", first),
            typed(dict(zip(entries, (8, 7, 15), strict=True)), reasons={entries[1]: "Cấp ủy thống nhất"}),
        )
        page = text_of(client.get(url("ballot_edit", first, 1), {"xem": "ket-qua"}))

        assert "Trần Thị Bình 1975 Ủy viên Ban Chấp hành 7 46,67 % (7/15) Đi tiếp Cấp ủy thống nhất" in page

    def test_a_submitted_plan_shows_the_tally(self, client, first, agency, entries):
        factories.ballot(*entries)
        factories.submitted_plan(first, agency, GROUP)
        page = text_of(client.get(url("ballot_edit", first, 1)))

        assert "Kết quả lấy phiếu bước 1" in page
        assert "Sửa kết quả" not in page

    def test_an_earlier_step_is_not_saved(self, client, first, entries):
        step = factories.ballot(*entries)
        factories.ballot(*entries)
        response = client.post(url("ballot_edit", first, 1), typed(dict.fromkeys(entries, 9), version=version_of(step)))

        assert response.status_code == 422
        assert "Chỉ sửa hoặc xóa được bước lấy phiếu cuối cùng." in said(response)

    @pytest.mark.parametrize("number", [0, 2, 99999999])
    def test_a_step_that_is_not_there_is_not_found(self, client, first, entries, number):
        factories.ballot(*entries)

        assert client.get(url("ballot_edit", first, number)).status_code == 404
        assert client.get(url("ballot_delete", first, number)).status_code == 404

    def test_a_group_that_is_none_is_not_found(self, client, first, entries):
        assert client.get(url("ballot_new", first, group="nobody")).status_code == 404


class TestDelete:
    def test_it_names_the_step_and_the_effect_but_nobody(self, client, first, entries):
        factories.ballot(*entries)
        page = text_of(client.get(url("ballot_delete", first, 1)))

        assert "Xóa bước 1 (Hội nghị Ban Chấp hành, ngày 10/02/2022) : mất 03 kết quả, trong đó 03 đi tiếp." in (
            page.replace("):", ") :")
        )
        assert "Lê Văn An" not in page
        assert accesses() == []

    def test_the_step_is_gone(self, client, first, entries):
        step = factories.ballot(*entries)
        response = client.post(url("ballot_delete", first, 1), {"version": version_of(step)})

        assert response.headers["Location"] == plan_url(first)
        assert not BallotStep.objects.exists()

    def test_only_the_last(self, client, first, entries):
        step = factories.ballot(*entries)
        factories.ballot(*entries)
        asked = client.get(url("ballot_delete", first, 1))
        sent = client.post(url("ballot_delete", first, 1), {"version": version_of(step)})

        assert asked.headers["Location"] == url("ballot_edit", first, 1)
        assert sent.headers["Location"] == plan_url(first)
        assert BallotStep.objects.count() == 2

    def test_not_when_the_plan_is_submitted(self, client, first, agency, entries):
        step = factories.ballot(*entries)
        factories.submitted_plan(first, agency, GROUP)
        client.post(url("ballot_delete", first, 1), {"version": version_of(step)})

        assert client.get(url("ballot_delete", first, 1)).headers["Location"] == url("ballot_edit", first, 1)
        assert BallotStep.objects.exists()


class TestRights:
    @pytest.mark.parametrize("role", [Role.CONFIRMER, Role.GRASSROOTS_CLERK])
    def test_who_may_only_look_sees_the_tally_and_saves_nothing(self, bloc, first, entries, role):
        step = factories.ballot(*entries)
        client = as_role(role, bloc)
        sent = typed(dict.fromkeys(entries, 9), version=version_of(step))

        assert "Kết quả lấy phiếu bước 1" in text_of(client.get(url("ballot_edit", first, 1)))
        assert client.post(url("ballot_edit", first, 1), sent).status_code == 403
        assert client.get(url("ballot_new", first)).status_code == 403
        assert client.post(url("ballot_new", first), sent).status_code == 403
        assert client.get(url("ballot_delete", first, 1)).status_code == 403
        assert [votes for votes, *_ in results()] == [12, 12, 12]

    def test_a_leader_sees_it_only_when_entrusted_with_names(self, bloc, first, entries):
        factories.ballot(*entries)

        assert as_role(Role.LEADER, bloc).get(url("ballot_edit", first, 1)).status_code == 403
        assert as_role(Role.LEADER, bloc, sees_plans=True).get(url("ballot_edit", first, 1)).status_code == 200

    def test_outside_the_scope_there_is_nothing(self, bloc, first, agency, entries):
        factories.ballot(*entries)
        beside = as_board(factories.organization(bloc))
        for page, number in (("ballot_new", ()), ("ballot_edit", (1,)), ("ballot_delete", (1,))):
            assert beside.get(url(page, first, *number)).status_code == 404
            assert beside.post(url(page, first, *number), typed({})).status_code == 404

    def test_the_right_to_plan_here_and_names_elsewhere_do_not_mix(self, bloc, agency, first, entries):
        """Planning is held over one organisation, names over another: neither opens the grid."""
        user = factories.user(Role.ORGANIZATION_BOARD, factories.organization(bloc))
        user.assignments.create(role=Role.LEADER, organization=agency, sees_plans=True)
        factories.ballot(*entries)
        client = signed_in(user)

        assert client.get(url("ballot_new", first)).status_code == 404
        assert "Kết quả lấy phiếu" in text_of(client.get(url("ballot_edit", first, 1)))
        assert client.post(url("ballot_edit", first, 1), typed(dict.fromkeys(entries, 9))).status_code == 403


class TestJournal:
    def test_each_view_of_names_is_told_once(self, client, first, entries):
        factories.ballot(*entries)
        client.get(url("ballot_new", first))
        client.get(url("ballot_edit", first, 1))
        client.get(url("ballot_edit", first, 1), {"xem": "ket-qua"})
        client.get(url("ballot_delete", first, 1))

        where = f"Ban Chấp hành ({first}, Đảng bộ Sở Xây dựng)"
        assert sorted(accesses()) == [
            f"Xem danh sách lấy phiếu bước 2, {where}",
            f"Xem kết quả lấy phiếu bước 1, {where}",
            f"Xem kết quả lấy phiếu bước 1, {where}",
        ]

    def test_a_page_with_names_tells_when_it_is_printed(self, client, first, entries):
        factories.ballot(*entries)
        pages = [
            client.get(url("ballot_new", first)),
            client.get(url("ballot_edit", first, 1)),
            client.get(url("ballot_edit", first, 1), {"xem": "ket-qua"}),
        ]

        assert all("data-plan-list" in each.content.decode() for each in pages)
