"""The QR symbol, read back by a reader that is not ours."""

import re

import pytest
import zxingcpp
from PIL import Image
from qrcode.exceptions import DataOverflowError

from eventapp.badges import qr
from tests.badges.corpus import TOKEN

LONGEST = f"HTTPS://{'A' * 22}.SHOW.EXAMPLE/B/{TOKEN}"


def picture(modules: qr.Modules, scale: int = 4, quiet: int = qr.QUIET) -> Image.Image:
    side = len(modules) + 2 * quiet
    image = Image.new("L", (side, side), 255)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + quiet, y + quiet), 0)
    return image.resize((side * scale, side * scale), Image.Resampling.NEAREST)


@pytest.mark.parametrize("text", [f"HTTP://127.0.0.1:8000/B/{TOKEN}", f"HTTPS://A.MA/B/{TOKEN}", LONGEST])
def test_a_symbol_of_version_7_m_is_read_back(text: str) -> None:
    modules = qr.modules(text)
    read = zxingcpp.read_barcodes(picture(modules))
    assert [(code.text, code.ec_level) for code in read] == [(text, "M")]
    assert {len(row) for row in modules} == {len(modules)} == {qr.SIDE}


def test_a_host_of_35_characters_just_fits() -> None:
    assert len(LONGEST) == 178
    with pytest.raises(DataOverflowError):
        qr.modules(f"{LONGEST}A")


def test_the_path_draws_exactly_the_dark_modules() -> None:
    modules = qr.modules(LONGEST)
    drawn = {(int(x) + i, int(y)) for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", qr.path(modules)) for i in range(int(width))}
    assert drawn == {(x, y) for y, row in enumerate(modules) for x, dark in enumerate(row) if dark}
    assert qr.svg(LONGEST).count('viewBox="-4 -4 53 53"') == 1
