"""The folder for what people attach, and uploads that never touch a disk unsealed."""

import io
from typing import IO, cast

from flask import Flask, Request, current_app

from tracker.db.sealed_files import SealedFiles

_NAME = "tracker.files"


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
