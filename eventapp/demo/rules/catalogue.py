"""Example entries of the catalogue: what a firm of its trade would say, and a drawn mark with its first letters."""

import io
import math

from PIL import Image, ImageDraw, ImageFont

from eventapp.demo.rules.companies import Company

WITH_TEXTS, WITH_LOGO = 40, 24
_SIDE, _POINTS = 320, 8
_COLOURS = ("#0b6e69", "#17202b", "#b8560f", "#1f4468", "#7a1f3d", "#2f6b2f")
_TRADES = {
    "subcontracting": ("la sous-traitance mécanique de précision", "المناولة الميكانيكية الدقيقة", "precision subcontracting"),
    "metal_transformation": ("la transformation des métaux", "تحويل المعادن", "metal transformation"),
    "sheet_metal": ("le travail de la tôle", "تشكيل الصفائح المعدنية", "sheet metal work"),
    "plastics": ("la plasturgie technique", "البلاستيك التقني", "technical plastics"),
    "electronics": ("l’électronique industrielle", "الإلكترونيات الصناعية", "industrial electronics"),
    "industrial_services": ("les services à l’industrie", "الخدمات الصناعية", "services to industry"),
    "machine_tools": ("la machine-outil", "آلات التشغيل", "machine tools"),
    "microtechnique": ("la microtechnique", "التقنيات الدقيقة", "microtechnique"),
}


def about(firm: Company, number: int) -> dict[str, str]:
    """Write what a firm says about itself, in all three languages by most."""
    french, arabic, english = _TRADES[firm.sector]
    texts = {
        "fr": f"Exemple généré pour la démonstration : {firm.name} présente à {firm.city} et sur son stand ses solutions pour {french}, des petites séries au contrôle final.",
        "ar": f"مثال مولَّد للعرض التوضيحي: تعرض {firm.name_ar} حلولها في مجال {arabic}، من السلاسل الصغيرة إلى المراقبة النهائية.",
        "en": f"An example made for the demo: {firm.name} of {firm.city} shows its solutions for {english}, from small series to final inspection.",
    }
    return texts if number % 4 else {language: text for language, text in texts.items() if language != "ar"}


def logo(firm: Company, number: int) -> bytes:
    """Draw a mark: a star or a ring in the firm's colour with the first letters of its name, as a PNG without a background."""
    colour, middle = _COLOURS[number % len(_COLOURS)], _SIDE / 2
    picture = Image.new("RGBA", (_SIDE, _SIDE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    if number % 2:
        pen.ellipse((8, 8, _SIDE - 8, _SIDE - 8), fill=colour)
    else:
        turns = [(math.pi * step / _POINTS, middle - 8 if step % 2 == 0 else middle * 0.76) for step in range(2 * _POINTS)]
        pen.polygon([(middle + far * math.cos(angle), middle + far * math.sin(angle)) for angle, far in turns], fill=colour)
    letters = "".join(word[0] for word in firm.name.split()[:2]).upper()
    pen.text((middle, middle), letters, fill="white", anchor="mm", font=ImageFont.load_default(size=120))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
