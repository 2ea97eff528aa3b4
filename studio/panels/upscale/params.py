"""What can be set in the Upscale panel."""

from __future__ import annotations

from dataclasses import dataclass

from studio.core.params import Params, setting

STARTER = "upscale-photo"
"""The model in the box for photographs; recipes of before it had a name say ""."""


@dataclass(frozen=True, slots=True)
class UpscaleParams(Params):
    """Settings of an enlargement."""

    model: str = setting("model", STARTER, "Model", group="Enlarge",
                         help="One for photographs and one for drawings are in the box.")
    by: str = setting("choice", "factor", "Enlarge to", group="Enlarge", choices=(
        ("factor", "Factor"), ("pixels", "Pixels"), ("print", "Print")),
        help="How the new size is given: a factor, pixels, or centimetres on paper.")
    scale: float = setting("float", 4.0, "Factor", group="Enlarge", low=1.0, high=16.0, step=0.1, unit="x",
                           help="1 keeps the size and only cleans.")
    width: int = setting("int", 0, "Width", group="Enlarge", low=0, high=65000, step=1, unit="px",
                         help="0 follows the height.")
    height: int = setting("int", 0, "Height", group="Enlarge", low=0, high=65000, step=1, unit="px",
                          help="0 follows the width.")
    print_width: float = setting("float", 0.0, "Print width", group="Enlarge", low=0.0, high=1000.0, step=0.1,
                                 unit="cm", help="0 follows the print height.")
    print_height: float = setting("float", 0.0, "Print height", group="Enlarge", low=0.0, high=1000.0,
                                  step=0.1, unit="cm", help="0 follows the print width.")
    dpi: int = setting("int", 300, "Resolution", group="Enlarge", low=30, high=2400, step=10, unit="dpi",
                       help="Dots per inch on paper.")
    clean: float = setting("float", 0.0, "Clean", group="Look", low=0.0, high=1.0, step=0.05,
                           help="0 stays faithful; towards 1 noise, blur and JPEG traces go.")
    grain: float = setting("float", 0.0, "Grain", group="Look", low=0.0, high=1.0, step=0.05,
                           help="Fine film grain over the result; the seed decides where it falls.")
    format: str = setting("choice", "png", "Format", group="File", choices=(
        ("png", "PNG"), ("jpeg", "JPEG"), ("webp", "WebP"), ("tiff", "TIFF"),
        ("same", "As the picture")))
    quality: int = setting("int", 92, "Quality", group="File", low=1, high=100, step=1,
                           help="Of JPEG and WebP; PNG and TIFF lose nothing.")
    keep_metadata: bool = setting("bool", True, "Keep camera data", group="File",
                                  help="EXIF and XMP: camera, lens, date, author.")
    tile: int = setting("int", 0, "Tile", group="more", low=0, high=4096, step=32, unit="px",
                        help="Side of the pieces the picture is worked in; 0 finds it by measuring.")
    crop: str = setting("text", "", "Part", group="hidden", option="-",
                        help="left,top,width,height in pixels of the picture: only this part.")
