"""What people send is told by its bytes: pictures are drawn anew, PDFs looked through, the rest refused in words that say what to do."""

import io
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from eventapp.core.errors import Refusal
from eventapp.documents import errors
from eventapp.documents.uploads import Accepts, file_name, take
from tests.support.files import PROGRAM, SVG, huge_png, huge_webp, moving, packed, pdf, picture, with_an_archive_in_it


def refused(content: bytes, accepts: Accepts, name: str = "logo.png") -> type[Refusal] | None:
    """Say which refusal a file gets; it stands at the field that sent it."""
    try:
        take(content, name, accepts, field="logo")
    except Refusal as refusal:
        told = refusal
    else:
        return None
    assert (told.field, told.status) == ("logo", 422)
    return type(told)


def noisy(size: tuple[int, int]) -> Image.Image:
    return Image.frombytes("RGB", size, random.Random(7).randbytes(size[0] * size[1] * 3))


def written(image: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_drawn_anew_at_most_so_large_and_tells_nothing_else(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x8825] = "secret place", {1: "N", 2: (33.0, 35.0, 0.0)}
    sent = written(noisy((1600, 400)), kind, exif=exif.tobytes())
    assert b"secret place" in sent
    kept = take(sent, "../My logo.PNG", Accepts.PICTURE, longest_side=1024)
    drawn = Image.open(io.BytesIO(kept.content))
    assert (drawn.format, drawn.size, kept.width, kept.height, kept.media_type, kept.name) == ("WEBP", (1024, 256), 1024, 256, "image/webp", "My logo.webp")
    assert (b"secret place" in kept.content, dict(drawn.getexif()), drawn.info.get("icc_profile")) == (False, {}, None)
    assert len(kept.content) < len(sent)


def test_a_picture_keeps_its_transparency_its_small_size_and_its_right_side_up() -> None:
    clear = take(written(Image.new("RGBA", (30, 20), (255, 0, 0, 0)), "PNG"), "x", Accepts.PICTURE)
    assert Image.open(io.BytesIO(clear.content)).convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]
    exif = Image.Exif()
    exif[0x0112] = 6  # the telephone was held upright
    turned = take(written(Image.new("RGB", (400, 200), "red"), "JPEG", exif=exif.tobytes()), "x", Accepts.PICTURE)
    assert (clear.width, clear.height, turned.width, turned.height) == (30, 20, 200, 400)
    deep = take(written(Image.new("I;16", (30, 20), 65_000), "PNG"), "x", Accepts.PICTURE)
    assert Image.open(io.BytesIO(deep.content)).convert("L").getpixel((5, 5)) in range(250, 256)


