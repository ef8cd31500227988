"""QR codes as SVG for screens, drawn by segno."""

from io import BytesIO


def draw_svg(text: str) -> str:
    """Return `text` as an SVG element at error level M with a quiet zone of four modules, scaled by its container.

    Its ground is white, on dark pages too: phones do not read dark on dark.
    """
    import segno

    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, border=4, omitsize=True, svgclass="qr", light="#fff"
    )
    return out.getvalue().decode()
