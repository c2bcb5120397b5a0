"""Acts on an office's figures: adding one of its own, retiring it, choosing the units that its report prints.

They take the right to keep the register: it belongs to those who enter and report for the whole office. Who confirms or
leads reads reports, a grassroots clerk writes for one organisation, and an administrator keeps accounts and catalogues,
not what is counted.
"""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.crypto import get_random_string

from common.errors import Outdated, Refused, WrongState
from common.journal import act
from organizations.actions import require_right
from organizations.models import Organization, Position
from organizations.scope import Right
from reports.catalogue import STANDARD, UNITS, unit_word
from reports.figures import Counted
from reports.models import OfficeFigure
from reports.own_figures import OWN, Blocks, objections, rule_in_words
from reports.prose.checking import is_number, is_picture
from reports.prose.fields import NOT_IN_NAMES, OWN_FIGURES, TEXTS, figures_by_name, key_of
from reports.prose.wording import clean

MOST_IN_USE = 30  # of one organisation: all are counted on every report
LONGEST_LABEL = OfficeFigure._meta.get_field("label").max_length
LONGEST_RULE = OfficeFigure._meta.get_field("rule").max_length
KEY_LENGTH = 10


@act("Thêm chỉ tiêu riêng")
def add_own_figure(organization: Organization, *, label: str, unit: Counted, blocks: Blocks, by) -> OfficeFigure:
    """Add a figure of its own to the reports of the organisation and all beneath it.

    Raises `NotAllowed` without the right to keep the register there, and `Refused` for a label that is missing, too
    long or taken, for a unit that is none, for blocks that contradict each other, and when there are too many already.
    """
    require_right(by, Right.KEEP_REGISTER, organization)
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    label = clean(label)
    _require_label(organization, label)
    if unit not in set(Counted):
        raise Refused(f"Không có đơn vị đếm “{unit}”.")
    positions = Position.objects.in_bulk()
    blocks = blocks.in_order(positions)
    wrong = [objection.message for objection in objections(blocks, positions)]
    if wrong:
        raise Refused(" ".join(wrong))
    if OfficeFigure.objects.own().in_use().filter(organization=organization).count() >= MOST_IN_USE:
        raise Refused(
            f"{organization} đã có {MOST_IN_USE} chỉ tiêu riêng đang dùng, là nhiều nhất. "
            "Hãy cho thôi dùng một chỉ tiêu trước khi thêm."
        )
    return OfficeFigure.objects.create(
        organization=organization,
        key=OWN + get_random_string(KEY_LENGTH, "abcdefghijklmnopqrstuvwxyz0123456789"),
        label=label,
        unit=unit,
        act=blocks.act,
        positions=list(blocks.positions),
        bodies=list(blocks.bodies),
        level=blocks.level,
        method=blocks.method,
        reasons=list(blocks.reasons),
        rule=_rule(blocks, unit, positions),
        made_by=by,
        made_at=timezone.now(),
    )


def _rule(blocks: Blocks, unit: Counted, positions: Mapping[str, Position]) -> str:
    rule = rule_in_words(blocks, unit, positions)
    if len(rule) > LONGEST_RULE:
        raise Refused("Chỉ tiêu ghép từ quá nhiều chức danh, lý do. Hãy bỏ bớt, hoặc tách thành nhiều chỉ tiêu.")
    return rule


@act("Thôi dùng chỉ tiêu riêng")
def retire_own_figure(figure: OfficeFigure, *, by) -> OfficeFigure:
    """Leave an own figure out of reports from now on; closed books that kept it are compared by it still.

    Raises `NotAllowed` without the right to keep the register where it was made, `WrongState` when it is retired.
    """
    require_right(by, Right.KEEP_REGISTER, figure.organization)
    figure = OfficeFigure.objects.select_for_update(of=("self",)).select_related("organization").get(pk=figure.pk)
    if not figure.is_in_use:
        raise WrongState(f"Chỉ tiêu “{figure.label}” đã thôi dùng rồi.")
    return _retire(figure, by)


