"""Word forms are filled field by field as plain text; what acts, loads, bursts or is no Word file is refused."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.desk import Invalid
from motcua.dossiers.model.applicant import Applicant, Sex
from motcua.reports.forms.model import FormApplicant, FormFacts, FormPaper
from motcua.reports.forms.word import fill_form, list_fields
from motcua.reports.forms.word_fields import FIELDS, UNFILLED, list_unknown_fields, make_word_values
from motcua.settings.model import Unit

AN = Applicant("Nguyễn Văn An", "001090012345", "1960-11-29", Sex.MALE, "Số 5 phố Huế", "0912345678", "an@example.vn")
AT = datetime(2026, 11, 29, 8, 30, tzinfo=UTC)
FACTS = FormFacts(
    Unit("UBND phường Mẫu", "Trung tâm"), "MC-261129-0001", "Đăng ký khai tử", FormApplicant("Nguyễn Văn An"), AT,
    officer="Phạm Hoa", papers=(FormPaper("Tờ khai"), FormPaper("Giấy báo tử")), received_at=AT, due_at=AT,
)  # fmt: skip


def make_docx(*pieces: str) -> bytes:
    """Return a Word file with one paragraph of these pieces, and a field in a table, a header and a footer."""
    document = Document()
    paragraph = document.add_paragraph()
    for place, piece in enumerate(pieces):
        run = paragraph.add_run(piece)
        run.bold = place % 2 == 1
        run.font.size = Pt(13)
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "Số: {{ ma_ho_so }}"
    document.sections[0].header.paragraphs[0].text = "{{don_vi}}"
    document.sections[0].footer.paragraphs[0].text = "Ngày {{ngay}}/{{thang}}/{{nam}}"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read_texts(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    section = document.sections[0]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = (*document.paragraphs, *section.header.paragraphs, *section.footer.paragraphs)
    return [item.text for item in paragraphs if item.text] + cells


def rewrite(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.thorough
def test_fields_are_filled_in_text_tables_headers_and_footers() -> None:
    content = make_docx("Tôi là {{ho_ten}}, sinh ngày {{ngay_sinh}}, ", "{{gioi_tinh}}", "; nộp: {{giay_to}}.")
    assert list_fields(content)[:4] == ["ho_ten", "ngay_sinh", "gioi_tinh", "giay_to"]
    assert list_unknown_fields(list_fields(content)) == []
    assert read_texts(fill_form(content, make_word_values(FACTS, AN))) == [
        "Tôi là Nguyễn Văn An, sinh ngày 29/11/1960, Nam; nộp: Tờ khai; Giấy báo tử.",
        "UBND phường Mẫu",
        "Ngày 29/11/2026",
        "Số: MC-261129-0001",
    ]


def test_who_was_erased_is_left_to_be_written_by_hand() -> None:
    values = make_word_values(FACTS, None)
    assert values.keys() == FIELDS.keys()
    assert {values[name] for name in ("ho_ten", "so_dinh_danh", "ngay_sinh", "gioi_tinh", "dia_chi")} == {UNFILLED}


@pytest.mark.thorough
@settings(max_examples=30)
@given(st.lists(st.integers(1, 12), max_size=8))
def test_a_field_that_word_divided_is_filled_all_the_same(cuts: list[int]) -> None:
    text, pieces = "A {{ho_ten}} B {{ma_ho_so}} C", []
    for cut in cuts:
        pieces.append(text[:cut])
        text = text[cut:]
    filled = fill_form(make_docx(*pieces, text), make_word_values(FACTS, AN))
    assert read_texts(filled)[0] == "A Nguyễn Văn An B MC-261129-0001 C"


@pytest.mark.thorough
@pytest.mark.parametrize(
    "name",
    ["{{ma_ho_so}}", "{{ 7*7 }}", "{% for x in y %}", "</w:t><w:t>", "&amp;<b>", "a\x00\x0b\ud800b", "{{ho_ten}}"],
)
def test_what_somebody_typed_is_neither_field_nor_command_nor_markup(name: str) -> None:
    values = {**make_word_values(FACTS, AN), "ho_ten": name}
    texts = read_texts(fill_form(make_docx("{{ho_ten}} {{ho_ten}}"), values))
    plain = name.replace("\x00\x0b\ud800", "")
    assert texts[0] == f"{plain} {plain}"


@pytest.mark.thorough
def test_unknown_fields_and_commands_are_named() -> None:
    content = make_docx("{{ho_ten}} {{ten}} {{ho ten}} {{}} {{config.items()}} {% include 'x' %} {# y #}")
    assert list_unknown_fields(list_fields(content)) == [
        "ten", "ho ten", "", "config.items()", "{% include 'x' %}", "{# y #}",
    ]  # fmt: skip


def add_part(name: str, data: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: data})


def put_into(name: str, before: bytes, after: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert before in parts[name]
        parts[name] = parts[name].replace(before, after, 1)

    return change


RELATION = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
RELS = "word/_rels/document.xml.rels"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (add_part("word/vbaProject.bin"), "template.active"),
        (add_part("word/embeddings/oleObject1.bin"), "template.active"),
        (add_part("word/activeX/activeX1.xml"), "template.active"),
        (
            put_into(
                "[Content_Types].xml",
                b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"vnd.ms-word.document.macroEnabled.main+xml",
            ),
            "template.active",
        ),
        (
            put_into(
                RELS, b"</Relationships>",
                RELATION + b'attachedTemplate" Target="http://x/y.dotm" TargetMode="External"/></Relationships>',
            ),
            "template.outside",
        ),
        (
            put_into(
                RELS, b"</Relationships>",
                RELATION + b'image" Target="http://x/y.png" TargetMode="External"/></Relationships>',
            ),
            "template.outside",
        ),
        (put_into("word/document.xml", b"?>", b"?><!DOCTYPE x [<!ENTITY y 'z'>]>"), "template.broken"),
        (put_into("word/document.xml", b"<w:body>", b"<w:body"), "template.broken"),
        (lambda parts: parts.pop("word/document.xml"), "template.broken"),
        (lambda parts: parts.pop("[Content_Types].xml"), "template.broken"),
        (lambda parts: parts.update({f"word/x{n}.bin": b"" for n in range(400)}), "template.large"),
        (add_part("word/media/bomb.bin", bytes(40 * 1024 * 1024)), "template.large"),
    ],
)  # fmt: skip
def test_what_acts_loads_or_bursts_is_refused(change: Callable[[dict[str, bytes]], None], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        list_fields(rewrite(make_docx("{{ho_ten}}"), change))
    assert refusal.value.code == code


@pytest.mark.thorough
def test_a_link_that_one_clicks_may_lead_outside() -> None:
    link = RELATION + b'hyperlink" Target="http://x/y" TargetMode="External"/></Relationships>'
    content = rewrite(make_docx("{{ho_ten}}"), put_into(RELS, b"</Relationships>", link))
    assert "ho_ten" in list_fields(content)


@pytest.mark.thorough
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_by_name(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", make_docx("{{ho_ten}}")[:900]):
        with pytest.raises(Invalid, match=r"Word"):
            list_fields(start + content)


def test_too_many_bytes_are_refused_before_anything_is_read() -> None:
    with pytest.raises(Invalid) as refusal:
        list_fields(b"PK" + bytes(3 * 1024 * 1024))
    assert refusal.value.code == "template.large"
