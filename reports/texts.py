"""The summary for other programs (JSON) and for the terminal (plain text)."""

from collections.abc import Iterator

from reports.figures import Figure
from reports.frame import Frame
from reports.narrative import narrate
from reports.own_figures import OWN_TITLE
from reports.records import record_table
from reports.summary import Result, Summary


def summary_json(summary: Summary) -> dict[str, object]:
    """Return the summary as plain data. `records` are the identities of what was counted, as many as `value`.

    A figure counts change items, people or organisations (`counts`); `rows` are the records that say so: for people
    in a plan their entries, which may be more.
    """
    frame = summary.frame
    return {
        "period": {"from": frame.period.first.isoformat(), "to": frame.period.last.isoformat()},
        "as_at": frame.as_at.isoformat(),
        "compared_with": {
            "from": frame.before.period.first.isoformat(),
            "to": frame.before.period.last.isoformat(),
        },
        "books_closed_as_at": frame.closing.as_at.isoformat() if frame.closing else None,
        "organization": {"code": frame.organization.organization.code, "name": frame.organization.name},
        "plan_term": frame.plan_term,
        "figures": [_figure_json(result, frame) for result in summary],
        "outside": _figure_json(summary.outside, frame),
        "own": [_figure_json(result, frame) for result in summary.own],
        "legal_basis": [
            {"number": document.full_number, "date": document.issued_on.isoformat(), "citation": document.citation}
            for document in summary.legal_basis
        ],
        "narrative": [paragraph.text for paragraph in narrate(summary)],
    }


def _figure_json(result: Result, frame: Frame) -> dict[str, object]:
    figure: Figure = result.figure
    table = record_table(figure, frame)
    return {
        "key": figure.key,
        "label": result.label,
        "value": result.value,
        "unit": figure.unit,
        "pending": result.pending,
        "previous": result.previous if figure.unit else None,
        "out_of": result.out_of,
        "counts": figure.counts.value,
        "records": table.unit_ids,
        "rows": table.record_ids,
    }


def summary_text(summary: Summary) -> str:
    """Return the summary as a person reads it in a terminal: the prose, then the figures."""
    return "\n".join(_lines(summary)) + "\n"


def _lines(summary: Summary) -> Iterator[str]:
    frame = summary.frame
    yield f"{frame.organization.committee_name.upper()}: TỔNG HỢP {str(frame.period).upper()}"
    yield f"Trạng thái sổ: {frame.books}"
    yield ""
    for paragraph in narrate(summary):
        yield paragraph.text
    if not summary.has_data:
        return
    for section in summary.sections:
        yield ""
        yield section.title
        for result in section:
            yield f"{'  ' * (1 + result.depth)}{result.label}: {_stated(result)}"
    yield ""
    yield f"{summary.outside.label}: {_stated(summary.outside)}"
    if summary.own:
        yield ""
        yield OWN_TITLE
    for result in summary.own:
        yield f"  {result.label}: {_stated(result)}"


def _stated(result: Result) -> str:
    waiting = f" (đang chờ: {result.pending})" if result.pending else ""
    if result.count is None:
        return f"chưa có số liệu{waiting}"
    if result.figure.unit is None:
        return f"{'có, không nêu số' if result.count else 'không có'}{waiting}"
    out_of = f"/{result.out_of}" if result.out_of else ""
    return f"{result.count}{out_of} {result.figure.unit}{waiting}"
