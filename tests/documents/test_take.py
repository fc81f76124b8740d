"""What people send: taken in, turned upright, stripped, or refused with a sentence that helps."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pillow_heif
import pypdfium2
import pytest
from PIL import Image

from kiepe.base.documents import actions, queries, sandbox, vault
from kiepe.base.documents.models import Preview, StoredFile
from kiepe.base.kernel.refusal import Refused
from tests.documents.papers import changed_pdf, corner_picture, plain_pdf, saved, upload

pytestmark = pytest.mark.django_db
ORIENTATION = 0x0112


def taken(data: bytes, name: str = "Brief.pdf") -> StoredFile:
    return actions.take(upload(data, name), purpose="evidence")


def refused(data: bytes, name: str = "Brief.pdf") -> Refused:
    """The refusal; and no row and no blob is left."""
    before = blobs()
    with pytest.raises(Refused) as said:
        taken(data, name)
    assert said.value.status == 422
    assert said.value.remedy
    assert not StoredFile.objects.exists()
    assert blobs() == before
    return said.value


def blobs() -> set[Path]:
    return {Path(place, name) for place, _, names in os.walk(vault.folder()) for name in names}


def test_clean_pdf_stays_byte_for_byte() -> None:
    data = plain_pdf(pages=3)
    file = taken(data, "Mietvertrag 2024.pdf")
    assert queries.content(file) == data
    assert (file.name, file.pages, file.content_type, file.flattened, file.size) == (
        "Mietvertrag 2024.pdf", 3, "application/pdf", False, len(data)
    )  # fmt: skip


def corner(file: StoredFile) -> tuple[float, float]:
    """Where on the first page the red corner lies: share from the left and from the top."""
    with pypdfium2.PdfDocument(queries.content(file)) as shown:
        image = shown[0].render(scale=1).to_pil().convert("RGB")
    red = [
        (x, y)
        for x in range(0, image.width, 4)
        for y in range(0, image.height, 4)
        if (pixel := image.getpixel((x, y))) and isinstance(pixel, tuple) and pixel[0] > 180 and pixel[1] < 90
    ]
    return sum(x for x, _ in red) / len(red) / image.width, sum(y for _, y in red) / len(red) / image.height


@pytest.mark.parametrize(("orientation", "turned"), [(1, None), (3, 180), (6, 90), (8, 270)])
def test_photograph_is_turned_upright(orientation: int, turned: int | None) -> None:
    """EXIF 2.32, 4.6.4 A: 6 is 'the 0th row is the visual right-hand side', so the camera was held turned by 90°."""
    seen = corner_picture()
    stored = seen if turned is None else seen.rotate(turned, expand=True)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    file = taken(saved(stored, "JPEG", exif=exif, quality=95), "IMG_0001.JPG")
    left, top = corner(file)
    assert left < 0.25
    assert top < 0.25
    assert file.name == "IMG_0001.pdf"


def test_metadata_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kamera von Erika"
    exif.get_ifd(0x8825)[1] = "N"
    data = saved(corner_picture(), "JPEG", exif=exif, comment=b"Wohnzimmer")
    assert b"Kamera von Erika" in data
    content = queries.content(taken(data, "foto.jpeg"))
    assert b"Kamera" not in content
    assert b"Wohnzimmer" not in content
    assert b"Exif" not in content


def test_heic_of_a_phone() -> None:
    out = io.BytesIO()
    pillow_heif.from_pillow(corner_picture(640, 480)).save(out, quality=80)
    file = taken(out.getvalue(), "IMG_2024.HEIC")
    left, top = corner(file)
    assert (left < 0.25, top < 0.25) == (True, True)
    assert (file.name, file.content_type) == ("IMG_2024.pdf", "application/pdf")


def gps() -> Image.Exif:
    """EXIF as a phone writes it: the town hall of Münster, 51° 57' 46" N, 7° 37' 42" E (EXIF 2.32, 4.6.6)."""
    exif = Image.Exif()
    place = exif.get_ifd(0x8825)
    place.update({1: "N", 2: (51.0, 57.0, 46.0), 3: "E", 4: (7.0, 37.0, 42.0), 29: "2026:11:20"})
    return exif


def names_a_place(data: bytes) -> bool:
    with Image.open(io.BytesIO(data)) as image:
        return bool(image.getexif().get_ifd(0x8825))


