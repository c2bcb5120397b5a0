"""How the tests of the list of people ask for it, and read its page and its workbook."""

import re
from datetime import date
from io import BytesIO

from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import ListName
from organizations.models import Organization
from tests.pages import as_board

PEOPLE = reverse("personnel:person_list")
WORKBOOK = reverse("personnel:person_workbook")
COLUMNS_URL = reverse("accounts:list_columns", args=[ListName.PEOPLE])
DAY = date(2022, 12, 31)


def names(response) -> list[str]:
    """Return the names in the table of the page, in its order."""
    page = response.content.decode()
    return re.findall(r'<a href="/nhan-su/\d+/"[^>]*>([^<]+)</a>', page)


def found(bloc: Organization, day: date = DAY, **asked: object) -> set[str]:
    return set(names(as_board(bloc, day).get(PEOPLE, asked)))


def table_of(response) -> list[list[str]]:
    """Return the rows of the table of the page as a reader sees them, without the boxes."""
    body = response.content.decode().partition("<tbody")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr.*?</tr>", body, flags=re.S)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, flags=re.S) for row in rows]
    return [[re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", cell)).strip() for cell in row[1:]] for row in cells]


def headings_of(response) -> list[str]:
    head = response.content.decode().partition("<thead")[2].partition("</thead>")[0]
    cells = re.findall(r"<th[^>]*>(.*?)</th>", head, flags=re.S)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in cells][1:]


def sheet_of(response) -> list[list[object]]:
    """Return the rows of the workbook from the headings on."""
    assert response.status_code == 200, response.status_code
    rows = [list(row) for row in load_workbook(BytesIO(response.getvalue())).active.iter_rows(values_only=True)]
    first = next(index for index, row in enumerate(rows) if row[0] == "STT")
    return rows[first:]


def notes_of(response) -> str:
    rows = load_workbook(BytesIO(response.getvalue())).active.iter_rows(values_only=True)
    return "\n".join(str(row[0]) for row in rows if isinstance(row[0], str))


def choose(client, *keys: str):
    return client.post(COLUMNS_URL, {"cot": keys, "next": PEOPLE} | {f"thu-tu-{k}": n for n, k in enumerate(keys)})
