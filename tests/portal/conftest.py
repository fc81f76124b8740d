"""The people and cases of tests/cases, in their own area."""

from tests.cases.conftest import (  # noqa: F401 - fixtures are found by name
    auditor,
    colleague,
    decider,
    example,
    outsider,
    owner,
    stranger,
    submitted,
)
