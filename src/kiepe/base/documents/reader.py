"""Reads bytes that strangers sent, in a process of its own. Run as a script: no Django, no settings, no secrets.

    reader.py take           PDF, JPEG, PNG or HEIC on stdin; a safe PDF on stdout
    reader.py page N WIDTH   a PDF on stdin; page N (from 1) as PNG, WIDTH pixels wide

stdout starts with one line of JSON, `{"ok": {...}}` or `{"no": code}`, and the bytes follow. Processor time and
memory are bounded before the first byte is read; whoever starts it sets the wall clock.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import sys
from collections.abc import Iterator
from typing import Any

MAX_PAGES = 100
MAX_PIXELS = 60_000_000
LONG_EDGE = 4_000  # more makes no letter more legible: A4 at 300 dpi has 3,508 pixels
FLAT_DPI = 150
MAX_POINTS = 14_400  # PDF's own limit of a page's side: 200 inches
A4_INCHES = (8.27, 11.69)
MAX_OBJECTS = 400_000
MEMORY = 1_600_000_000
CPU_SECONDS = 20
UNDATED: dict[str, Any] = {"creationDate": None, "modDate": None}  # the same picture twice is the same file twice

HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
FORMATS = {"jpeg": "JPEG", "png": "PNG", "heic": "HEIF"}  # Pillow's names; only the one that the bytes claim is tried
# What makes a PDF act, or carries what its pages do not show (ISO 32000-1, 12.6 and 7.11.4).
ACTING = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound"}
CARRYING = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/FileAttachment", "/3D", "/EmbeddedFile"}


class No(Exception):
    """The file is not taken; the text is a code that the parent turns into a sentence."""


def kind(data: bytes) -> str:
    """What the bytes are, whatever the name says: pdf, jpeg, png or heic. Raises No for anything else."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[4:8] == b"ftyp" and head[8:12] in HEIC:
        return "heic"
    raise No(_other(head))


def _other(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"MZ", b"\x7fELF", b"#!")):
        return "program"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        return "office"
    if start.startswith((b"<svg", b"<?xml", b"<!doctype", b"<html")):
        return "markup"
    if head.startswith((b"GIF8", b"II*\x00", b"MM\x00*", b"BM")) or head[8:12] == b"WEBP" or head[4:8] == b"ftyp":
        return "other_image"
    return "other"


def take(data: bytes) -> tuple[dict[str, Any], bytes]:
    """A PDF that is safe to keep and to show, and what is known of it."""
    return _pdf(data) if (what := kind(data)) == "pdf" else _image(data, what)


def _pdf(data: bytes) -> tuple[dict[str, Any], bytes]:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as parsed:
            if "/NeedsRendering" in parsed.Root:
                raise No("xfa")
            active = is_active(parsed)
    except pikepdf.PasswordError:
        raise No("encrypted") from None
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise No("broken") from None
    with _opened(data) as shown:
        pages = len(shown)
        if pages == 0:
            raise No("broken")
        if pages > MAX_PAGES:
            raise No("pages")
        for number in range(pages):
            if not all(1 <= side <= MAX_POINTS for side in shown.get_page_size(number)):
                raise No("page_size")
        _render(shown, 0, 200, 400)  # what cannot be shown at all is not kept
        return {"pages": pages, "flattened": active}, (_flat(shown) if active else data)


def is_active(parsed: Any) -> bool:
    """Whether a parsed PDF (pikepdf) holds scripts, actions that leave the document, attachments or media."""
    import pikepdf

    seen = 0
    pending: list[Any] = [parsed.trailer, *parsed.objects]
    while pending:
        thing = pending.pop()
        seen += 1
        if seen > MAX_OBJECTS:
            raise No("bomb")
        if isinstance(thing, pikepdf.Array):
            pending.extend(part for part in thing.as_list() if _direct(part))
        elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            if _acts(thing):
                return True
            pending.extend(part for _, part in thing.items() if _direct(part))
    return False


