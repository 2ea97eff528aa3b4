"""Which language a text is in, as far as its letters and little words tell; and what is said in it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

_SAMPLE = 20_000
"""Characters that are looked at."""
_SCRIPTS = (("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("CJK", "zh"), ("CYRILLIC", "ru"),
            ("GREEK", "el"), ("ARABIC", "ar"), ("HEBREW", "he"), ("DEVANAGARI", "hi"), ("THAI", "th"))
_WORDS: Mapping[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in {
    "en": "the and of to was he she that it with his her you for had not",
    "de": "der die das und nicht ich sie er war ein eine mit den dem zu sich",
    "fr": "le la les et des une est dans que qui pas il elle je vous au",
    "es": "el los las y una que no se por con su del era como más pero",
    "it": "il di che non una per con gli della era si sono ma come nel lo",
    "pt": "o os não uma que com por do da era seu sua mas como ele ela",
    "nl": "de het een en van niet dat hij zij was ik met voor op maar ze"}.items()}
RIGHT_TO_LEFT = frozenset(("ar", "he", "fa", "ur", "yi"))
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {"contents": "Contents", "yours": "written by a person", "model": "written by a model",
           "edited": "written by a model and edited by a person", "models": "Models"},
    "zh": {"contents": "目录", "yours": "人写的", "model": "模型写的", "edited": "模型写的、人改过的",
           "models": "模型"}}
"""What a document says of its own accord."""


def guess(text: str) -> str:
    """A BCP 47 tag; "en" where nothing tells."""
    sample = text[:_SAMPLE]
    scripts = Counter(_script(letter) for letter in sample if letter.isalpha())
    letters = sum(scripts.values())
    if scripts["ja"] * 10 > letters:  # kana are few among the ideographs, and no other language has them
        return "ja"
    commonest = scripts.most_common(1)[0][0] if scripts else ""
    return commonest or _by_words(sample)


def words(language: str) -> Mapping[str, str]:
    """What is said in ``language``: Chinese, or else English."""
    return WORDS["zh" if language.partition("-")[0] == "zh" else "en"]


def is_rightward(language: str) -> bool:
    """Whether it is written from left to right."""
    return language.partition("-")[0] not in RIGHT_TO_LEFT


def _script(letter: str) -> str:
    if letter < "\u0370":
        return ""
    name = unicodedata.name(letter, "")
    return next((language for start, language in _SCRIPTS if name.startswith(start)), "")


def _by_words(sample: str) -> str:
    found = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    score = {language: sum(found[word] for word in little) for language, little in _WORDS.items()}
    best = max(score, key=lambda language: score[language])
    return best if score[best] else "en"
