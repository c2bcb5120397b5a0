"""The vote on one item, with the verdict that shows while it is typed."""

from django import forms

from personnel.forms.fields import CountField, readable
from personnel.models import Vote

# Each number is at most the one before it: nobody votes who was not there.
NO_MORE_THAN = (
    ("present", "số có mặt", "summoned", "số triệu tập"),
    ("issued", "số phiếu phát ra", "present", "số có mặt"),
    ("collected", "số phiếu thu về", "issued", "số phiếu phát ra"),
    ("valid", "số phiếu hợp lệ", "collected", "số phiếu thu về"),
    ("in_favour", "số phiếu đồng ý", "valid", "số phiếu hợp lệ"),
)
NEEDED = ("summoned", "present", "issued", "collected", "valid", "in_favour")


class VoteForm(forms.Form):
    """The numbers of a vote; all empty means that nobody voted."""

    summoned = CountField(label="Số triệu tập", least=1)
    excluded = CountField(label="Không tính")
    excluded_reason = forms.CharField(label="Lý do không tính", max_length=255, required=False)
    present = CountField(label="Số có mặt")
    issued = CountField(label="Phiếu phát ra")
    collected = CountField(label="Phiếu thu về")
    valid = CountField(label="Phiếu hợp lệ")
    in_favour = CountField(label="Phiếu đồng ý")
    seats = CountField(label="Số cần bầu", least=1)
    slate = CountField(label="Danh sách bầu", least=1)

    @property
    def is_blank(self) -> bool:
        return not any(str(self[name].value() or "").strip() for name in self.fields)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if self.is_blank:
            return cleaned
        for name in NEEDED:
            if name in cleaned and cleaned[name] is None:
                self.add_error(name, "Hãy nhập số này, hoặc để trống tất cả các ô của kết quả bầu.")
        for name, words, limit, limit_words in NO_MORE_THAN:
            self._require_order(name, words, limit, limit_words)
        self._check_exclusion(cleaned)
        self._check_slate(cleaned)
        return cleaned

    def _require_order(self, name: str, words: str, limit: str, limit_words: str) -> None:
        number, most = self.cleaned_data.get(name), self.cleaned_data.get(limit)
        if number is not None and most is not None and number > most:
            words = words.capitalize()
            self.add_error(name, f"{words} ({number}) nhiều hơn {limit_words} ({most}). Hãy sửa một trong hai số.")

    def _check_exclusion(self, cleaned: dict[str, object]) -> None:
        excluded, summoned = cleaned.get("excluded"), cleaned.get("summoned")
        if not excluded:
            return
        if summoned is not None and excluded >= summoned:
            self.add_error("excluded", f"Số không tính ({excluded}) phải ít hơn số triệu tập ({summoned}).")
        if "excluded_reason" in cleaned and not cleaned["excluded_reason"]:
            self.add_error("excluded_reason", f"Hãy ghi vì sao không tính {excluded} đồng chí.")

    def _check_slate(self, cleaned: dict[str, object]) -> None:
        seats, slate = cleaned.get("seats"), cleaned.get("slate")
        if seats and not slate and "slate" in cleaned:
            self.add_error("slate", "Đã nhập số lượng cần bầu thì hãy nhập cả số người trong danh sách bầu.")
        if slate and not seats and "seats" in cleaned:
            self.add_error("seats", "Đã nhập số người trong danh sách bầu thì hãy nhập cả số lượng cần bầu.")
        if seats and slate and slate < seats:
            self.add_error("slate", f"Danh sách bầu ({slate}) ít hơn số lượng cần bầu ({seats}).")

    def numbers(self) -> dict[str, int | str] | None:
        """Return the fields of a Vote, None when nobody voted or the numbers are not whole yet."""
        if self.is_blank or not self.is_valid():
            return None
        return {**self.cleaned_data, "excluded": self.cleaned_data["excluded"] or 0}

    @property
    def verdict(self) -> str:
        """How many votes elect and whether they came together, as far as the numbers typed say."""
        typed = readable(self)
        summoned, excluded = typed.get("summoned"), typed.get("excluded") or 0
        if not summoned or "excluded" not in typed:  # what was typed wrong has been taken out
            return ""
        vote = Vote(summoned=summoned, excluded=excluded, in_favour=typed.get("in_favour") or 0)
        needed = f"Cần ít nhất {vote.threshold}/{vote.base} phiếu"
        if typed.get("in_favour") is None:
            return f"{needed}."
        return f"{needed}; được {vote.in_favour}: {'trúng cử' if vote.is_elected else 'không trúng cử'}."
