"""The browser's modules, tested by Node as they are served."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = sorted((ROOT / "tests").glob("*/*/*.test.mjs"))


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.name.removesuffix(".test.mjs"))
def test_the_modules_of_the_browser(file: Path) -> None:
    node = shutil.which("node")
    assert node, "Node is needed, as for the browser's parts"
    done = subprocess.run([node, "--test", str(file)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout


def test_every_part_with_modules_has_tests() -> None:
    assert {file.parent.name for file in TESTS} == {"modules", "scanner"}