PNG, JPEG = picture(size=(300, 300)), written(noisy((300, 300)), "JPEG")
WRONG_PICTURES = {
    "nothing": (b"", errors.NothingSent),
    "too many bytes": (PNG + b"\0" * (5 << 20), errors.TooHeavy),
    "60,000 pixels": (huge_png(), errors.PictureTooLarge),
    "a WebP of 16,384 pixels": (huge_webp(), errors.PictureTooLarge),
    "one pixel too wide": (written(Image.new("1", (5001, 10)), "PNG"), errors.PictureTooLarge),
    "an animated WebP": (moving(), errors.PictureMoves),
    "an animated PNG": (moving("PNG"), errors.PictureMoves),
    "an animated bomb": (moving(frames=80), errors.PictureMoves),
    "a GIF": (written(Image.new("P", (9, 9)), "GIF"), errors.NotPicture),
    "a PNG cut short": (PNG[: len(PNG) // 2], errors.PictureDamaged),
    "a JPEG cut short": (JPEG[: len(JPEG) // 2], errors.PictureDamaged),
    "a head alone": (b"\x89PNG\r\n\x1a\n", errors.PictureDamaged),
    "a picture and an archive": (with_an_archive_in_it(PNG), errors.HidesAnother),
    "a picture and a page": (PNG + b"<SCRIPT>alert(1)</SCRIPT>", errors.HidesAnother),
    "a renamed program": (PROGRAM, errors.IsProgram),
    "a renamed script": (b"#!/bin/sh\nrm -rf /\n", errors.IsProgram),
    "an SVG": (SVG, errors.IsDrawing),
    "a PDF": (pdf(), errors.NotPicture),
    "words": (b"logo", errors.NotPicture),
}


@pytest.mark.parametrize("what", WRONG_PICTURES)
def test_what_is_no_good_picture_is_refused_by_what_it_is(what: str) -> None:
    content, why = WRONG_PICTURES[what]
    begun = time.process_time()
    assert refused(content, Accepts.PICTURE) is why
    assert time.process_time() - begun < 5, "it was looked into further than needed"


def test_a_pdf_is_kept_as_it_is() -> None:
    sent = pdf(packed(b"4 0 << /Type /Font /Name /JSMin >>"), packed(b"1 0 0 1 72 720 cm BT (JavaScript) Tj ET", b"/Filter /FlateDecode"))
    kept = take(sent, "Attestation d'assurance 2018.PDF", Accepts.ANY)
    assert (kept.content, kept.media_type, kept.name, kept.width) == (sent, "application/pdf", "Attestation d'assurance 2018.pdf", None)
    assert refused(picture(), Accepts.ANY) is None


SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
WRONG_PAPERS = {
    "a script": (pdf(SCRIPT), errors.PdfActive),
    "a script spelt in numbers": (pdf(SCRIPT.replace(b"/JavaScript", b"/J#61vaScr#69pt")), errors.PdfActive),
    "a packed script": (pdf(packed(b"9 0 " + SCRIPT)), errors.PdfActive),
    "a packed script far down": (pdf(packed(b" " * ((1 << 20) - 20) + SCRIPT + b" " * 5_000_000)), errors.PdfActive),
    "a launch": (pdf(b"<< /S /Launch /F (calc.exe) >>"), errors.PdfActive),
    "a file in it": (pdf(b"<< /Type /EmbeddedFile /Length 0 >>\nstream\n\nendstream"), errors.PdfActive),
    "a form with programs": (pdf(b"<< /XFA [ 5 0 R ] >>"), errors.PdfActive),
    "encryption": (pdf(trailer=b"/Encrypt 9 0 R"), errors.PdfLocked),
    "objects packed in an unusual way": (pdf(packed(b"9 0 x", b"/Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode]")), errors.PdfDamaged),
    "a bomb": (pdf(packed(b"\0" * (200 << 20))), errors.PdfDamaged),
    "cut short": (pdf(packed(b"x" * 5000))[:-40], errors.PdfDamaged),
    "an archive too": (with_an_archive_in_it(pdf()), errors.HidesAnother),
    "too many bytes": (pdf() + b"\0" * (10 << 20), errors.TooHeavy),
    "a picture": (picture(), errors.NotPdf),
    "a program": (PROGRAM, errors.IsProgram),
    "words": (b"insurance", errors.NotPdf),
}


@pytest.mark.parametrize("what", WRONG_PAPERS)
def test_what_is_no_good_pdf_is_refused_by_what_it_is(what: str) -> None:
    content, why = WRONG_PAPERS[what]
    assert refused(content, Accepts.PDF, "insurance.pdf") is why


def test_where_either_will_do_the_refusal_names_both() -> None:
    assert [refused(content, Accepts.ANY) for content in (b"words", PROGRAM, SVG, huge_png())] == [
        errors.NotPaper,
        errors.IsProgram,
        errors.IsDrawing,
        errors.PictureTooLarge,
    ]


@given(st.binary(max_size=300), st.sampled_from([b"", PNG[:60], JPEG[:200], huge_webp(), pdf(), b"RIFF\xff\0\0\0WEBPVP8L", b"%PDF-"]), st.integers(0, 300))
@settings(max_examples=300, deadline=None)
def test_no_bytes_break_it(noise: bytes, begun: bytes, at: int) -> None:
    for accepts in Accepts:
        refused(begun[:at] + noise + begun[at:], accepts)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("C:\\fakepath\\plan du stand.PDF", "plan du stand.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ("..", "document.pdf"),
        ("a\r\nSet-Cookie: b=c;.pdf", "aSet-Cookie b=c.pdf"),
        ("تأمين.pdf", "تأمين.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        ("", "document.pdf"),
    ],
)
def test_the_name_of_a_file_is_one_that_every_system_takes(sent: str, kept: str) -> None:
    assert file_name(sent, "pdf") == kept
