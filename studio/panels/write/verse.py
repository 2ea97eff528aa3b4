"""How a model that only goes on writing is brought to verse: it is shown a stanza, then a beginning."""

from __future__ import annotations

from studio.panels.write.instruct import is_chinese

_ENGLISH = """The Tyger

Tyger Tyger, burning bright,
In the forests of the night;
What immortal hand or eye,
Could frame thy fearful symmetry?"""
_NOBODY = "无名氏"
_CHINESE = f"""静夜思
{_NOBODY}
床前明月光，疑是地上霜。
举头望明月，低头思故乡。"""
_LONGEST_TITLE = 60
_STOPS = frozenset(".。!！?？,，;；")
GAP = "\n\n"


def example(text: str) -> str:
    """A stanza in the language of ``text``: by Blake (1794) or Li Bai (8th century).

    Under nobody's name: a model would put that over its own verses.
    """
    return _CHINESE if is_chinese(text) else _ENGLISH


def beginning(text: str) -> str:
    """Where the poem starts: after the last lines if they are verse, below them if they may be its title."""
    last = text.strip().replace("\r\n", "\n").rsplit(GAP, 1)[-1].lstrip("# ")
    if "\n" in last:
        return last + "\n"
    if len(last) <= _LONGEST_TITLE and last[-1:] not in _STOPS:
        return last + ("\n" if is_chinese(last) else GAP)
    return last + "\n"


def signed(begun: str) -> str:
    """What the model is shown of a beginning: Chinese poems have an author below the title."""
    is_title = begun.count("\n") == 1 and is_chinese(begun) and begun.rstrip()[-1:] not in _STOPS
    return f"{begun}{_NOBODY}\n" if is_title else begun


def ends(text: str) -> tuple[str, ...]:
    """Texts that end a poem: Chinese ones have a single stanza."""
    return (GAP,) if is_chinese(text) else ()
