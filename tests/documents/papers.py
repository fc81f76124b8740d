"""Files as people send them, good and bad, made here so that each test says what is wrong with its file."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/x-whatever")


def plain_pdf(pages: int = 1, words: str = "Mietvertrag", **save: Any) -> bytes:
    """A PDF with one line of text a page."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=(595, 842))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.Contents = pdf.make_stream(f"BT /F1 24 Tf 72 700 Td ({words}) Tj ET".encode())
        return _saved(pdf, **save)


def changed_pdf(change: Any, **save: Any) -> bytes:
    """A PDF after `change(pdf)`, its objects in compressed object streams: a search for words would find nothing."""
    with pikepdf.open(io.BytesIO(plain_pdf())) as pdf:
        change(pdf)
        return _saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate, **save)


def _saved(pdf: pikepdf.Pdf, **save: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **save)
    return out.getvalue()


def corner_picture(width: int = 300, height: int = 200) -> Image.Image:
    """White, with a red corner at the top left."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((0, 0, width // 4, height // 4), fill="red")
    return image


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
