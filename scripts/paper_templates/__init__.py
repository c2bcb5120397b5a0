"""Build the Word templates that come with the product: `python -m scripts.paper_templates`.

Run it after a change and commit what it makes; a test compares the two. The tags are those of docxtpl, the names in
them those of organizations/papers.py.
"""

from scripts.paper_templates.dossiers import DOSSIER_PAPERS
from scripts.paper_templates.plans import PLAN_PAPERS
from scripts.paper_templates.reports import REPORT_PAPERS

PAPERS = DOSSIER_PAPERS | PLAN_PAPERS | REPORT_PAPERS
