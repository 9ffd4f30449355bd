"""The package for Windows: an embedded Python, the program and its libraries in one folder, which needs no installing.

    python deploy/windows/package.py --python python-3.12.8-embed-amd64.zip --out kokoonpano-windows.zip

``--python`` is the "Windows embeddable package (64-bit)" of https://www.python.org/downloads/windows/: pip cannot get
it, so a person does. The libraries come by pip, for Windows whatever machine this runs on; ``--wheels FOLDER`` takes
them from a folder instead. docs/running.md says what of it was tried and what only Windows can show.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: The folder inside the package, and that of the libraries in it.
FOLDER, LIBRARIES = "Kokoonpano", r"Lib\site-packages"
#: The file that says where the embedded Python looks for modules; its name tells the version.
PATHS = re.compile(r"python3(\d+)\._pth")
#: Zip entries have a time; the same one, so that the same files give the same package.
MOMENT = (2000, 1, 1, 0, 0, 0)

APP = '@echo off\r\ncd /d %USERPROFILE%\r\n"%~dp0python.exe" -m selection app --example %*\r\npause\r\n'
COMMAND = '@echo off\r\n"%~dp0python.exe" -m selection %*\r\n'
TELLS = """Kokoonpano

fi  Kaksoisnapsauta Kokoonpano.cmd: sovellus avautuu selaimeen. Mitään ei asenneta. Komentorivillä: selection.cmd.
sv  Dubbelklicka på Kokoonpano.cmd: programmet öppnas i webbläsaren. Inget installeras. På kommandoraden: selection.cmd.
en  Double-click Kokoonpano.cmd: the app opens in the browser. Nothing is installed. On the command line: selection.cmd.
"""


class PackageError(Exception):
    """The package cannot be made of what was given; the text says of what, and what to do."""


def minor_version(embedded: zipfile.ZipFile) -> int:
    """The minor version of the embedded Python: 12 of 3.12.

    Raises
    ------
    PackageError
        where it is no embeddable package, or older than 3.11.
    """
    found = [PATHS.fullmatch(name) for name in embedded.namelist()]
    versions = [int(match[1]) for match in found if match is not None]
    if len(versions) != 1 or "python.exe" not in embedded.namelist():
        raise PackageError("--python: no Windows embeddable package of Python (python3…._pth and python.exe in it)")
    if versions[0] < 11:
        raise PackageError(f"--python: this is Python 3.{versions[0]}; 3.11 or newer is needed")
    return versions[0]


def pip_command(minor: int, target: Path, wheels: Path | None) -> list[str]:
    """The call of pip that puts the program and its libraries, as they are for Windows, into a folder."""
    source = [] if wheels is None else ["--no-index", "--find-links", str(wheels)]
    return [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"),
        *("--target", str(target), "--platform", "win_amd64", "--python-version", f"3.{minor}"),
        *("--implementation", "cp", "--only-binary", ":all:", *source),
    ]


def own_wheel(folder: Path) -> Path:
    """The wheel of the program itself, built from this checkout."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True)
    return next(folder.glob("selection-*.whl"))


def entries(embedded: zipfile.ZipFile, libraries: Path) -> Iterator[tuple[str, bytes]]:
    """Path inside the package and contents: Python, the libraries, and what a person clicks.

    Raises
    ------
    PackageError
        where a library is for another system than Windows.
    """
    minor = minor_version(embedded)
    for name in sorted(embedded.namelist()):
        if not name.endswith("/") and PATHS.fullmatch(name) is None:
            yield name, embedded.read(name)
    paths = f"python3{minor}.zip\r\n.\r\n{LIBRARIES}\r\nimport site\r\n"
    yield f"python3{minor}._pth", paths.encode("ascii")
    for file in sorted(libraries.rglob("*")):
        if not file.is_file() or "__pycache__" in file.parts:
            continue
        inside = file.relative_to(libraries).as_posix()
        if file.suffix in (".so", ".dylib"):
            raise PackageError(f"{inside}: a library of another system; pip took a wheel that is not for Windows")
        yield f"{LIBRARIES.replace(chr(92), '/')}/{inside}", file.read_bytes()
    yield "Kokoonpano.cmd", APP.encode("ascii")
    yield "selection.cmd", COMMAND.encode("ascii")
    yield "LUE-LÄS-READ.txt", TELLS.replace("\n", "\r\n").encode("utf-8-sig")


def write(embedded: Path, libraries: Path, out: Path) -> int:
    """Write the package and return how many files it holds."""
    with zipfile.ZipFile(embedded) as python, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        count = 0
        for name, contents in entries(python, libraries):
            package.writestr(zipfile.ZipInfo(f"{FOLDER}/{name}", MOMENT), contents, zipfile.ZIP_DEFLATED)
            count += 1
        return count


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the package; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--python", type=Path, required=True, help="Windows embeddable package of Python, a zip")
    parser.add_argument("--wheels", type=Path, help="a folder of wheels for Windows, in place of the package index")
    parser.add_argument("--out", type=Path, default=Path("kokoonpano-windows.zip"))
    given = parser.parse_args(arguments)
    try:
        with zipfile.ZipFile(given.python) as embedded:
            minor = minor_version(embedded)
        with tempfile.TemporaryDirectory() as work:
            libraries, built = Path(work, "libraries"), Path(work, "built")
            wheel = own_wheel(built)
            subprocess.run([*pip_command(minor, libraries, given.wheels), str(wheel)], check=True)
            count = write(given.python, libraries, given.out)
    except (PackageError, OSError, zipfile.BadZipFile) as error:
        print(error, file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as error:
        print(f"pip ended with {error.returncode}: its message stands above", file=sys.stderr)
        return 2
    print(f"{given.out}: {count} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
