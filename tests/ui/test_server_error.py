"""The last page: it comes up without session and database, whatever failed."""

from __future__ import annotations

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory

from kiepe.base.ui.views import server_error


@pytest.mark.parametrize(
    ("trouble", "status"), [(OperationalError("gone"), 503), (InterfaceError("closed"), 503), (KeyError("bug"), 500)]
)
def test_it_needs_no_database(trouble: Exception, status: int) -> None:
    """No mark for the database: a query would fail the test, although the browser sent a session's cookie."""
    request = RequestFactory().get("/meine-vorgaenge/")
    request.COOKIES["kiepe"] = "abc"
    request.session = SessionStore("abc")
    try:
        raise trouble
    except (OperationalError, InterfaceError, KeyError):
        response = server_error(request)
    assert response.status_code == status
    assert "Was Sie vorher gespeichert haben, ist noch da." in response.content.decode()
    assert response.headers.get("Retry-After") == ("10" if status == 503 else None)
