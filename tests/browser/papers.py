"""Papers as people have them: photographs from a phone and PDF from an office, real files made on the spot."""

from __future__ import annotations

from pathlib import Path

import typst
from PIL import ExifTags, Image, ImageDraw, ImageFont

SHEET = (1200, 1600)
TABLE = "#8a7a66"  # what the paper lies on


def photographs(folder: Path, title: str, sheets: int) -> list[Path]:
    """One photograph a sheet, a little askew, with the camera and the place in it that a phone writes."""
    return [_photograph(folder / f"{folder.name}-{number}.jpg", title, number) for number in range(1, sheets + 1)]


def _photograph(place: Path, title: str, number: int) -> Path:
    sheet = Image.new("RGB", SHEET, "#fbfaf5")
    drawn = ImageDraw.Draw(sheet)
    drawn.text((90, 110), f"{title}\nBlatt {number}", fill="#222", font=ImageFont.load_default(44))
    body = ImageFont.load_default(28)
    for line in range(24):
        drawn.text(
            (90, 320 + line * 48), f"{line + 1}. Dieses Papier ist erfunden (Vorführung).", fill="#333", font=body
        )
    photo = sheet.rotate(1.5, expand=True, fillcolor=TABLE)
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Muster"
    exif[ExifTags.Base.Orientation] = 1
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    photo.save(place, quality=82, exif=exif)
    return place


def letter(folder: Path, title: str, pages: int) -> Path:
    """A PDF with text, as an office or a bank sends it."""
    text = "Dieses Papier ist erfunden (Vorführung).\n\n" * 12
    source = "\n#pagebreak()\n".join(f"= {title}, Seite {number}\n{text}" for number in range(1, pages + 1))
    place = folder / f"{folder.name}.pdf"
    place.write_bytes(typst.compile(source.encode()))
    return place