def images_of(content: bytes) -> list[bytes]:
    """Every picture in a PDF, as it lies there."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        return [one.read_raw_bytes() for one in found if one.get("/Subtype") == "/Image"]


@pytest.mark.parametrize("form", ["JPEG", "HEIF"])
def test_the_place_of_a_photograph_is_gone(form: str) -> None:
    pillow_heif.register_heif_opener()
    data = saved(corner_picture(640, 480), form, exif=gps().tobytes())
    assert names_a_place(data)  # control: the place can be read before
    content = queries.content(taken(data, f"IMG_0001.{form}"))
    assert b"Exif" not in content
    assert b"2026:11:20" not in content
    for picture in images_of(content):
        assert not names_a_place(picture)


def test_the_places_of_photographs_inside_a_pdf_are_gone_and_their_pixels_stay() -> None:
    photo = saved(corner_picture(), "JPEG", exif=gps().tobytes(), quality=95)

    def with_photo(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(
            photo, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=300, Height=200, BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(P=image)
        pdf.pages[0].Contents = pdf.make_stream(b"300 0 0 200 0 0 cm /P Do")

    data = changed_pdf(with_photo)
    assert [names_a_place(one) for one in images_of(data)] == [True]
    (kept,) = images_of(queries.content(taken(data)))
    assert not names_a_place(kept)
    with Image.open(io.BytesIO(kept)) as now, Image.open(io.BytesIO(photo)) as before:
        assert now.tobytes() == before.tobytes()


@pytest.mark.parametrize(
    ("form", "options"), [("JPEG", {}), ("JPEG", {"progressive": True}), ("PNG", {"compress_level": 1})]
)
def test_fifty_megapixels_become_legible_and_small(form: str, options: dict[str, Any]) -> None:
    """8,160 x 6,120: what a phone of 2026 makes. A4 at 300 dpi, where letters are sharp, has 3,508 pixels."""
    data = saved(corner_picture(8_160, 6_120), form, **options)
    file = taken(data, "gross.jpg")
    with pikepdf.open(io.BytesIO(queries.content(file))) as pdf:
        (image,) = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
        assert (int(image.Width), int(image.Height)) == (3_508, 2_631)
    assert file.photo
    assert file.size < 2_000_000
    left, top = corner(file)
    assert (left < 0.25, top < 0.25) == (True, True)


def where_is_red(image: Image.Image) -> tuple[bool, bool]:
    """Whether the red corner lies at the left, and whether at the top."""
    small = image.convert("RGB").resize((2, 2))
    reds = {(x, y): small.getpixel((x, y))[1] for x in (0, 1) for y in (0, 1)}  # type: ignore[index]  # RGB: a triple
    x, y = min(reds, key=lambda at: reds[at])
    return x == 0, y == 0


@pytest.mark.parametrize(
    ("turns", "left", "top"), [(0, True, True), (1, False, True), (2, False, False), (3, True, False)]
)
def test_turning_turns_what_is_shown_and_leaves_the_bytes(turns: int, left: bool, top: bool) -> None:
    """The red corner at the top left goes clockwise round the page, a quarter at a time."""
    file = taken(saved(corner_picture(), "JPEG", quality=95), "foto.jpg")
    before = queries.content(file)
    for _ in range(turns):
        actions.turn(file, 90)
    file.refresh_from_db()
    assert queries.content(file) == before
    with Image.open(io.BytesIO(queries.page_image(file, 1, 300))) as shown:
        assert where_is_red(shown) == (left, top)
        assert shown.width == 300
    with pypdfium2.PdfDocument(queries.as_shown(file)) as pdf:
        assert where_is_red(pdf[0].render(scale=1).to_pil()) == (left, top)


def test_several_files_become_one_pdf_in_their_order_and_turned() -> None:
    contract, photo = taken(plain_pdf(pages=2)), taken(saved(corner_picture(), "JPEG", quality=95), "foto.jpg")
    actions.turn(photo, -90)
    with pypdfium2.PdfDocument(queries.together([photo, contract])) as pdf:
        assert len(pdf) == 3
        assert where_is_red(pdf[0].render(scale=1).to_pil()) == (True, False)
        assert "Mietvertrag" in pdf[1].get_textpage().get_text_range()


def test_the_small_picture_is_kept_encrypted_and_goes_with_the_file() -> None:
    file = taken(saved(corner_picture(1600, 1200), "JPEG"), "foto.jpg")
    small = queries.preview(file)
    assert small is not None
    with Image.open(io.BytesIO(small)) as image:
        assert max(image.size) == 320
        assert where_is_red(image) == (True, True)
    assert b"JFIF" not in bytes(Preview.objects.get().data)
    actions.remove(file)
    assert not Preview.objects.exists()


def pdf_bomb() -> bytes:
    """A few kB whose only page is 8 GB of drawing, packed twice."""
    packed, times = zlib.compressobj(9, wbits=-zlib.MAX_WBITS), 800
    zeros = packed.compress(bytes(10_000_000)) + packed.flush(zlib.Z_FULL_FLUSH)  # after it the same bytes say the same
    adler = (10_000_000 * times % 65_521 << 16 | 1).to_bytes(4)  # of zeros alone, RFC 1950
    body = b"\x78\xda" + zeros * times + packed.flush() + adler

    def change(pdf: pikepdf.Pdf) -> None:
        names = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
        pdf.pages[0].Contents = pdf.make_stream(zlib.compress(body, 9), Filter=names)

    return changed_pdf(change, compress_streams=False)  # packing them anew would unpack them here first


def zip_bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("Kontoauszug.pdf", bytes(50_000_000))
    return data.getvalue()


def test_transparent_png_lies_on_white() -> None:
    image = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    with pypdfium2.PdfDocument(queries.content(taken(saved(image, "PNG"), "Bild.png"))) as shown:
        assert shown[0].render(scale=1).to_pil().convert("RGB").getpixel((20, 20)) == (255, 255, 255)


def test_sixteen_bit_scan_keeps_its_grey() -> None:
    image = Image.new("I;16", (40, 40), 0x8000)
    with pypdfium2.PdfDocument(queries.content(taken(saved(image, "PNG"), "Scan.png"))) as shown:
        pixel = shown[0].render(scale=1).to_pil().convert("L").getpixel((10, 10))
    assert isinstance(pixel, int)
    assert 120 <= pixel <= 136


def open_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def nested_script(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("x"))
    pdf.pages[0].Annots = pikepdf.Array(
        [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 9, 9]), A=action)]
    )


def launch(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["rechnung.xml"] = b"<x/>"


@pytest.mark.parametrize("change", [open_script, nested_script, launch, attachment])
def test_active_pdf_is_kept_flat(change: Callable[[pikepdf.Pdf], None]) -> None:
    data = changed_pdf(change)
    assert b"JavaScript" not in data  # compressed: a mere search for words would miss it
    file = taken(data)
    assert file.flattened
    content = queries.content(file)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert not pdf.attachments
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages"}
    with pypdfium2.PdfDocument(content) as shown:  # what was to be seen is still to be seen
        dark = shown[0].render(scale=1).to_pil().convert("L").histogram()[:100]
    assert sum(dark) > 50


def test_filled_form_is_drawn_with_what_was_typed() -> None:
    """A form with a script loses the script and keeps the person's words."""

    def form(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(
            b"/Tx BMC q BT /F1 20 Tf 2 5 Td (450 Euro) Tj ET Q EMC",
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=pikepdf.Array([0, 0, 200, 30]),
            Resources=pdf.pages[0].Resources,
        )  # fmt: skip
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T=pikepdf.String("miete"),
                V=pikepdf.String("450 Euro"),
                Rect=pikepdf.Array([72, 300, 272, 330]),
                F=4,
                AP=pikepdf.Dictionary(N=look),
                AA=pikepdf.Dictionary(K=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("x"))),
            )
        )
        pdf.pages[0].Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))

    file = taken(changed_pdf(form))
    assert file.flattened
    with pypdfium2.PdfDocument(queries.content(file)) as shown:
        image = shown[0].render(scale=1).to_pil().convert("L").crop((72, 842 - 330, 272, 842 - 300))
    assert sum(image.histogram()[:100]) > 30


