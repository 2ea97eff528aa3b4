"""Nothing is lost that a file can hold, and the documentation says what that is."""

from __future__ import annotations

import pytest

from tests.media import formats


@pytest.mark.parametrize("kind", formats.READ)
def test_what_a_file_can_hold_is_read(kind: str) -> None:
    found = {what: formats.brings(kind, what) for what in formats.READ[kind]}
    assert found == {what: "lost" if (kind, what) in formats.LOST else "yes" for what in found}


def test_the_documentation_is_up_to_date() -> None:
    assert formats.DOC.read_text(encoding="utf-8") == formats.document(), "python -m tests.media.formats"
