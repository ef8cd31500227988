"""`motcua camera` as a person or a program uses it."""

import csv
import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.cli.commands import run
from motcua.vision.errors import ModelError
from motcua.vision.model_file import ENVIRONMENT, MODEL_BYTES, install_model
from motcua.vision.score import NEEDED
from tests.face_model import require_extra, require_model, require_rows
from tests.faces import load_portrait
from tests.waiting import PATIENCE_S

NO_EXTRA = "import sys; sys.modules['mediapipe'] = None; from motcua.__main__ import main; sys.exit(main())"


def call(*arguments: str | Path, folder: Path, language: str = "en", **environment: str) -> tuple[int, str, str]:
    """Run `motcua camera …` in a process of its own: it gives up its network."""
    command = [sys.executable, "-m", "motcua", "camera", *map(str, arguments)]
    return call_program(command, folder, LANG=language, LC_ALL=language, **environment)


def call_program(command: list[str], folder: Path, **environment: str) -> tuple[int, str, str]:
    done = subprocess.run(  # noqa: S603
        command, cwd=folder, env=os.environ | environment, capture_output=True, timeout=PATIENCE_S, check=False
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.process
def test_every_photo_gets_one_line_whatever_it_is(tmp_path: Path) -> None:
    from PIL import Image

    require_model()
    portrait = Image.fromarray(load_portrait())
    folder = tmp_path / "Ảnh chụp"
    folder.mkdir()
    portrait.save(folder / "cười.png")
    portrait.convert("L").save(folder / "grey.jpg")
    exif = Image.Exif()
    exif[0x0112] = 6
    portrait.transpose(Image.Transpose.ROTATE_90).save(folder / "on its side.jpg", exif=exif)
    Image.new("RGB", (300, 200), "white").save(folder / "white.webp")
    (folder / "notes.png").write_text("no picture", encoding="utf-8")
    code, out, problems = call("score", folder, "nowhere.jpg", "--json", folder=tmp_path)
    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, problems) == (0, "")
    assert [Path(line["file"]).name for line in lines] == [
        "cười.png", "grey.jpg", "notes.png", "on its side.jpg", "white.webp", "nowhere.jpg",
    ]  # fmt: skip
    assert [list(line) for line in lines] == [["file", "faces", "score", "quality", "reason"]] * 6
    smiles = [line for line in lines if line["score"] is not None]
    assert [Path(line["file"]).name for line in smiles] == ["cười.png", "grey.jpg", "on its side.jpg"]
    for line in smiles:
        assert (line["faces"], line["reason"]) == (1, None)
        assert 90 <= line["score"] <= 100
        assert 90 <= line["quality"] <= 100
    unread = {"faces": 0, "score": None, "quality": 0}
    assert [line for line in lines if line["score"] is None] == [
        {"file": str(folder / "notes.png"), **unread, "reason": "unreadable"},
        {"file": str(folder / "white.webp"), **unread, "reason": "no_face"},
        {"file": "nowhere.jpg", **unread, "reason": "unreadable"},
    ]


@pytest.mark.process
def test_people_read_a_table_in_their_language(tmp_path: Path) -> None:
    require_model()
    assert call("score", "nowhere.jpg", folder=tmp_path) == (0, "  -  nowhere.jpg  (the picture cannot be read)\n", "")
    vietnamese = call("score", "nowhere.jpg", folder=tmp_path, language="vi")
    assert vietnamese == (0, "  -  nowhere.jpg  (không đọc được ảnh)\n", "")


@pytest.mark.process
def test_without_the_model_or_the_libraries_one_line_says_what_to_do(tmp_path: Path) -> None:
    require_extra()
    code, out, problem = call("score", "a.jpg", "--json", folder=tmp_path, **{ENVIRONMENT: ""})
    assert (code, out) == (2, "")
    assert problem == "There is no face model in agent-data/face_landmarker.task. Fetch it with: motcua camera " + (
        "install-model\n"
    )
    command = [sys.executable, "-c", NO_EXTRA, "camera", "score", "a.jpg"]
    model = str(require_model())
    code, out, problem = call_program(command, tmp_path, LC_ALL="en", **{ENVIRONMENT: model})
    assert (code, out, len(problem.splitlines())) == (2, "", 1)
    assert "libraries are not installed" in problem