def _direct(part: Any) -> bool:
    """An object that stands inside another one; those with a number of their own are in the list anyway."""
    import pikepdf

    return isinstance(part, (pikepdf.Array, pikepdf.Dictionary)) and not part.is_indirect


def _acts(thing: Any) -> bool:
    keys = thing.keys()
    if not keys.isdisjoint({"/JS", "/EF", "/AA", "/XFA", "/EmbeddedFiles", "/JavaScript"}):
        return True
    if str(thing.get("/S", "")) in ACTING:
        return True
    return str(thing.get("/Subtype", "")) in CARRYING or str(thing.get("/Type", "")) == "/EmbeddedFile"


def _opened(data: bytes) -> Any:
    import pypdfium2

    try:
        shown = pypdfium2.PdfDocument(data)
        shown.init_forms()  # else what was typed into a form would not be drawn
    except pypdfium2.PdfiumError:
        raise No("broken") from None
    return shown


def _render(shown: Any, number: int, width: int, height: int) -> Any:
    """One page as an RGB image that fits into width x height pixels."""
    import pypdfium2

    try:
        page = shown[number]
        wide, high = page.get_size()
        return page.render(scale=min(width / wide, height / high)).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, ValueError):
        raise No("broken") from None


def _flat(shown: Any) -> bytes:
    """The pages as pictures in a new PDF, with nothing else of the old one."""

    def pages() -> Iterator[Any]:
        for number in range(len(shown)):
            wide, high = shown.get_page_size(number)
            yield _render(shown, number, *(min(round(side / 72 * FLAT_DPI) or 1, LONG_EDGE) for side in (wide, high)))

    each = pages()
    out = io.BytesIO()
    next(each).save(out, "PDF", resolution=FLAT_DPI, save_all=True, append_images=each, quality=80, **UNDATED)
    return out.getvalue()


def _image(data: bytes, what: str) -> tuple[dict[str, Any], bytes]:
    """A photograph or scan, upright, on one page, with nothing of its metadata (place, device, time)."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # our own, stricter bound follows
    if what == "heic":
        import pillow_heif

        pillow_heif.register_heif_opener()
    try:
        with Image.open(io.BytesIO(data), formats=[FORMATS[what]]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise No("pixels")
            image.draft("RGB", (LONG_EDGE, LONG_EDGE))  # a JPEG is decoded smaller where it may be
            image.load()
            upright = _plain(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SyntaxError, EOFError, RuntimeError, Image.DecompressionBombError):
        raise No("broken_image") from None
    upright.thumbnail((LONG_EDGE, LONG_EDGE))
    sides = A4_INCHES if upright.width <= upright.height else A4_INCHES[::-1]
    dpi = max(72.0, upright.width / sides[0], upright.height / sides[1])
    out = io.BytesIO()
    upright.save(out, "PDF", resolution=dpi, quality=85, **UNDATED)
    return {"pages": 1, "flattened": False}, out.getvalue()


def _plain(image: Any) -> Any:
    """RGB on white, pixels only."""
    from PIL import Image

    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        seen = image.convert("RGBA")
        white = Image.new("RGB", seen.size, "white")
        white.paste(seen, mask=seen.getchannel("A"))
        return white
    bare = Image.new("RGB", image.size)
    bare.paste(image.convert("RGB"))
    return bare


def page(data: bytes, number: int, width: int) -> tuple[dict[str, Any], bytes]:
    """Page `number`, counted from 1, as PNG."""
    with _opened(data) as shown:
        if not 1 <= number <= len(shown):
            raise No("no_page")
        out = io.BytesIO()
        _render(shown, number - 1, width, width * 3).save(out, "PNG")
        return {"pages": len(shown)}, out.getvalue()


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file at all
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def main(arguments: list[str]) -> None:
    """Answer once and end."""
    _bound()
    logging.disable(logging.CRITICAL)
    data = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        about, body = take(data) if arguments[0] == "take" else page(data, int(arguments[1]), int(arguments[2]))
        answer, rest = {"ok": about}, body
    except No as no:
        answer, rest = {"no": str(no)}, b""
    except MemoryError:
        answer, rest = {"no": "bomb"}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + rest)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
