"""A finding is a value: what it says, how far it reaches, what it rests on, where it belongs."""

from dataclasses import FrozenInstanceError

import pytest

from regulations.findings import Finding, Severity


@pytest.mark.parametrize(
    ("severity", "blocks", "warns"),
    [(Severity.BLOCK, True, False), (Severity.WARN, False, True), (Severity.INFO, False, False)],
)
def test_it_blocks_or_warns_by_its_severity(severity, blocks, warns):
    finding = Finding(severity, "Chưa đủ phiếu.")

    assert (finding.blocks, finding.warns) == (blocks, warns)


def test_a_finding_from_the_records_alone_cites_nothing():
    assert Finding(Severity.BLOCK, "Chưa có nội dung nào.").label == ""


def test_a_verified_finding_shows_its_source():
    assert Finding(Severity.BLOCK, "Chưa đủ phiếu.", "Trúng cử khi được quá nửa").label == "Trúng cử khi được quá nửa"


def test_an_unverified_source_is_not_shown():
    assert Finding(Severity.WARN, "…", "Quy định 1-QĐ/TU", verified=False).label == "chưa kiểm chứng"


def test_it_is_put_in_its_place_on_a_form():
    finding = Finding(Severity.WARN, "Thiếu một phiếu.", "Nguồn", rule="vote_majority")

    placed = finding.at("item-12-vote")

    assert placed.place == "item-12-vote"
    assert placed.at("") == finding
    assert finding.place == ""


def test_it_does_not_change():
    with pytest.raises(FrozenInstanceError):
        Finding(Severity.INFO, "…").message = "khác"
