"""Biên bản kiểm phiếu: the numbers of one ballot, its threshold, and what it gave each candidate."""

from common.formats import padded, short_day
from organizations.scope import Scope
from personnel.papers.frame import frame
from personnel.papers.issuers import issuer_of
from planning.ballots import Tally, tallies
from planning.models import BallotResult, BallotStep, PositionGroup
from planning.papers.wording import people, subject, unbroken


def tally(step: BallotStep, scope: Scope) -> dict[str, object]:
    """Return what the minutes of the ballot say; the organisation is named as on the day of the ballot."""
    place = step.organization.standing_on(step.held_on)
    issuer = issuer_of(step.organization, None, "BB", step.held_on, scope)
    what = subject(PositionGroup(step.group), place, step.round.plan_term)
    [counted] = [each for each in tallies(step.round, step.organization, step.group) if each.step.pk == step.pk]
    summary = f"Lấy phiếu giới thiệu {what} (bước {step.number})"
    return (
        frame(issuer, "BB", None, summary, day=step.held_on)
        | _counts(step)
        | {
            "thay_mat": "T/M TỔ KIỂM PHIẾU",
            "chuc_vu_ky": "TỔ TRƯỞNG",
            "nguoi_ky": "",
            "ngay_lay_phieu": f"Ngày {short_day(step.held_on)}",
            "to_chuc": place.name,
            "cuoc_hop": step.body,
            "noi_dung": what,
            "ket_qua": [_row(number, *row) for number, row in enumerate(counted.rows, start=1)],
            "tong_hop": _together(counted),
            "chu_tri": "CHỦ TRÌ HỘI NGHỊ",
            "noi_nhan": [f"Lưu hồ sơ quy hoạch nhiệm kỳ {step.round.plan_term}."],
        }
    )


def _counts(step: BallotStep) -> dict[str, str]:
    return {
        "trieu_tap": padded(step.summoned),
        "co_mat": padded(step.present),
        "phat_ra": padded(step.issued),
        "thu_ve": padded(step.collected),
        "hop_le": padded(step.valid),
        "khong_hop_le": padded(step.collected - step.valid),
        "tinh_tren": f"{step.get_base_display()} ({padded(step.base_count)})",
        "muc": unbroken(step.rule),
        "nguong": padded(step.threshold),
    }


def _row(number: int, result: BallotResult, share: str) -> dict[str, object]:
    verdict = "Được giới thiệu" if result.goes_on else "Không được giới thiệu"
    return {
        "stt": number,
        "ho_ten": result.entry.person.full_name,
        "chuc_danh": result.entry.position.name,
        "dong_y": result.votes,
        "ty_le": share,
        "ket_luan": f"{verdict} ({result.reason})" if result.reason else verdict,
    }


def _together(counted: Tally) -> str:
    """Return how many of those who stood go on; turns, where somebody stands for several positions."""
    stood = len(counted.results)
    unit = "đồng chí" if people(result.entry for result in counted.results) == stood else "lượt chức danh"
    return f"Có {padded(counted.going_on)}/{padded(stood)} {unit} được giới thiệu"
