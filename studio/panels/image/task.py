"""The Image task: words in, perhaps a picture and a mask; a picture or a sheet of pictures out."""

from __future__ import annotations

import json
from collections.abc import Sequence

from studio.core.errors import StudioError
from studio.core.jobs import JobContext, Output, Request
from studio.core.sheets import Sheet
from studio.core.wildcards import names
from studio.panels.image.artists import artist
from studio.panels.image.ground import ground
from studio.panels.image.params import TASK, VERSION, ImageParams
from studio.panels.image.result import output
from studio.panels.image.sheet import Cells, drawn
from studio.panels.image.wish import Wish, wish


class ImageTask:
    """Inputs: "picture" (at most one) to start from, "mask" (at most one), white where it is painted anew.

    Output: a PNG, with opacity where there is any, 16-bit where such a picture is painted into; facts
    {"width", "height", "prompt" (as it was painted), "steps", "guidance", "scheduler", "read", "cut",
    "unfinished"} as far as they say something, and "sheet" as `studio.core.sheets.cell_at` reads it. Where
    ``do`` is "count" it is JSON instead, see `studio.panels.image.artists.Artist.count`.
    """

    id = TASK
    version = VERSION

    def run(self, request: Request, ctx: JobContext) -> Sequence[Output]:
        """See `Task.run`."""
        params = ImageParams.from_json(request.params)
        asked = wish(params, request.seed)
        if params.do == "count":
            return [_counted(asked, ctx)]
        _note_lists(asked, ctx)
        sheet = Sheet.parse(params.sheet_x, params.sheet_y, ImageParams.settings())
        if sheet:
            made = drawn(Cells(sheet, params, request, ctx))
            return [output(made, asked.prompt, request.seed)]
        start = ground(request.inputs, asked, ctx)
        if not asked.prompt and start is None:
            raise StudioError("There are no words to paint from.", "Say what the picture should show.")
        made = artist(params.model, ctx).paint(asked, start)
        ctx.progress(0.97, "Saving")
        return [output(made, asked.prompt, request.seed)]


def _counted(asked: Wish, ctx: JobContext) -> Output:
    told = artist(asked.params.model, ctx).count(asked.prompt)
    data = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    return Output("text", "application/json", "Count", data, asked.seed)


def _note_lists(asked: Wish, ctx: JobContext) -> None:
    """Lists are drawn where a request is made; what is still there names none."""
    for name in names(f"{asked.prompt} {asked.negative}"):
        ctx.note("There is no list of words called {name}.", name=name)
