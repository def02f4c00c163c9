"""Reads pictures that people send, within limits, and makes copies that hold nothing but pixels."""

import io
import zlib

from PIL import Image, ImageOps, UnidentifiedImageError

from tracker.domain.attachments import MOST_PIXELS, MediaType
from tracker.domain.errors import DomainError

# The limit is our own, asked before a single pixel is decoded; Pillow's only warns.
Image.MAX_IMAGE_PIXELS = None
_FORMATS = ("JPEG", "PNG", "WEBP")
_LONGEST_SIDE = 1_600
_QUALITY = 85
_APPLE = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc", b"ftypavif")


def media_type_of(content: bytes) -> MediaType:
    """Tell what a file is by its first bytes, whatever it is called; refuses all but four kinds."""
    if content.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return MediaType.WEBP
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2_048:]:
        return MediaType.PDF
    if content[4:12] in _APPLE:
        raise DomainError("picture_of_apple")
    raise DomainError("file_kind_not_taken")


def plain_copy(content: bytes) -> bytes:
    """Make a JPEG of a picture's pixels alone, upright, at most 1,600 pixels long.

    No position, camera, time, comment or embedded preview comes along. Raises `DomainError` for
    what is too large or cannot be read.
    """
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise DomainError("picture_too_large", megapixels=MOST_PIXELS // 1_000_000)
            opened.load()
            upright = ImageOps.exif_transpose(opened)
        return _written(upright)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, zlib.error):
        raise DomainError("picture_not_readable") from None


def _written(picture: Image.Image) -> bytes:
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    pixels = Image.new("RGB", picture.size, "white")
    layer = picture.convert("RGBA")
    pixels.paste(layer, mask=layer.getchannel("A"))
    written = io.BytesIO()
    pixels.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()
