"""Look at the bytes of a file before any parser does, in one pass and little memory."""

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from tracker.exchange.refusals import UnreadableFile, refuse

MAX_BYTES = 1 << 30
_BLOCK = 1 << 22
_SIGNATURES = (
    (b"PK\x03\x04", "workbook"),
    (b"PK\x05\x06", "damaged_workbook"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_workbook"),
    (b"\x1f\x8b", "binary_file"),
    (b"%PDF", "binary_file"),
    (b"SQLite format 3", "binary_file"),
    (b"PAR1", "binary_file"),
    (b"\x89PNG", "binary_file"),
    (b"\xff\xd8\xff", "binary_file"),
    (b"7z\xbc\xaf", "binary_file"),
)
# A password puts the whole workbook into a stream of this name inside an old container.
_ENCRYPTED_MARK = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class FileFacts:
    """What the bytes say: kind is `workbook`, `json` or `delimited`."""

    kind: str
    sha256: str
    quotes_balanced: bool


def inspect_file(path: Path) -> FileFacts:
    """Tell the kind of a file, or raise UnreadableFile when no parser should see it."""
    if not path.is_file():
        refuse("not_a_file")
    size = path.stat().st_size
    if size == 0:
        refuse("empty_file")
    if size > MAX_BYTES:
        refuse("too_large", bytes=size, limit=MAX_BYTES)
    with path.open("rb") as file:
        head = file.read(4096)
    kind = _kind(head, path)
    if kind == "workbook":
        return FileFacts(kind, _sha256(path), True)
    return _inspect_text(path, kind)


def _kind(head: bytes, path: Path) -> str:
    """Return the kind that the first bytes tell."""
    for signature, meaning in _SIGNATURES:
        if head.startswith(signature):
            if meaning == "old_workbook" and _ENCRYPTED_MARK in path.read_bytes():
                refuse("encrypted_workbook")
            if meaning != "workbook":
                refuse(meaning)
            return meaning
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        refuse("not_utf8", line=1, byte=0, guess="utf-16")
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not text and path.stat().st_size <= len(head):
        refuse("empty_file")
    if text.startswith(b"<"):
        refuse("html_not_csv")
    return "json" if text.startswith((b"[", b"{")) else "delimited"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _inspect_text(path: Path, kind: str) -> FileFacts:
    """Check every byte of a text file: encoding, NUL bytes, and whether quotes close."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    quotes = lines = position = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            if (at := block.find(b"\0")) >= 0:
                refuse("nul_bytes", line=lines + block.count(b"\n", 0, at) + 1)
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                raise _not_utf8(block, error.start - pending, (lines, position)) from None
            quotes += block.count(b'"')
            lines += block.count(b"\n")
            position += len(block)
    if decoder.getstate()[0]:
        refuse("truncated", line=lines + 1)
    return FileFacts(kind, digest.hexdigest(), quotes % 2 == 0)


def _not_utf8(block: bytes, at: int, before: tuple[int, int]) -> UnreadableFile:
    """Build the refusal that says where the first wrong byte stands (bytes count from 0)."""
    at, (lines, position) = max(at, 0), before
    line = lines + block.count(b"\n", 0, at) + 1
    return UnreadableFile("not_utf8", line=line, byte=position + at, guess="windows-1252")
