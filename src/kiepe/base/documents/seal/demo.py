"""A seal for demos: a real signature in the PDF, by a certificate that nobody vouches for and that says so.

It shows the way of a sealed notice and finds every changed byte. It is no qualified seal and proves nothing to
anybody else: start-up refuses it outside of a demo.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pikepdf
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs7
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext as _

from kiepe.base.documents.seal.port import Sealed
from kiepe.base.kernel import keys

HOLDER = "VORFÜHRUNG – kein qualifiziertes Siegel"
ROOM = 4096  # bytes for the signature in the PDF
FAR = 9_999_999_999  # holds the place of the four numbers of /ByteRange, in the width that they may need
_RANGE = re.compile(rb"/ByteRange \[ 0 (\d{10}) (\d{10}) (\d{10}) \]")
_CONTENTS = re.compile(rb"/Contents <([0-9a-fA-F]{%d})>" % (2 * ROOM))


class DemoSeal:
    """Implements port.Seal."""

    name = "demo"
    qualified = False

    def words(self) -> str:
        """What it is not."""
        return _("Dieses PDF trägt ein Vorführ-Siegel. Es ist kein qualifiziertes elektronisches Siegel.")

    def seal(self, pdf: bytes, *, at: datetime) -> bytes:
        """Add a signature field that is not shown, and sign every byte but the signature itself."""
        data = bytearray(_prepared(pdf, at))
        place = _CONTENTS.search(data)
        numbers = _RANGE.search(data)
        if place is None or numbers is None:
            raise ValueError("the place of the signature was not written as expected")
        start, end = place.start(1) - 1, place.end(1) + 1  # the angle brackets belong to the signature
        for group, number in zip((1, 2, 3), (start, end, len(data) - end), strict=True):
            data[numbers.start(group) : numbers.end(group)] = b"%010d" % number
        signature = _signed(bytes(data[:start] + data[end:]))
        data[start + 1 : end - 1] = signature.hex().encode().ljust(2 * ROOM, b"0")
        return bytes(data)

    def read(self, pdf: bytes) -> Sealed | None:
        """The seal, if it is ours and covers the whole file as it is."""
        found = _RANGE.search(pdf)
        if found is None:
            return None
        start, end, rest = (int(one) for one in found.groups())
        if not 0 < start < end or end + rest != len(pdf):
            return None
        try:
            _check(bytes.fromhex(pdf[start + 1 : end - 1].decode("ascii")), pdf[:start] + pdf[end:])
            return Sealed(HOLDER, _said_at(pdf), self.qualified)
        except (ValueError, InvalidSignature, pikepdf.PdfError):
            return None


SEAL = DemoSeal()


def _prepared(pdf: bytes, at: datetime) -> bytes:
    """The PDF with an empty signature field; without object streams, so that the place can be found and filled."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        value = pikepdf.Dictionary(
            Type=pikepdf.Name.Sig,
            Filter=pikepdf.Name("/Adobe.PPKLite"),
            SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
            ByteRange=pikepdf.Array([0, FAR, FAR, FAR]),
            Contents=pikepdf.String(bytes(ROOM)),
            Name=pikepdf.String(HOLDER),
            M=pikepdf.String(f"D:{at.astimezone(UTC):%Y%m%d%H%M%S}Z"),
        )
        page = document.pages[0]
        field = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Sig,
                T=pikepdf.String("Siegel"),
                TU=pikepdf.String(HOLDER),
                V=document.make_indirect(value),
                Rect=pikepdf.Array([0, 0, 0, 0]),  # not shown: PDF/A asks no appearance of such a field
                F=132,
                P=page.obj,
            )
        )
        page.obj.Annots = pikepdf.Array([*page.obj.get("/Annots", pikepdf.Array()), field])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)
        out = io.BytesIO()
        document.save(
            out, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True, fix_metadata_version=False
        )
    return out.getvalue()


def _key() -> ec.EllipticCurvePrivateKey:
    """Follows from the signing key, so that a demo needs no key of its own."""
    raw = keys.signing_key(settings.KEYS).private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"kiepe demo seal 1").derive(raw)
    return ec.derive_private_key(int.from_bytes(derived) >> 1 | 1, ec.SECP256R1())


def _certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOLDER)])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2050, 1, 1, tzinfo=UTC))
        .sign(key, SHA256())
    )


def _signed(data: bytes) -> bytes:
    """A detached CMS signature straight over the data, so that `_check` finds it at the end of the structure."""
    key = _key()
    builder = pkcs7.PKCS7SignatureBuilder().set_data(data).add_signer(_certificate(key), key, SHA256())
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoAttributes]
    return builder.sign(Encoding.DER, options)


def _check(padded: bytes, data: bytes) -> None:
    """Raises InvalidSignature or ValueError unless the signature is ours over this data."""
    cms = padded[: _length(padded)]
    tag = max(at for at in range(len(cms) - 76, len(cms) - 2) if cms[at] == 4 and cms[at + 1] == len(cms) - at - 2)
    _key().public_key().verify(cms[tag + 2 :], data, ec.ECDSA(SHA256()))


def _length(der: bytes) -> int:
    """The whole length of the first DER element."""
    if len(der) < 4 or der[0] != 0x30:
        raise ValueError("no signature")
    if der[1] < 0x80:
        return 2 + der[1]
    size = der[1] & 0x7F
    return 2 + size + int.from_bytes(der[2 : 2 + size])


def _said_at(pdf: bytes) -> datetime:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        said = str(document.Root.AcroForm.Fields[0].V.M)
    return datetime.strptime(said, "D:%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
