"""The modules that every page has, tested by Node as they are served."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = sorted((ROOT / "tests/web").glob("*.test.mjs"))


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.name.removesuffix(".test.mjs"))
def test_the_modules_of_every_page(file: Path) -> None:
    node = shutil.which("node")
    assert node, "Node is needed, as for the browser's parts"
    done = subprocess.run([node, "--test", str(file)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout
