"""What a log must not hold although a library writes it: the secret half of a link."""

from __future__ import annotations

import logging
import re

SECRET = re.compile(r"(/weitermachen/)[\w%-]+")


class WithoutSecrets(logging.Filter):
    """Django logs the address of a refused request; a link to a draft is told without its token."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if SECRET.search(said):
            record.msg, record.args = SECRET.sub(r"\1…", said), ()
        return True
