"""A scanner for demonstrations and tests: it knows the EICAR test file and nothing else."""

from __future__ import annotations

from kiepe.base.documents.ports import Finding

# https://www.eicar.org/download-anti-malware-testfile/: 68 harmless bytes that every scanner reports. In two parts, so
# that no scanner reports this file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class DemoScanner:
    """Reports the EICAR test file wherever it stands in the bytes."""

    present = True

    def scan(self, data: bytes) -> Finding:
        return Finding(checked=True, virus="EICAR-Test" if EICAR in data else "")
