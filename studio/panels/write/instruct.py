"""What a model that follows instructions is told, in English or, about a Chinese text, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.text import Message
from studio.media.manuscript import is_wide
from studio.panels.write.cards import Card

_LENGTHS = {
    "shorter": ("so that it is about half as long", "压缩到约一半的篇幅"),
    "longer": ("so that it is about twice as long, with more detail for the senses",
               "扩写到约两倍，多写可感的细节"),
    "": ("so that it reads better", "使它更流畅"),
}
_ENGLISH = {
    "system": "You are a careful literary editor. Answer with the text that is asked for and nothing else: "
              "no preface, no explanation, no quotation marks around it.",
    "rewrite": "Rewrite this passage {manner}. Keep its meaning, its language and its person and tense.",
    "summarise": "Summarise this text in a few sentences, in the language it is written in.",
    "title": "Propose five titles for this text, in the language it is written in, one to a line, without "
             "numbers.",
    "translate": "Translate this text into {manner}. Keep its paragraphs and its manner.",
    "dialogue": "Turn this into a dialogue between {manner}, in the language it is written in. Begin each "
                "speech with the speaker's name and a colon.",
    "poem": "Write a poem of this, in the language it is written in, one verse to a line{manner}.",
    "chat": "You are a well-read companion of a writer and talk about the page in front of you both. Be "
            "concrete and brief, and use the writer's language.",
    "memory": "What is known of the story:", "note": "Direction: {note}",
    "page": "The end of the page:", "passage": "The writer has marked this passage:",
}
_CHINESE = {
    "system": "你是一位细心的文学编辑。只给出所要的文字，不要前言，不要解释，也不要加引号。",
    "rewrite": "请改写下面这段文字，{manner}。保持原意、语言、人称和时态。",
    "summarise": "请用几句话概括下面的文字，使用原文的语言。",
    "title": "请为下面的文字拟五个标题，使用原文的语言，每行一个，不要编号。",
    "translate": "请把下面的文字翻译成{manner}，保留段落和文风。",
    "dialogue": "请把下面的内容写成{manner}之间的对话，使用原文的语言。每句话前写说话人的名字和冒号。",
    "poem": "请根据下面的内容写一首诗，使用原文的语言，一句一行{manner}。",
    "chat": "你是作家身边一位博览群书的朋友，与作家谈论眼前的这一页。请说得具体、简短，使用作家的语言。",
    "memory": "关于这个故事：", "note": "要求：{note}",
    "page": "这一页的末尾：", "passage": "作家标出了这一段：",
}
_LANGUAGES = {"english": ("English", "英文"), "chinese": ("Chinese", "中文")}
_MOSTLY = 0.3
"""Share of ideographs from which on a text is Chinese."""
_LOOK = 4000


@dataclass(frozen=True, slots=True)
class Brief:
    """What is asked, apart from the text it is about."""

    do: str
    manner: str = ""
    memory: str = ""
    note: str = ""
    cards: tuple[Card, ...] = ()


def is_chinese(text: str) -> bool:
    """Whether ``text`` is mostly in Chinese or Japanese; its first pages decide."""
    letters = [letter for letter in text[:_LOOK] if letter.isalpha()]
    return bool(letters) and sum(map(is_wide, letters)) >= _MOSTLY * len(letters)


def messages(brief: Brief, text: str) -> tuple[Message, ...]:
    """The request for ``brief.do`` with ``text``."""
    words, at = _words(text)
    about = _about(brief, words, with_note=brief.do in ("rewrite", "dialogue", "poem"))
    asked = words[brief.do].format(manner=_manner(brief, text, at))
    return (Message("system", "\n\n".join([words["system"], *about])),
            Message("user", f"{asked}\n\n{text.strip()}"))


def conversation(brief: Brief, talk: Sequence[Message], page: str, passage: str) -> tuple[Message, ...]:
    """The request for an answer to ``talk``, with the page in view."""
    words, _ = _words(page or "".join(message.text for message in talk))
    parts = [words["chat"], *_about(brief, words, with_note=True)]
    parts += [f"{words[name]}\n{text.strip()}" for name, text in (("page", page), ("passage", passage))
              if text.strip()]
    return Message("system", "\n\n".join(parts)), *talk


def without_system(asked: Sequence[Message]) -> tuple[Message, ...]:
    """The same for a template that knows no system turn: its text begins the first turn of the person."""
    first = next((at for at, message in enumerate(asked) if message.role == "user"), None)
    if first is None or asked[0].role != "system":
        return tuple(asked)
    both = Message("user", f"{asked[0].text}\n\n{asked[first].text}")
    return *asked[1:first], both, *asked[first + 1:]


def _words(text: str) -> tuple[dict[str, str], int]:
    """What is said in the language of ``text``, and the place of that language in pairs."""
    return (_CHINESE, 1) if is_chinese(text) else (_ENGLISH, 0)


def _about(brief: Brief, words: dict[str, str], *, with_note: bool) -> list[str]:
    known = [brief.memory.strip(), *(f"{card.name}: {card.text.strip()}" for card in brief.cards)]
    parts = ["\n".join([words["memory"], *filter(None, known)])] if any(known) else []
    if with_note and brief.note.strip():
        parts.append(words["note"].format(note=brief.note.strip()))
    return parts


def _manner(brief: Brief, text: str, at: int) -> str:
    """The person's words, or what is meant where they are ours or none."""
    plain = brief.manner.strip()
    if brief.do == "rewrite":
        tone = ("in this tone: {}", "语气：{}")[at].format(plain)
        return _LENGTHS[plain.lower()][at] if plain.lower() in _LENGTHS else tone
    if brief.do == "translate":
        wanted = plain.lower() or ("english" if is_chinese(text) else "chinese")
        return _LANGUAGES[wanted][at] if wanted in _LANGUAGES else plain
    if brief.do == "dialogue":
        return plain or ("two people", "两个人")[at]
    return ("; its form: {}", "，形式：{}")[at].format(plain) if plain else ""
