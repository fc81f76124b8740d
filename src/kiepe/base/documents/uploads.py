"""Takes in what a browser sends, however large it is, without filling memory or disk.

What is too large is read and dropped, so that the other files and everything typed beside it still arrive: a browser
shows no answer before it has sent everything. Nothing of it has a name in the file system, so a kill leaves nothing.
"""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

if TYPE_CHECKING:
    _Upload = UploadedFile[bytes]
else:
    _Upload = UploadedFile  # generic for the type checker only

MAX_BYTES = 30_000_000  # of one file
MAX_TOGETHER = 300_000_000  # of one request
MAX_FILES = 60  # of one request
MAX_READ = 2_000_000_000  # then we stop listening; the browser then shows its own page


class Sent(_Upload):
    """A file that came. `size` is what was sent; where `dropped` says why, its bytes were not kept.

    `dropped` is a code of sandbox.refusal: `large`, `many`, `together`.
    """

    def __init__(self, file: IO[bytes], name: str, content_type: str, size: int, dropped: str) -> None:
        super().__init__(file, name, content_type, size)
        self.dropped = dropped


class BoundedUpload(FileUploadHandler):
    """Django's upload handler (settings.FILE_UPLOAD_HANDLERS): bounded per file and per request."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._kept = self._read = self._files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._files += 1
        self._body = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the request, by Django
        self._size = 0
        self._dropped = "many" if self._files > MAX_FILES else ""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        size = len(raw_data)
        self._size += size
        self._read += size
        if self._read > MAX_READ:
            raise StopUpload(connection_reset=True)
        if not self._dropped and self._size > MAX_BYTES:
            self._drop("large", self._size - size)
        if not self._dropped and self._kept + size > MAX_TOGETHER:
            self._drop("together", self._size - size)
        if not self._dropped:
            self._body.write(raw_data)
            self._kept += size

    def _drop(self, why: str, written: int) -> None:
        """Give the disk back at once."""
        self._dropped = why
        self._body.seek(0)
        self._body.truncate()
        self._kept -= written

    def file_complete(self, file_size: int) -> Sent:  # noqa: ARG002 - Django counts what we keep, we count what came
        self._body.seek(0)
        return Sent(self._body, self.file_name or "", self.content_type or "", self._size, self._dropped)

    def upload_interrupted(self) -> None:
        if hasattr(self, "_body"):
            self._body.close()