class ModelHandler(http.server.BaseHTTPRequestHandler):
    """Serves what may come instead of the model."""

    def do_GET(self) -> None:
        content = {"/wrong": bytes(MODEL_BYTES), "/endless": bytes(MODEL_BYTES * 2), "/short": b"x"}.get(self.path)
        self.send_response(200 if content else 404)
        self.send_header("Content-Length", str(len(content or b"") + (5 if self.path == "/short" else 0)))
        self.end_headers()
        try:
            self.wfile.write(content or b"")
        except OSError:
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), ModelHandler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/wrong", "is not the face model"),
        ("/endless", "is not the face model"),
        ("/short", "is not the face model"),
        ("/none", "cannot be fetched"),
    ],
)
def test_what_is_not_the_model_is_never_installed(tmp_path: Path, address: str, path: str, words: str) -> None:
    with pytest.raises(ModelError, match=words):
        install_model(None, tmp_path / "new" / "model", lambda _path, _content: pytest.fail("written"), address + path)
    assert not (tmp_path / "new").exists()


def test_a_network_that_is_away_is_said_with_the_way_round_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="--from FILE"):
        install_model(None, tmp_path / "model", lambda _path, _content: None, "http://127.0.0.1:9/model")


@pytest.mark.thorough
def test_the_model_is_installed_from_a_file_and_a_wrong_one_leaves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model = require_model()
    monkeypatch.setenv("LC_ALL", "en")
    monkeypatch.chdir(tmp_path)
    wrong = tmp_path / "wrong.task"
    wrong.write_bytes(b"PK")
    installed = tmp_path / "agent-data" / "face_landmarker.task"
    for arguments, code in (
        (["--from", str(model)], 0),
        ([], 0),  # it is there already: nothing is fetched
        (["--from", str(wrong)], 1),
        (["--from", "nowhere"], 1),
        (["--from", str(tmp_path)], 1),
        (["--from", str(model), "--to", str(tmp_path / "other")], 0),
        (["--from", str(model), "--to", str(wrong)], 1),
    ):
        assert run(["camera", "install-model", *arguments]) == code, arguments
    assert installed.read_bytes() == model.read_bytes()
    assert (tmp_path / "other" / "face_landmarker.task").stat().st_size == MODEL_BYTES
    words = capsys.readouterr()
    assert "is not the face model" in words.err
    assert "already" in words.out


@pytest.mark.thorough
def test_a_calibration_prints_what_to_set(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LC_ALL", "en")
    rows = str(require_rows())
    assert run(["camera", "calibrate", rows, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["slope"], figures["offset"], figures["happy"], figures["neutral"]) == (2.52, 3.26, 699, 700)
    assert figures["auc"] >= 0.95
    assert run(["camera", "calibrate", rows]) == 0
    assert capsys.readouterr().out.startswith('[camera]\nslope = "2.52"\noffset = "3.26"\n')


def test_a_line_that_cannot_be_used_is_named_and_the_rest_is_fitted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "en")
    path = tmp_path / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["emotion", *NEEDED])
        for number in range(60):
            smile = number / 60
            writer.writerow(["happiness" if number % 3 else "neutral", smile * (number % 3), smile, 0, 0, 0])
        writer.writerow(["neutral", "a lot", 0, 0, 0, 0])
        writer.writerow(["neutral"])
    assert run(["camera", "calibrate", str(path)]) == 1
    words = capsys.readouterr()
    for line in (62, 63):
        assert f"{path}, line {line}: `mouthSmileLeft` is not a number from 0 to 1" in words.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "has no column `emotion`"),
        (b"emotion,mouthSmileLeft\nneutral,0\n", "has no column `mouthSmileRight`"),
        ("emotion,été\n".encode("latin-1"), "UTF-8"),
        ("emotion\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_a_file_that_is_no_table_of_faces_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    words: str,
) -> None:
    monkeypatch.setenv("LC_ALL", "en")
    (tmp_path / "rows.csv").write_bytes(content)
    assert run(["camera", "calibrate", str(tmp_path / "rows.csv")]) == 2
    assert words in capsys.readouterr().err
