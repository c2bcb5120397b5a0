"""The standard tables of an office, by their names in addresses."""

from reports.tables import changes, committees, dossiers, planning, structure, terms, vacancies
from reports.tables.base import StandardTable

TABLES: dict[str, StandardTable] = {
    each.TABLE.key: each.TABLE for each in (changes, committees, vacancies, terms, structure, planning, dossiers)
}
