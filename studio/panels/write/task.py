"""The Write task: a text in; its continuation, or what was asked about it, out, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.core.engine import TEXT_MODEL, TextModel
from studio.core.errors import StudioError
from studio.core.jobs import Input, JobContext, Output, Request
from studio.media.manuscript import count_words, decode
from studio.panels.write import cards, talk, verse
from studio.panels.write.ask import Asking
from studio.panels.write.instruct import Brief
from studio.panels.write.params import STARTER, WriteParams, sampling
from studio.panels.write.pen import SPACES, Pen, Seam
from studio.panels.write.prompt import LOOK_BACK, Sheet, view
from studio.panels.write.result import named, output
from studio.panels.write.summary import summarise


class WriteTask:
    """Input: "file" (at most one), a text; what the prompt says follows it.

    What is continued is that text; every other task is about the passage or, where there is none, about all
    of it, and gives only what came of it. Output: Markdown. Its facts hold "do", "tokens", "words",
    "tokens_per_second", "first_seconds", "ending", "start" (where in the result the model's own words
    begin), "unseen" (characters that did not fit), "picked" (True where the sentences are the text's own)
    and "trace" (see `studio.panels.write.trace`).
    """

    id = "write"
    version = 1

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        """See `Task.run`."""
        params = WriteParams.from_json(request.params)
        text = _text(request.inputs, params.prompt, ctx)
        about = params.passage.replace("\r\n", "\n") or text
        if params.do not in ("continue", "chat") and not about.strip():
            raise StudioError("There is no text for this.", "Write or mark some first.")
        turns = talk.parse(params.talk) if params.do == "chat" else ()
        known = cards.parse(params.cards)
        model = ctx.engine(TEXT_MODEL, params.model or STARTER)
        if params.do == "continue":
            return [_continued(model, request, params, text, known, ctx)]
        if not model.has_template and params.do == "poem":
            return [_verse(model, request, params, about, known, ctx)]
        if not model.has_template and params.do == "summarise":
            return [_picked(request, about, ctx)]
        brief = _brief(params, known, about + "".join(turn.text for turn in turns))
        asking = Asking(model, brief, sampling(params, request.seed), ctx)
        answered = asking.talk(turns, text, params.passage) if turns else asking.about(about)
        return [output(request, "", answered.pen.tokens, answered.pen.ending(), **answered.facts)]


def _continued(model: TextModel, request: Request, params: WriteParams, text: str,
               known: tuple[cards.Card, ...], ctx: JobContext, shown: str = "") -> Output:
    """``text`` and what follows it; the model sees ``shown`` in its place, if there is such."""
    sheet = Sheet((shown or text).rstrip(SPACES), params.memory, params.note, known)
    ctx.progress(None, "Reading")
    seen = view(sheet, model, params.length)
    if seen.start:
        ctx.note("The model saw only the last {words:,} words; the text before did not fit.",
                 words=count_words(sheet.text[seen.start:]))
    pen, choice = Pen(params.length, ctx), sampling(params, request.seed)
    pen.follow(Seam(text).fitted,
               lambda: model.generate(seen.tokens, choice, ctx.cancel, pen.write, pen.read))
    more = {"do": params.do, "unseen": seen.start, "prompt_tokens": len(seen.tokens)}
    named_cards = {"cards": ", ".join(seen.cards)} if seen.cards else {}
    return output(request, text if params.whole else "", pen.tokens, pen.ending(), **more, **named_cards)


def _verse(model: TextModel, request: Request, params: WriteParams, text: str,
           known: tuple[cards.Card, ...], ctx: JobContext) -> Output:
    """A poem by a model that only goes on writing."""
    begun = verse.beginning(text)
    memory = f"{params.memory.strip()}\n\n{verse.example(begun)}".strip()
    stop = "\n".join([params.stop, *(end.replace("\n", r"\n") for end in verse.ends(begun))])
    settings = replace(params, memory=memory, stop=stop)
    return _continued(model, request, settings, begun, known, ctx, verse.signed(begun))


def _picked(request: Request, text: str, ctx: JobContext) -> Output:
    """The sentences that say most, by a model that cannot say them anew."""
    ctx.note("This model follows no instructions: these sentences are picked from the text, word for word.")
    found = summarise(text, ctx.cancel, lambda share: ctx.progress(share, "Reading"))
    joined = "\n\n".join(found)
    return named(request, joined, {"do": "summarise", "picked": True, "words": count_words(joined),
                                   "start": len(joined), "unseen": 0})


def _brief(params: WriteParams, known: tuple[cards.Card, ...], text: str) -> Brief:
    """What is asked, with the cards that ``text`` names."""
    return Brief(params.do, params.manner, params.memory, params.note, cards.awake(known, text[-LOOK_BACK:]))


def _text(inputs: Sequence[Input], prompt: str, ctx: JobContext) -> str:
    """The file's text, then the prompt."""
    files = [item for item in inputs if item.role == "file"]
    if len(files) > 1:
        raise StudioError("One text is continued at a time; there are {count}.", count=len(files))
    text = "".join(decode(ctx.input(item).read_bytes(), item.name or "This file") for item in files)
    return text + prompt.replace("\r\n", "\n")
