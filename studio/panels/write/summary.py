"""The sentences of a text that say most of it, picked word for word; nothing is written anew.

Luhn's method (1958, IBM Journal 2/2): sentences where words frequent in the text stand close together. By
sumy, in groups whose winners meet again, so that a novel can be stopped at any time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from studio.core.errors import StudioError
from studio.core.jobs import CancelToken
from studio.media.manuscript import is_wide
from studio.panels.write.sentences import paragraphs, sentences

_GROUP = 200
"""Sentences that are looked at together."""
_SHARE = 4
"""One in so many of a group meets the winners of the others."""
_FEWEST, _MOST, _EVERY = 3, 12, 8
_LEAST_WORDS = 6
"""Shorter sentences say little alone."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def summarise(text: str, cancel: CancelToken,
              on_progress: Callable[[float], object] = lambda share: None) -> tuple[str, ...]:
    """The sentences, in their order; one in eight, at least three and at most twelve.

    Raises Cancelled, and StudioError where there are not more than three to pick from.
    """
    found = _sentences(text)
    if len(found) <= _FEWEST:
        raise StudioError("There are too few sentences to pick from.", "Mark a longer passage.")
    count = max(_FEWEST, min(_MOST, len(found) // _EVERY))
    done, total = 0, len(found) * _SHARE / (_SHARE - 1)
    while len(found) > _GROUP:
        winners: list[int] = []
        for start in range(0, len(found), _GROUP):
            cancel.check()
            on_progress(min(1.0, done / total))
            group = found[start:start + _GROUP]
            winners += [start + at for at in _best(group, max(1, len(group) // _SHARE))]
            done += len(group)
        found = [found[at] for at in winners]
    cancel.check()
    return tuple(found[at] for at in _best(found, count))


def _sentences(text: str) -> list[str]:
    """Each once, and those with a few words where there are enough; headings and rules are none."""
    blocks = [block for block, _ in paragraphs(text) if not block.lstrip().startswith(("#", "* *"))]
    joined = [" ".join(block.split("\n")) if " " in block else block.replace("\n", "") for block in blocks]
    found = dict.fromkeys(sentence for block in joined for sentence in sentences(block))
    full = [sentence for sentence in found if len(_words(sentence)) >= _LEAST_WORDS]
    return full if len(full) > _FEWEST else list(found)


def _best(group: Sequence[str], count: int) -> list[int]:
    """Places in ``group`` of the sentences that say most, ascending."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    document = ObjectDocumentModel([Paragraph([Sentence(text, _Words) for text in group])])
    places = {text: at for at, text in enumerate(group)}
    return sorted(places[str(sentence)] for sentence in _ranking()(document, count))


@cache
def _ranking() -> Any:
    from sumy.summarizers.luhn import LuhnSummarizer
    from sumy.utils import get_stop_words

    ranking = LuhnSummarizer()
    ranking.stop_words = get_stop_words("english") | get_stop_words("chinese")
    return ranking


class _Words:
    """What sumy calls a tokenizer; its own would need a download."""

    @staticmethod
    def to_words(text: str) -> tuple[str, ...]:
        """The words of a sentence."""
        return _words(text)


def _words(text: str) -> tuple[str, ...]:
    """Words; where none are marked, pairs of neighbouring characters."""
    found: list[str] = []
    for run in _WORD.findall(text):
        if any(map(is_wide, run)):
            found += [run[at:at + 2] for at in range(max(1, len(run) - 1))]
        else:
            found.append(run)
    return tuple(found)
