"""Pictures that people send: what is in them besides the picture does not come along."""

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from tracker.domain.attachments import MediaType
from tracker.domain.errors import DomainError
from tracker.exchange.pictures import media_type_of, plain_copy

SECRET = b"Necocli beach house 31"


def photo(size: tuple[int, int] = (400, 300), *, turned: bool = False) -> bytes:
    """Make a photo as a telephone does: with position, camera, time and a comment."""
    picture = Image.new("RGB", size, (30, 90, 120))
    exif = picture.getexif()
    exif[0x010F] = "Secret Phone"
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6 if turned else 1
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (8.0, 27.0, 9.72)
    gps[3], gps[4] = "W", (76.0, 55.0, 52.3)
    written = io.BytesIO()
    picture.save(written, "JPEG", exif=exif, comment=SECRET)
    return written.getvalue()


def code_of(content: bytes) -> str:
    def take_in() -> None:
        media_type_of(content)
        plain_copy(content)

    with pytest.raises(DomainError) as refused:
        take_in()
    return refused.value.code


def huge_png(width: int, height: int) -> bytes:
    """Write the head of a picture that says how large it is, and next to nothing after it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def test_the_copy_holds_no_position_no_camera_and_no_comment() -> None:
    original = photo()
    assert SECRET in original
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(0x8825)
    copy = plain_copy(original)
    shown = Image.open(io.BytesIO(copy))
    assert dict(shown.getexif()) == {}
    assert not shown.getexif().get_ifd(0x8825)
    assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for trace in (SECRET, b"Secret Phone", b"Exif", b"http://ns.adobe"):
        assert trace not in copy


def test_text_in_a_png_does_not_come_along() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET.decode())
    written = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(written, "PNG", pnginfo=words)
    assert SECRET in written.getvalue()
    copy = plain_copy(written.getvalue())
    assert SECRET not in copy
    # What was see-through is white, not black.
    assert min(Image.open(io.BytesIO(copy)).getpixel((25, 25))) > 250


def test_a_photo_that_was_held_sideways_stands_upright_and_is_made_smaller() -> None:
    assert Image.open(io.BytesIO(plain_copy(photo((400, 300), turned=True)))).size == (300, 400)
    assert max(Image.open(io.BytesIO(plain_copy(photo((4000, 3000))))).size) == 1_600


def test_what_a_file_is_called_does_not_matter_but_what_it_is() -> None:
    assert media_type_of(photo()) is MediaType.JPEG
    assert media_type_of(b"%PDF-1.7\n...\n%%EOF\n") is MediaType.PDF


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><script>alert(1)</script></html>", "file_kind_not_taken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "file_kind_not_taken"),
        (b"PK\x03\x04" + b"\0" * 100, "file_kind_not_taken"),
        (b"GIF89a" + b"\0" * 100, "file_kind_not_taken"),
        (b"MZ\x90\0" + b"\0" * 100, "file_kind_not_taken"),
        (b"%PDF-1.7 cut off", "file_kind_not_taken"),
        (b" %PDF-1.7\n%%EOF", "file_kind_not_taken"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "picture_of_apple"),
        (b"\xff\xd8\xff\xe0<html><script>alert(1)</script>", "picture_not_readable"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "picture_not_readable"),
        (b"RIFF\x10\0\0\0WEBP" + b"\0" * 30, "picture_not_readable"),
        (huge_png(30_000, 30_000), "picture_too_large"),
        (huge_png(6_400, 6_300), "picture_too_large"),
        (huge_png(100, 2_000_000), "picture_too_large"),
        (huge_png(2_000, 2_000), "picture_not_readable"),
        (photo()[:-200], "picture_not_readable"),
        (photo()[:40], "picture_not_readable"),
    ],
)
def test_malicious_and_damaged_files_are_refused_in_one_sentence(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_what_hides_behind_the_end_of_a_picture_does_not_come_along() -> None:
    hidden = b"PK\x03\x04<script>alert(1)</script>"
    assert hidden not in plain_copy(photo() + hidden)