def png_bomb() -> bytes:
    """10 kB that say 30,000 x 30,000 pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(3_751 * 30_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def encrypted_pdf() -> bytes:
    return plain_pdf(encryption=pikepdf.Encryption(user="geheim", owner="geheim"))


def dynamic_xfa() -> bytes:
    return changed_pdf(lambda pdf: pdf.Root.__setitem__("/NeedsRendering", True))


def huge_page() -> bytes:
    return changed_pdf(lambda pdf: pdf.pages[0].__setitem__("/MediaBox", pikepdf.Array([0, 0, 200_000, 10])))


def heic_broken() -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(corner_picture(640, 480)).save(out)
    data = out.getvalue()
    return data[: len(data) // 2]


@pytest.mark.parametrize(
    ("make", "name", "says", "helps"),
    [
        (lambda: b"", "leer.pdf", "leer", "noch einmal"),
        (lambda: b"%PDF-1.7\n" + bytes(30_000_001), "gross.pdf", "30 MB", "teilen Sie sie"),
        (lambda: plain_pdf(101), "lang.pdf", "101 Seiten", "nur die Seiten"),
        (encrypted_pdf, "Kontoauszug.pdf", "Passwort", "Als PDF speichern"),
        (dynamic_xfa, "Formular.pdf", "besonderen Programm", "Als PDF speichern"),
        (huge_page, "Plan.pdf", "auf Papier nicht", "DIN A4"),
        (lambda: b"%PDF-1.7\nund dann nichts mehr", "kaputt.pdf", "beschädigt", "fotografieren"),
        (lambda: plain_pdf()[:200], "halb.pdf", "beschädigt", "fotografieren"),
        (lambda: saved(corner_picture(), "JPEG")[:700], "halb.jpg", "unvollständig", "noch einmal"),
        (heic_broken, "halb.heic", "unvollständig", "noch einmal"),
        (png_bomb, "klein.png", "220 Megapixel", "kleinere Auflösung"),
        (lambda: b"MZ\x90\x00" + bytes(500), "Mietvertrag.pdf", "Programm", "PDF-Dateien und Fotos"),
        (zip_bomb, "Unterlagen.pdf", "ZIP", "als PDF"),
        (pdf_bomb, "Unterlagen.pdf", "zu viel Zeit oder Speicher", "fotografieren"),
        (lambda: plain_pdf(300), "Akte.pdf", "300 Seiten", "nur die Seiten"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "Foto.jpg", "SVG", "PDF"),
        (lambda: b"PK\x03\x04" + bytes(500), "Vertrag.docx", "Textdokumente", "als PDF"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bild.svg", "SVG", "PDF"),
        (lambda: b"<?xml version='1.0'?><x/>", "bild.pdf", "XML", "PDF"),
        (lambda: saved(corner_picture(), "GIF"), "bild.gif", "Bilder dieser Art", "JPEG"),
        (lambda: b"Hallo, das ist nur Text.", "text.pdf", "dieser Art", "PDF-Dateien und Fotos"),
    ],
)
def test_refusal_says_what_is_wrong_and_what_helps(make: Callable[[], bytes], name: str, says: str, helps: str) -> None:
    said = refused(make(), name)
    assert says in said.why
    assert helps in said.remedy


def test_owner_password_alone_is_no_obstacle() -> None:
    """Banks forbid changes by a password that nobody needs for reading."""
    data = plain_pdf(encryption=pikepdf.Encryption(user="", owner="bank"))
    assert queries.content(taken(data)) == data


def test_bytes_that_kill_the_reader_leave_the_web_worker_alive(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A parser that eats memory, loops, or dies: each becomes the same kind sentence."""
    for trouble in (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**28, 2**28)); bytearray(2**30)",
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass",
        "import os; os.kill(os.getpid(), 11)",
        "import time; time.sleep(60)",
    ):
        script = tmp_path / "reader.py"
        script.write_text(trouble)
        monkeypatch.setattr(sandbox, "READER", script)
        monkeypatch.setattr(sandbox, "SECONDS", 3)
        assert refused(plain_pdf()).remedy


