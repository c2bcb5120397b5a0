"""The link from a figure to its records."""

from urllib.parse import urlencode

from django import template
from django.http import QueryDict
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.figures import Family
from reports.summary import Result
from reports.views.chosen import UNIT

register = template.Library()


@register.simple_tag(takes_context=True)
def figure_link(context: RequestContext, result: Result, text: str, *, beside: bool = False) -> SafeString:
    """Render `text` as a link to the figure's records, in the side panel where scripts run.

    `beside`: to those of the period compared with. Plain text where nothing was counted from, or where the records
    name planned people whom the reader may not see.
    """
    frame = context["frame"]
    count = result.previous if beside else result.count
    if count is None or (result.figure.family is Family.ENTRIES and not frame.shows_plan_names):
        return format_html("{}", text)
    if beside:
        chosen = {"to-chuc": frame.organization.organization.code, "quy-hoach": frame.plan_term}
        url = reverse("reports:figure", args=[frame.before.period, result.figure.key])
        url += f"?{urlencode({name: value for name, value in chosen.items() if value})}"
    else:
        url = reverse("reports:figure", args=[context["period"], result.figure.key]) + _query(context, result)
    return format_html(
        '<a class="figure" href="{}" hx-get="{}" hx-target="#side-panel-body" aria-haspopup="dialog">{}</a>',
        url,
        url,
        text,
    )


def _query(context: RequestContext, result: Result) -> str:
    """Return the query of the page, with the unit of the number where the records would else be counted in another.

    `names_units`: the page tells figures as they are declared, whatever the office prints.
    """
    query, figure = QueryDict(context["query"].removeprefix("?"), mutable=True), result.figure
    printed = context["frame"].printed.by_key[figure.key]
    if UNIT not in query and printed.counts is figure.counts and not context.get("names_units"):
        return context["query"]
    query[UNIT] = figure.counts
    return f"?{query.urlencode()}"
