"""The folder for what people attach, and uploads that never touch a disk unsealed."""

import io
from typing import IO, cast

from flask import Flask, Request, Response, current_app, make_response

from tracker.db.sealed_files import SealedFiles
from tracker.domain.attachments import ShownFile

_NAME = "tracker.files"
# Nothing in an attachment runs, loads or frames anything, whatever it holds.
_CLOSED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class InMemoryRequest(Request):
    """A request whose uploads stay in memory: a temporary file would hold them unsealed."""

    def _get_file_stream(self, *_: object, **__: object) -> IO[bytes]:
        return io.BytesIO()


def keep_files(app: Flask, files: SealedFiles) -> None:
    """Give the application the folder that it keeps attachments in."""
    app.extensions[_NAME] = files
    app.request_class = InMemoryRequest


def current_files() -> SealedFiles:
    """Give the folder of attachments of this installation."""
    return cast(SealedFiles, current_app.extensions[_NAME])


def closed_file(shown: ShownFile, name: str) -> Response:
    """Give a file so that nothing in it runs and nothing keeps it; a document is downloaded."""
    answer = make_response(shown.content)
    answer.mimetype = shown.media_type
    picture = shown.media_type.startswith("image/")
    kind, ending = ("inline", "jpg") if picture else ("attachment", "pdf")
    answer.headers["Content-Disposition"] = f'{kind}; filename="{name}.{ending}"'
    answer.headers["Content-Security-Policy"] = _CLOSED
    answer.headers["Cache-Control"] = "no-store"
    return answer