@act("Chọn đơn vị in báo cáo")
def choose_printed_units(
    organization: Organization, *, chosen: Mapping[str, str], by, seen: Mapping[str, str] | None = None
) -> int:
    """Choose the unit in which the reports of the organisation and all beneath it print standard figures, by key.

    No unit ("") for a figure takes back what was chosen here: it is printed as a superior chose, else as declared.
    `seen` is what stood here for those figures when they were looked at. Returns how many figures changed. Raises
    `NotAllowed` without the right to keep the register there, `Refused` for a figure that is not there or states no
    number and for a unit that its records do not have, and `Outdated` when another has chosen since they were seen.
    """
    require_right(by, Right.KEEP_REGISTER, organization)
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    for key, unit in chosen.items():
        _require_printable(key, unit)
    standing = {each.key: each for each in OfficeFigure.objects.in_use().filter(organization=organization, label="")}
    for key, unit in (seen or {}).items():
        if unit != (standing[key].unit if key in standing else ""):
            label = STANDARD.by_key[key].label if key in STANDARD.by_key else key
            raise Outdated(f"Người khác vừa chọn đơn vị in của “{label}”. Hãy xem lại rồi lưu.")
    changed = {key: unit for key, unit in chosen.items() if unit != (standing[key].unit if key in standing else "")}
    for key, unit in changed.items():
        if key in standing:
            _retire(standing[key], by)
        if unit:
            OfficeFigure.objects.create(
                organization=organization, key=key, unit=unit, made_by=by, made_at=timezone.now()
            )
    return len(changed)


def _retire(figure: OfficeFigure, by) -> OfficeFigure:
    figure.retired_by, figure.retired_at = by, timezone.now()
    figure.save(update_fields=["retired_by", "retired_at"])
    return figure


def _require_label(organization: Organization, label: str) -> None:
    if not label:
        raise Refused("Hãy đặt tên cho chỉ tiêu.")
    if len(label) > LONGEST_LABEL:
        raise Refused(f"Tên chỉ tiêu dài {len(label)} ký tự, nhiều nhất là {LONGEST_LABEL}.")
    if marks := sorted(NOT_IN_NAMES & set(label)):
        raise Refused(f"Tên chỉ tiêu không được có dấu {' '.join(marks)} vì lời văn báo cáo dùng dấu này cho trường.")
    if number := next(filter(is_number, label), ""):
        raise Refused(f"Tên chỉ tiêu không được có chữ số “{number}”: số trong báo cáo chỉ do sổ đếm ra.")
    if picture := next(filter(is_picture, label), ""):
        raise Refused(f"Tên chỉ tiêu không được có ký hiệu “{picture}”. Hãy chỉ dùng chữ.")
    if key_of(label) in TEXTS.keys() | {key_of(OWN_FIGURES)} | figures_by_name(STANDARD).keys():
        raise Refused(f"“{label}” là tên của một trường khác trong lời văn báo cáo. Hãy đặt tên khác.")
    standing = OfficeFigure.objects.own().in_use().holding_at_or_beneath(organization.path).with_hands()
    taken = next((each for each in standing if key_of(each.label) == key_of(label)), None)
    if taken:
        raise Refused(f"Đã có chỉ tiêu riêng tên “{taken.label}” đang dùng ở {taken.organization}. Hãy đặt tên khác.")


def _require_printable(key: str, unit: str) -> None:
    figure = STANDARD.by_key.get(key)
    if figure is None:
        raise Refused(f"Không có chỉ tiêu “{key}”.")
    if figure.unit is None:
        raise Refused(f"Chỉ tiêu “{figure.label}” chỉ nêu việc, không nêu số, nên không có đơn vị để chọn.")
    if unit and unit not in UNITS[figure.family]:
        known = ", ".join(unit_word(figure.family, each) for each in UNITS[figure.family])
        raise Refused(f"Chỉ tiêu “{figure.label}” không đếm theo “{unit}” được. Hãy chọn một trong: {known}.")
