"""What can be set in the Image panel."""

from __future__ import annotations

from dataclasses import dataclass

from studio.core.panel import Role
from studio.core.params import Params, setting

TASK, VERSION = "image", 1
"""Name and version of the task, as requests and recipes carry them."""
STARTER = "image-small"
"""The model in the box."""
ROLES = (Role("picture", "image", "Start from this", low=0), Role("mask", "image", "Paint only here", low=0))


@dataclass(frozen=True, slots=True)
class ImageParams(Params):
    """Settings of a picture made from words. Lists are texts with commas."""

    prompt: str = setting("text", "", "Prompt", group="hidden", option="PROMPT",
                          help="What to paint. (word:1.2) weighs a word, {red|green} and __name__ draw one.")
    negative: str = setting("text", "", "Not in it", group="hidden", help="What should not be there.")
    model: str = setting("model", STARTER, "Model", group="Picture",
                         help="The one in the box paints stickers and icons; bring larger ones for more.")
    style: str = setting("text", "", "Style", group="hidden",
                         help="Words around the prompt, such as \"{prompt}, flat style\".")
    size: str = setting("text", "", "Size", group="hidden",
                        help="Such as 512x512; empty is what the model paints best.")
    count: int = setting("int", 1, "Pictures", group="Picture", low=1, high=64, step=1,
                         help="Each has a seed of its own, and can be made again alone.")
    strength: float = setting("float", 0.6, "Strength", group="Picture", low=0.0, high=1.0, step=0.05,
                              help="How much of the picture to start from is painted anew.")
    guidance: float = setting("float", 0.0, "Guidance", group="Look", low=0.0, high=50.0, step=0.5,
                              help="How closely it follows the words; 0 leaves it to the model.")
    steps: int = setting("int", 0, "Steps", group="Look", low=0, high=1000, step=1,
                         help="More take longer and can be finer; 0 leaves it to the model.")
    variation: float = setting("float", 0.0, "Variation", group="hidden", low=0.0, high=1.0, step=0.05,
                               help="How far to go from the seed towards the variation's own.")
    variation_seed: int = setting("int", 0, "Variation seed", group="hidden", low=0, high=2**32 - 1)
    transparent: bool = setting("bool", True, "Transparent background", group="Look",
                                help="For models that paint on nothing; off lays it on white.")
    seamless: bool = setting("bool", False, "Seamless tile", group="more",
                             help="The left edge fits the right one, and the top the bottom.")
    scheduler: str = setting("text", "default", "Scheduler", group="hidden",
                             help="The way from noise to picture; default is the model's own.")
    add_ons: str = setting("text", "", "Add-ons", group="hidden",
                           help="LoRAs and how much they count, such as ink:0.8, fog:0.5.")
    decoder: str = setting("text", "", "Decoder", group="hidden",
                           help="A VAE of your own instead of the model's.")
    feather: int = setting("int", 0, "Feather", group="hidden", low=0, high=512, step=1, unit="px",
                           help="Softens the edge of the mask outwards.")
    grow: int = setting("int", 0, "Grow", group="hidden", low=-512, high=512, step=1, unit="px",
                        help="Makes the mask larger; below 0 smaller.")
    invert: bool = setting("bool", False, "Invert the mask", group="hidden")
    extend: str = setting("text", "", "Extend", group="hidden",
                          help="left,top,right,bottom in pixels: paints on beyond the edges.")
    other_prompt: str = setting("text", "", "Other prompt", group="hidden",
                                help="What to go towards; empty is the prompt itself.")
    toward: float = setting("float", 0.0, "Towards it", group="hidden", low=0.0, high=1.0, step=0.01)
    aside: float = setting("float", 0.0, "Aside", group="hidden", low=-1.0, high=1.0, step=0.01,
                           help="A step from the seed in a direction of its own.")
    along: float = setting("float", 0.0, "Along", group="hidden", low=-1.0, high=1.0, step=0.01,
                           help="The same in a second direction.")
    sheet_x: str = setting("text", "", "Across", group="hidden",
                           help="A sheet of pictures: steps=5,10,20 gives a column to each.")
    sheet_y: str = setting("text", "", "Down", group="hidden", help="The same for rows.")
    do: str = setting("choice", "paint", "Do", group="hidden", option="-", choices=(
        ("paint", "Paint"), ("count", "Count the words")))
