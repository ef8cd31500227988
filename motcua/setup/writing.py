"""Plain settings as a TOML file that people can read and change."""

from typing import Any

import tomlkit

from motcua.setup.parts import PARTS

_HEAD = """\
# CÀI ĐẶT CỦA BỘ PHẬN MỘT CỬA
# Sửa xong thì kiểm tra bằng "motcua config check", rồi nạp lại bằng "motcua config import".
# Không sửa các mã (code): thống kê gắn với mã."""


def write_toml(whole: dict[str, Any]) -> str:
    """Return the plain document as TOML, with short comments."""
    blocks = [_HEAD, f"version = {whole['version']}"]
    for name, part in PARTS.items():
        value = whole[name]
        tables = (
            [f"[[{name}]]\n{_pairs(item)}" for item in value]
            if isinstance(value, list)
            else [f"[{name}]\n{_pairs(value)}"]
        )
        if tables:
            blocks.append(f"# {part.comment}\n" + "\n\n".join(tables))
    return "\n\n".join(blocks) + "\n"


def _pairs(table: dict[str, Any]) -> str:
    lines: list[str] = []
    for key, value in table.items():
        if isinstance(value, dict):
            lines += [f"{key}.{part} = {_value(text)}" for part, text in value.items() if text is not None]
        else:
            lines.append(f"{key} = {_value(value)}")
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rows = ("{ " + ", ".join(f"{key} = {_value(text)}" for key, text in item.items()) + " }" for item in value)
        return "[\n" + "".join(f"    {row},\n" for row in rows) + "]"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str) and "\n" in value:
        return '"""\n' + tomlkit.string(value, multiline=True).as_string().removeprefix('"""')
    return str(tomlkit.item(value).as_string())
