"""The one house style of all figures: colours that colour-blind readers tell apart, sizes, and the way a figure becomes a file.

Inside the page a figure is SVG whose colours are names of the page's style sheet, so that it follows light and dark. Both
files are the same bytes for the same data: no dates, no random ids, and fonts that Matplotlib itself carries.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

# Light-page values; the page's style sheet gives the same names their dark values. Okabe and Ito's blue and vermilion, and
# a yellow-to-brown ramp for the categories, whose order of lightness holds for every kind of colour vision.
COLOURS = {
    "ink": "#1c2226",
    "muted": "#5b666d",
    "rule": "#d5dbdf",
    "line": "#0067a5",
    "band": "#a9cde4",
    "limit": "#c03c00",
    "plan": "#8a949a",
    "none": "#c3d9e5",
    "prevention": "#fde4a0",
    "vulnerable": "#f5ae4b",
    "parallel": "#cf661f",
    "conversion": "#7c2f14",
    "parta": "#2a6f97",
    "partb": "#e3b23c",
    "partc": "#8fbcd4",
    "partd": "#b5567f",
    "parte": "#3f9a7a",
    "partf": "#a3abb0",
    "partg": "#5d4a8a",
    "parth": "#d99a7c",
    "teal": "#0f4d33",
    "violet": "#8f43d6",
    "ochre": "#6d5208",
    "rose": "#c04a68",
}
# Of parts that add up: neighbours differ in lightness as well as in hue.
PART_COLOURS = ("parta", "partb", "partd", "partc", "parte", "partf", "partg", "parth")
SIZE_INCHES = (4.2, 3.0)
PRINT_DPI = 200
SLIDE_INCHES, SLIDE_DPI = (40 / 3, 7.5), 144  # a wide slide; its letters are as many times larger as it is higher than a panel
FIGURES, SLIDES = "figures", "slides"
PNG = {"compress_level": 3}  # a third of the time for a few kilobytes more
_RC: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "svg.fonttype": "none",
    "text.parse_math": False,  # a name with a $ in it is a name
    "text.hinting": "none",  # at print size letters look the same, in a sixth less of the time
    "text.color": COLOURS["ink"],
    "lines.solid_capstyle": "round",
}


@dataclass(frozen=True)
class Picture:
    """One finished figure: its name, the sentence that says the same to those who cannot see it, and its two files."""

    name: str
    group: str
    area: str
    alt: str
    svg: str
    png: bytes
    slide: Callable[[], bytes]  # the same in the size of a slide; drawn only when asked for


def style() -> dict[Any, Any]:
    """Return the settings of the house style for ``matplotlib.rc_context``: the library's own, whatever the user's file says."""
    return {**{key: value for key, value in mpl.rcParamsDefault.items() if key != "backend"}, **_RC}


def svg_of(figure: Figure, name: str, alt: str) -> str:
    """Return the figure as an ``<svg>`` element for the page, its colours turned into names of the style sheet."""
    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": name}):
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return page_svg(buffer.getvalue(), alt)


def page_svg(text: str, alt: str) -> str:
    """Return Matplotlib's SVG without prologue, fixed size and group ids, with a description, and coloured by the page."""
    _, _, body = text[text.index("<svg") :].partition(">")
    body = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>", "", body, flags=re.DOTALL)  # a style would leak into the page
    body = re.sub(r'<g id="[^"]*"', "<g", body)
    body = re.sub(r"font-family: [^;\"]*;? ?", "", body)
    body = re.sub(r"(font: [^;\"']*px) [^;\"]*", r"\1 var(--font)", body)
    body = re.sub(r"\s*\n\s*", " ", body)
    for colour, value in COLOURS.items():
        body = body.replace(value, f"var(--{colour})")
    width, height = (72 * inches for inches in SIZE_INCHES)
    return f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(alt)}">{body}'


def png_of(figure: Figure) -> bytes:
    """Return the figure as a PNG file for print."""
    return _png(figure, PRINT_DPI)


def slide_of(figure: Figure) -> bytes:
    """Return the figure as a PNG file for a slide: as wide as that, with letters to be read from the last row."""
    width, height = SLIDE_INCHES
    larger = height / SIZE_INCHES[1]
    figure.set_size_inches(width / larger, height / larger)
    try:
        with mpl.rc_context(style()):  # it may be asked for when the figures are long done
            return _png(figure, SLIDE_DPI * larger, {"dpi": (SLIDE_DPI, SLIDE_DPI)})
    finally:
        figure.set_size_inches(*SIZE_INCHES)


def _png(figure: Figure, dpi: float, given: Mapping[str, Any] | None = None) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=dpi, facecolor="white", metadata={"Software": None}, pil_kwargs={**PNG, **(given or {})})
    return buffer.getvalue()


def files_of(pictures: Iterable[Picture], folder: Path, slides: bool) -> dict[Path, bytes]:
    """Return the files of figures by path: at print size, and with ``slides`` in the size of a slide too."""
    found: dict[Path, bytes] = {}
    for picture in pictures:
        found[folder / FIGURES / f"{picture.name}.png"] = picture.png
        if slides:
            found[folder / FIGURES / SLIDES / f"{picture.name}.png"] = picture.slide()
    return found
