"""Photos and documents that belong to an incident: what is taken, and what is told of them."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

MOST_BYTES = 15_000_000
MOST_PIXELS = 40_000_000
MOST_OF_AN_INCIDENT = 20
LONGEST_DESCRIPTION = 200


class MediaType(StrEnum):
    """What a file is, told by its content."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"


@dataclass(frozen=True)
class AttachmentTold:
    """An attachment as those see it who see all of its incident; nobody's file name is kept.

    `sha256` is that of the file as it came. `mine` says that whoever asks has added it.
    """

    number: int
    media_type: str
    size: int
    sha256: str
    graphic: bool
    description: str | None
    added_at: dt.datetime
    mine: bool

    @property
    def is_picture(self) -> bool:
        """Say whether it can be shown in a page."""
        return self.media_type != MediaType.PDF


@dataclass(frozen=True)
class ShownFile:
    """What is given to whoever opens an attachment: the copy without what cameras write into it."""

    media_type: str
    content: bytes
