"""To which figures a change belongs, told as DOMAIN.md tells them: the slow reading that tests hold the figures to."""

INSPECTION = ("inspection_member", "inspection_chair", "inspection_deputy_chair")
ADDED_AT_THE_GRASSROOTS = {"secretary": "secretary", "deputy_secretary": "deputy", "committee_member": "member"}


def figures_of_change(level: str, act: str, position: str) -> set[str]:
    """Return the keys of the figures; `level` is "bloc" (the reporting one itself), "grassroots", or anything else."""
    if level == "bloc" and act == "appoint":
        if position in INSPECTION:
            return {"bloc.inspection.elected"}
        if position in ("committee_member", "standing_member"):
            return {"bloc.committee.added" if position == "committee_member" else "bloc.standing.added"}
    if level == "grassroots":
        if position in INSPECTION:
            return {"grassroots.inspection.changed"}
        if act == "release" and position == "committee_member":
            return {"grassroots.turns", "grassroots.member.released"}
        if act == "appoint" and position in ADDED_AT_THE_GRASSROOTS:
            return {"grassroots.turns", f"grassroots.{ADDED_AT_THE_GRASSROOTS[position]}.added"}
    return {"changes.outside"}
