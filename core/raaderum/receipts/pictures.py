"""Pictures drawn anew: what was seen stays; places, thumbnails and whatever hid in the file are gone."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.file_kinds import FileKind
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from PIL import Image

_MOST_PIXELS: Final = 50_000_000
"""Sent in; a good telephone's picture has 12 to 50 million."""
_LONGEST_SIDE: Final = 2_400
"""Kept: the small print of a receipt can be read."""
_QUALITY: Final = 85
_LIKENESS_SIDE: Final = 16
_FORMATS: Final = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP"}


class PictureRefused(InvalidInput):
    """A picture that cannot be drawn: broken, or far too many pixels."""

    code = "receipt_picture_refused"
    text = Text(
        "Billedet kan ikke læses: det er i stykker eller alt for stort. Tag et nyt.",
        "The picture cannot be read: it is broken or far too large. Take a new one.",
    )


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture as it is kept (JPEG), and its likeness: 256 bits that change little with size and quality."""

    content: bytes
    likeness: str


def draw_anew(content: bytes, kind: FileKind) -> DrawnPicture:
    """Return a picture drawn anew, upright and at most 2400 pixels long; raise `PictureRefused`."""
    # Imported here: a process that never takes in a picture does not load the library.
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - as above

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise PictureRefused(where="file")
                picture.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
                upright = ImageOps.exif_transpose(picture)
                drawn = _on_white(upright)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombWarning,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,  # what Pillow raises for a PNG whose parts lie
    ) as error:
        raise PictureRefused(where="file") from error
    drawn.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    kept = BytesIO()
    drawn.save(kept, format="JPEG", quality=_QUALITY, exif=b"", icc_profile=None)
    return DrawnPicture(kept.getvalue(), _likeness(drawn))


def _on_white(picture: Image.Image) -> Image.Image:
    """What is see-through in a screen picture is white on paper."""
    from PIL import Image  # noqa: PLC0415 - as above

    if picture.mode == "RGB":
        return picture.copy()
    clear = picture.convert("RGBA")
    white = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(white, clear).convert("RGB")


def _likeness(picture: Image.Image) -> str:
    """Say of a grid of 16 × 16 whether each point is brighter than its right neighbour."""
    from PIL import Image  # noqa: PLC0415 - as above

    small = picture.convert("L").resize((_LIKENESS_SIDE + 1, _LIKENESS_SIDE), Image.Resampling.BOX)
    points = small.tobytes()
    width = _LIKENESS_SIDE + 1
    return "".join(
        "1" if points[row * width + column] > points[row * width + column + 1] else "0"
        for row in range(_LIKENESS_SIDE)
        for column in range(_LIKENESS_SIDE)
    )
