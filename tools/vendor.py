"""Copy the browser parts that npm installed into static/vendor, where the app serves them from."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES, VENDOR = ROOT / "node_modules", ROOT / "static" / "vendor"

STYLES = [f"bootstrap/dist/css/bootstrap-{part}{end}.min.css" for part in ("reboot", "grid") for end in ("", ".rtl")]
FONTS = {
    **{
        f"@fontsource/ibm-plex-sans/files/ibm-plex-sans-{sub}-{w}-normal.woff2": f"fonts/plex{'' if sub == 'latin' else '-ext'}-{w}.woff2"
        for sub in ("latin", "latin-ext")
        for w in (400, 700)
    },
    **{f"@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-{w}-normal.woff2": f"fonts/plex-arabic-{w}.woff2" for w in (400, 700)},
    **{f"@expo-google-fonts/ibm-plex-sans/{w}/IBMPlexSans_{w}.ttf": f"print/IBMPlexSans_{w}.ttf" for w in ("400Regular", "600SemiBold", "700Bold")},
    **{f"@expo-google-fonts/ibm-plex-sans-arabic/{w}/IBMPlexSansArabic_{w}.ttf": f"print/IBMPlexSansArabic_{w}.ttf" for w in ("400Regular", "600SemiBold", "700Bold")},
}


def main() -> None:
    """Copy styles, fonts and the code reader; drop what was there before."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    parts = {name: Path(name).name for name in STYLES} | FONTS
    for source, to in parts.items():
        (VENDOR / to).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, VENDOR / to)
    for css in VENDOR.glob("*.css"):
        css.write_text("\n".join(line for line in css.read_text().splitlines() if not line.startswith("/*# sourceMappingURL")))
    shutil.copytree(MODULES / "zxing-wasm/dist/es", VENDOR / "zxing/es", ignore=shutil.ignore_patterns("*.d.ts", "full", "writer", "package.json"))
    (VENDOR / "zxing/reader").mkdir(parents=True)
    shutil.copyfile(MODULES / "zxing-wasm/dist/reader/zxing_reader.wasm", VENDOR / "zxing/reader/zxing_reader.wasm")


if __name__ == "__main__":
    main()
