"""What a PDF must carry for PDF/UA-1 and PDF/A-3a to be claimed and to be of use (ISO 14289-1, ISO 19005-3)."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pikepdf


def lacks(data: bytes) -> set[str]:
    """Names of what is missing; empty for a good file. Not a whole validator: the parts a machine can see quickly."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root
        found = {
            "tagged": "/MarkInfo" in root and bool(root.MarkInfo.get("/Marked", False)),
            "structure": "/StructTreeRoot" in root and {"/H1", "/P"} <= set(_roles(root.StructTreeRoot)),
            "language": str(root.get("/Lang", "")) != "",
            "shows title": "/ViewerPreferences" in root and bool(root.ViewerPreferences.get("/DisplayDocTitle", False)),
            "not encrypted": not pdf.is_encrypted,
            "fonts embedded": _fonts_embedded(pdf),
            **_claims(pdf),
        }
    return {name for name, there in found.items() if not there}


def roles(data: bytes) -> list[str]:
    """The structure types in the order of reading, such as /H1, /P, /Table."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return _roles(pdf.Root.StructTreeRoot)


def _roles(start: object) -> list[str]:
    found: list[str] = []
    pending = [start]
    while pending:
        thing = pending.pop()
        if isinstance(thing, pikepdf.Array):
            pending.extend(reversed(list(thing)))
        elif isinstance(thing, pikepdf.Dictionary):
            if "/S" in thing:
                found.append(str(thing.S))
            if "/K" in thing:
                pending.append(thing.K)
    return found


def _claims(pdf: pikepdf.Pdf) -> dict[str, bool]:
    if "/Metadata" not in pdf.Root:
        return {"PDF/UA-1": False, "PDF/A-3a": False, "title": False}
    xmp = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
    texts = {node.tag: (node.text or "").strip() for node in xmp.iter()}
    for node in xmp.iter():
        texts |= dict(node.attrib.items())
    ua, a = "{http://www.aiim.org/pdfua/ns/id/}", "{http://www.aiim.org/pdfa/ns/id/}"
    return {
        "PDF/UA-1": texts.get(f"{ua}part") == "1",
        "PDF/A-3a": (texts.get(f"{a}part"), texts.get(f"{a}conformance")) == ("3", "A"),
        "title": "{http://purl.org/dc/elements/1.1/}title" in texts,
    }


def _fonts_embedded(pdf: pikepdf.Pdf) -> bool:
    descriptors = [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == pikepdf.Name.FontDescriptor
    ]
    return bool(descriptors) and all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in descriptors)
