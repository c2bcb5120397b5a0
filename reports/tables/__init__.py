"""The standard tables of an office, by their names in addresses."""

from reports.tables import changes, committees, terms, vacancies
from reports.tables.base import StandardTable

TABLES: dict[str, StandardTable] = {
    table.key: table for table in (changes.TABLE, committees.TABLE, vacancies.TABLE, terms.TABLE)
}