@pytest.mark.parametrize(("bound", "ends"), [("_bound();", False), ("", True)])
def test_reader_bounds_its_memory(bound: str, ends: bool) -> None:
    """Three gigabytes are not to be had after `_bound`; without it they are (control)."""
    words = f"import reader; reader.{bound} bytearray(3_000_000_000)" if bound else "bytearray(3_000_000_000)"
    done = subprocess.run([sys.executable, "-c", words], cwd=sandbox.READER.parent, capture_output=True, check=False)
    assert (done.returncode == 0) is ends
    assert ends or b"MemoryError" in done.stderr


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Erika\\Miete.pdf", "Miete.pdf"),
        ("Muster\u202efdp.exe", "Musterfdp.exe.pdf"),
        ("Ü" * 300 + ".pdf", "Ü" * 114 + ".pdf"),
        ("Quittung\r\nSet-Cookie: x.pdf", "QuittungSet-Cookie x.pdf"),
        ("A\u0308nderung.JPG", "Änderung.pdf"),
        (".pdf", "Unterlage.pdf"),
    ],
)
def test_names_are_cleaned(sent: str, shown: str) -> None:
    file = upload(plain_pdf(), "x.pdf")
    file.__dict__["_name"] = sent  # past Django's own cleaning, so that ours is seen to work
    assert actions.take(file, purpose="evidence").name == shown
