"""Forms that were typed and not saved. They are no records: keeping one is no act and is not journaled."""

from collections.abc import Mapping

from personnel.models import Dossier, UnfinishedForm


def keep_unfinished(*, owner, dossier: Dossier | None, edition: int, typed: Mapping[str, object]) -> UnfinishedForm:
    """Keep what `owner` has typed into the form of the dossier (None: of a new one), in place of what was kept."""
    kept, _ = UnfinishedForm.objects.update_or_create(
        owner=owner, dossier=dossier, defaults={"edition": edition, "typed": dict(typed)}
    )
    return kept


def discard_unfinished(*, owner, dossier: Dossier | None) -> None:
    """Throw away what `owner` had typed: it was saved, or is not wanted."""
    UnfinishedForm.objects.of(owner, dossier).delete()
