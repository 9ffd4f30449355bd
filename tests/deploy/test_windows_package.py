"""The package for Windows, as far as another system can try it: its files, its paths, and what it refuses."""

from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def package() -> ModuleType:
    spec = importlib.util.spec_from_file_location("windows_package", ROOT / "deploy/windows/package.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def embedded(folder: Path, minor: int = 12, *, executable: str = "python.exe") -> Path:
    path = folder / "embedded.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(executable, b"MZ")
        made.writestr(f"python3{minor}._pth", f"python3{minor}.zip\r\n.\r\n\r\n#import site\r\n")
    return path


def libraries(folder: Path, *more: str) -> Path:
    made = folder / "libraries"
    for name in ("selection/__init__.py", "selection/__pycache__/old.pyc", *more):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(b"x")
    return made


def test_it_holds_python_the_libraries_and_what_a_person_clicks(package: ModuleType, tmp_path: Path) -> None:
    out = tmp_path / "package.zip"
    count = package.write(embedded(tmp_path), libraries(tmp_path, "highspy/_core.pyd"), out)
    with zipfile.ZipFile(out) as made:
        names = sorted(made.namelist())
        paths = made.read("Kokoonpano/python312._pth").decode().splitlines()
        starts = made.read("Kokoonpano/Kokoonpano.cmd").decode()
    assert count == len(names)
    assert names == [
        "Kokoonpano/Kokoonpano.cmd",
        "Kokoonpano/LUE-LÄS-READ.txt",
        "Kokoonpano/Lib/site-packages/highspy/_core.pyd",
        "Kokoonpano/Lib/site-packages/selection/__init__.py",
        "Kokoonpano/python.exe",
        "Kokoonpano/python312._pth",
        "Kokoonpano/selection.cmd",
    ]
    assert r"Lib\site-packages" in paths and "import site" in paths
    assert '"%~dp0python.exe" -m selection app --example' in starts and "\r\n" in starts


def test_the_same_files_give_the_same_package(package: ModuleType, tmp_path: Path) -> None:
    python, beside = embedded(tmp_path), libraries(tmp_path)
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    package.write(python, beside, first)
    package.write(python, beside, second)
    assert first.read_bytes() == second.read_bytes()


def test_a_library_of_another_system_is_refused(package: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(package.PackageError, match=r"_core\.so"):
        package.write(embedded(tmp_path), libraries(tmp_path, "highspy/_core.so"), tmp_path / "out.zip")


@pytest.mark.parametrize(("minor", "executable"), [(10, "python.exe"), (12, "bin/python3")])
def test_another_python_is_refused(
    package: ModuleType, tmp_path: Path, minor: int, executable: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = embedded(tmp_path, minor, executable=executable)
    assert package.main(["--python", str(path), "--out", str(tmp_path / "out.zip")]) == 2
    assert "--python:" in capsys.readouterr().err
    assert not (tmp_path / "out.zip").exists()


def test_pip_is_asked_for_wheels_of_windows_alone(package: ModuleType, tmp_path: Path) -> None:
    command = package.pip_command(12, tmp_path, tmp_path / "wheels")
    assert command[command.index("--platform") + 1] == "win_amd64"
    assert command[command.index("--python-version") + 1] == "3.12"
    assert command[command.index("--only-binary") + 1] == ":all:" and "--no-index" in command
