"""Reads bytes that strangers sent, in a process of its own. Run as a script: no Django, no settings, no secrets.

    reader.py take               PDF, JPEG, PNG or HEIC on stdin; a safe PDF on stdout, and a small picture of it
    reader.py page N WIDTH TURN  a PDF on stdin; page N (from 1), turned clockwise by TURN degrees, as PNG
    reader.py join SIZE:TURN …   PDFs on stdin, one after the other; all their pages in one PDF, turned

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
MAX_PIXELS = 220_000_000  # the largest sensors of phones have 200 megapixels
LONG_EDGE = 3_508  # more makes no letter more legible: A4 at 300 dpi
PREVIEW = 320  # pixels of the small picture's longer side
FLAT_DPI = 150
MAX_POINTS = 14_400  # PDF's own limit of a page's side: 200 inches
A4_INCHES = (8.27, 11.69)
MAX_OBJECTS = 400_000
MEMORY = 2_600_000_000  # a HEIC of 200 megapixels needs 2.2 GB
CPU_SECONDS = 30
UNDATED: dict[str, Any] = {"creationDate": None, "modDate": None}  # the same picture twice is the same file twice

HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
SHRINKABLE = {"RGB", "RGBA", "L", "LA", "CMYK"}  # modes in which Pillow averages pixels; others become RGB first
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
    """A PDF that is safe to keep and to show, with the small picture (JPEG) behind it, and what is known of it."""
    about, body, small = _pdf(data) if (what := kind(data)) == "pdf" else _image(data, what)
    small.thumbnail((PREVIEW, PREVIEW))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=70)
    preview = out.getvalue()
    return {**about, "photo": what != "pdf", "preview": len(preview)}, body + preview


def _pdf(data: bytes) -> tuple[dict[str, Any], bytes, Any]:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as parsed:
            if "/NeedsRendering" in parsed.Root:
                raise No("xfa")
            active = is_active(parsed)
            data = data if active else _without_place(parsed, data)
    except pikepdf.PasswordError:
        raise No("encrypted") from None
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise No("broken") from None
    with _opened(data) as shown:
        pages = len(shown)
        if pages == 0:
            raise No("broken")
        if pages > MAX_PAGES:
            raise No(f"pages {pages}")
        for number in range(pages):
            if not all(1 <= side <= MAX_POINTS for side in shown.get_page_size(number)):
                raise No("page_size")
        small = _render(shown, 0, PREVIEW, PREVIEW)  # what cannot be shown at all is not kept
        return {"pages": pages, "flattened": active}, (_flat(shown) if active else data), small


def _without_place(parsed: Any, data: bytes) -> bytes:
    """The PDF without the places where its photographs were taken; byte for byte as it was where it names none.

    Phones put photographs into a PDF as they are, EXIF with GPS included (EXIF 2.32, 4.6.6); XMP repeats it in words.
    """
    import pikepdf

    found = False
    for thing in parsed.objects:
        if not isinstance(thing, pikepdf.Stream):
            continue
        if thing.get("/Subtype") == "/Image" and _plain_jpeg(thing):
            raw = thing.read_raw_bytes()
            bare = _without_exif(raw)
            if bare is not None:
                thing.write(bare, filter=pikepdf.Name.DCTDecode)
                found = True
        elif thing.get("/Type") == "/Metadata" and b"GPSL" in thing.read_bytes():
            thing.write(b"")
            found = True
    if not found:
        return data
    out = io.BytesIO()
    parsed.save(out)
    return out.getvalue()


def _plain_jpeg(thing: Any) -> bool:
    """Whether an image's stream is a JPEG and nothing else."""
    import pikepdf

    named = thing.get("/Filter")
    filters = [str(one) for one in named] if isinstance(named, pikepdf.Array) else [str(named)]
    return filters == ["/DCTDecode"] and "/DecodeParms" not in thing


