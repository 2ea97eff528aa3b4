"""Everything entered in the Write panel but the page itself, as JSON values and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studio.core.errors import StudioError
from studio.panels.write import cards
from studio.panels.write.forks import Forks
from studio.ui.widgets.draft_values import entries, settings, whole

if TYPE_CHECKING:
    from studio.panels.write.view import WriteView

_LOOKS = ("outline", "focus", "origins")


def draft_of(view: WriteView) -> dict[str, Any]:
    """Settings, seed, story cards, forks, where the cursor is, how the page is looked at."""
    return {
        "params": view.settings.form.values(),
        "seed": view.settings.seed.seed(), "seed_locked": view.settings.seed.is_locked,
        "cards": cards.to_json(view.settings.cards.cards()), "forks": view.scribe.forks.to_json(),
        "place": list(view.page.editor.place()), "goal": view.page.line.goal,
        "talk": view.talking.sheet.to_json(),
        "looks": [name for name in _LOOKS if getattr(view.page.line, name).isChecked()],
    }


def restore(view: WriteView, draft: Mapping[str, Any]) -> None:
    """Show ``draft`` in ``view``; what is missing or damaged falls back to an empty panel's."""
    view.settings.form.reset()
    view.settings.form.set_values(settings(draft.get("params")))
    view.settings.seed.set_seed(whole(draft.get("seed"), 1), locked=draft.get("seed_locked") is True)
    view.settings.cards.set_cards(_cards(draft.get("cards")))
    view.scribe.set_forks(Forks.from_json(draft.get("forks")))
    view.page.line.set_goal(whole(draft.get("goal"), 0))
    view.talking.sheet.set_json(draft.get("talk"))
    looks = entries(draft.get("looks"))
    for name in _LOOKS:
        getattr(view.page.line, name).setChecked(name in looks)
    view.go_back_to(place_of(draft.get("place")))


def place_of(value: object) -> tuple[int, ...]:
    """A place in the page, as the editor gave it; none where that is damaged."""
    found = entries(value)
    return tuple(found) if all(isinstance(number, int) for number in found) else ()


def _cards(value: object) -> tuple[cards.Card, ...]:
    try:
        return cards.parse(value) if isinstance(value, str) else ()
    except StudioError:
        return ()
