"""The workbook of the list of people."""

import re
from datetime import date, datetime
from io import BytesIO
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook

from accounts.roles import Role
from common.formats import short_day
from common.vietnamese import sort_key
from personnel.models import Person
from tests import factories
from tests.pages import as_board, as_role, signed_in, text_of
from tests.personnel.person_list.lists import (
    DAY,
    PEOPLE,
    WORKBOOK,
    choose,
    headings_of,
    notes_of,
    sheet_of,
    table_of,
)

pytestmark = pytest.mark.django_db


class TestWorkbook:
    @pytest.fixture
    def people(self, bloc, place) -> list[Person]:
        for number in range(55):
            gender = "female" if number % 2 else "male"
            person = factories.person(
                place, f"Nguyễn Thị Số {number}", gender=gender, birth_date=date(1960 + number // 2, 3, 2)
            )
            if number < 3:
                factories.seated(person, place)
        factories.person(bloc, "=cmd|'/c calc'!A1", birth_date=date(1980, 1, 1), birth_precision="year")
        return list(Person.objects.all())

    def test_is_what_the_pages_show(self, bloc, people):
        client = as_board(bloc, DAY)
        choose(client, "seats", "age", "born", "retirement", "hometown")
        asked = {"q": "nguyen", "age_from": "20", "sort": "-age"}
        pages = [client.get(PEOPLE, asked | {"page": page}) for page in (1, 2)]
        headings, *rows = sheet_of(client.get(WORKBOOK, asked))
        assert headings == ["STT", *headings_of(pages[0])]
        read = [[self.as_shown(*cell) for cell in zip(row[1:], headings[1:], strict=True)] for row in rows]
        assert read == [row for page in pages for row in table_of(page)]
        assert [row[0] for row in rows] == list(range(1, 56))

    def as_shown(self, value: object, heading: str) -> str:
        if isinstance(value, datetime):
            return short_day(value.date())
        missing = "—" if heading == "Chức danh đang giữ" else "chưa có số liệu"
        return missing if value in (None, "") else str(value)

    def test_holds_all_pages_in_vietnamese_order_and_no_formula(self, bloc, people):
        client = as_board(bloc, DAY)
        _, *rows = sheet_of(client.get(WORKBOOK))
        assert len(rows) == 56
        assert [row[1] for row in rows] == sorted((row[1] for row in rows), key=sort_key)
        sheet = load_workbook(BytesIO(client.get(WORKBOOK).getvalue())).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")} == {"s"}

    def test_its_head_says_filter_day_who_and_when(self, bloc, people):
        user = factories.user(Role.ORGANIZATION_BOARD, bloc, full_name="Lê Thị Cúc")
        notes = notes_of(signed_in(user, DAY).get(WORKBOOK, {"gender": "female", "age_from": "40"}))
        assert "Giới tính: Nữ; tuổi từ: 40. Có " in notes
        assert re.search(r"Số liệu tính đến ngày 31/12/2022. Người lập: Lê Thị Cúc, lúc \d\d:\d\d ngày ", notes)
        assert "Tất cả trong phạm vi của người lập. Có 56 đồng chí." in notes_of(as_board(bloc).get(WORKBOOK))

    def test_of_the_rows_picked_alone(self, bloc, people):
        client = as_board(bloc, DAY)
        picked = [person.pk for person in people[:2]]
        answer = client.get(f"{WORKBOOK}?{urlencode({'pham-vi': 'chon', 'chon': picked}, doseq=True)}")
        assert {row[1] for row in sheet_of(answer)[1:]} == {person.full_name for person in people[:2]}
        assert "Chọn 2 trong 56 kết quả." in notes_of(answer)

    def test_all_results_when_they_are_picked_at_once(self, bloc, people):
        answer = as_board(bloc).get(WORKBOOK, {"pham-vi": "chon", "chon": people[0].pk, "tat-ca": "1"})
        assert len(sheet_of(answer)) == 1 + 56

    def test_no_row_picked_leads_back_to_the_list_as_it_was(self, bloc, people):
        client = as_board(bloc)
        answer = client.get(WORKBOOK, {"pham-vi": "chon", "gender": "female", "chon": "x"})
        assert answer.url == f"{PEOPLE}?gender=female"
        assert "Chưa chọn dòng nào" in text_of(client.get(answer.url))

    def test_nobody_outside_the_scope_can_be_picked(self, bloc, place):
        outside, inside = factories.person(bloc, "Người Ngoài"), factories.person(place, "Người Trong")
        client = as_role(Role.GRASSROOTS_CLERK, place)
        answer = client.get(WORKBOOK, {"pham-vi": "chon", "chon": [outside.pk, inside.pk]})
        assert [row[1] for row in sheet_of(answer)[1:]] == ["Người Trong"]

    def test_of_nobody_has_its_headings(self, bloc):
        assert len(sheet_of(as_board(bloc).get(WORKBOOK))) == 1