def _without_exif(jpeg: bytes) -> bytes | None:
    """The JPEG without EXIF and XMP (APP1, ISO 10918-1 B.2.4.6) if they name a place; None where nothing does."""
    from PIL import Image

    at, kept, names_place = 2, [jpeg[:2]], False
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1] not in {0xDA, 0xD9}:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        segment = jpeg[at:end]
        if segment[1] == 0xE1 and segment[4:10] == b"Exif\0\0":
            exif = Image.Exif()
            exif.load(segment[4:])
            names_place = names_place or bool(exif.get_ifd(0x8825))
        elif segment[1] == 0xE1:
            names_place = names_place or b"GPSL" in segment
        if segment[1] != 0xE1:
            kept.append(segment)
        at = end
    return b"".join([*kept, jpeg[at:]]) if names_place else None


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


def _image(data: bytes, what: str) -> tuple[dict[str, Any], bytes, Any]:
    """A photograph or scan, upright, on one page, with nothing of its metadata (place, device, time)."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # our own bound follows
    if what == "heic":
        _allow_heic()
    try:
        with Image.open(io.BytesIO(data), formats=[FORMATS[what]]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise No("pixels")
            image.draft("RGB", (LONG_EDGE, LONG_EDGE))  # a JPEG is decoded smaller where it may be
            image.load()
            upright = _plain(ImageOps.exif_transpose(_legible(image)))
    except (OSError, ValueError, SyntaxError, EOFError, RuntimeError, Image.DecompressionBombError):
        raise No("broken_image") from None
    sides = A4_INCHES if upright.width <= upright.height else A4_INCHES[::-1]
    dpi = max(72.0, upright.width / sides[0], upright.height / sides[1])
    out = io.BytesIO()
    upright.save(out, "PDF", resolution=dpi, quality=85, **UNDATED)
    return {"pages": 1, "flattened": False}, out.getvalue(), upright


def _allow_heic() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)
    pillow_heif.options.DECODE_THREADS = 1  # each thread takes address space, which is bounded
    pillow_heif.options.DISABLE_SECURITY_LIMITS = True  # libheif's own bound is below 200 megapixels; ours came first


def _legible(image: Any) -> Any:
    """At most LONG_EDGE pixels long, before anything copies it: 200 megapixels in memory twice are too many."""
    from PIL import ImageOps

    if image.mode not in SHRINKABLE:
        image = _plain(ImageOps.exif_transpose(image))
    image.thumbnail((LONG_EDGE, LONG_EDGE), reducing_gap=2.0)
    return image


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


def page(data: bytes, number: int, width: int, turn: int) -> tuple[dict[str, Any], bytes]:
    """Page `number`, counted from 1, turned clockwise by `turn` degrees (0, 90, 180, 270), as PNG `width` wide."""
    with _opened(data) as shown:
        if not 1 <= number <= len(shown):
            raise No("no_page")
        out = io.BytesIO()
        box = (width, width * 3) if turn % 180 == 0 else (width * 3, width)
        _render(shown, number - 1, *box).rotate(-turn, expand=True).save(out, "PNG")
        return {"pages": len(shown)}, out.getvalue()


def join(data: bytes, parts: list[str]) -> tuple[dict[str, Any], bytes]:
    """All pages of several PDFs in one, in order; `parts` says of each how long it is and how it is turned."""
    import pikepdf

    at, out = 0, io.BytesIO()
    try:
        with pikepdf.new() as whole:
            for part in parts:
                size, turn = (int(number) for number in part.split(":"))
                with pikepdf.open(io.BytesIO(data[at : at + size])) as one:
                    for sheet in one.pages:
                        sheet.rotate(turn, relative=True)
                    whole.pages.extend(one.pages)
                    at += size
            pages = len(whole.pages)
            whole.save(out)
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise No("broken") from None
    return {"pages": pages}, out.getvalue()


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file at all
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def _done(verb: str, arguments: list[str], data: bytes) -> tuple[dict[str, Any], bytes]:
    if verb == "take":
        return take(data)
    if verb == "join":
        return join(data, arguments)
    number, width, turn = (int(argument) for argument in arguments)
    return page(data, number, width, turn)


def main(arguments: list[str]) -> None:
    """Answer once and end."""
    _bound()
    logging.disable(logging.CRITICAL)
    data = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        about, body = _done(arguments[0], arguments[1:], data)
        answer, rest = {"ok": about}, body
    except No as no:
        answer, rest = {"no": str(no)}, b""
    except MemoryError:
        answer, rest = {"no": "bomb"}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + rest)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
