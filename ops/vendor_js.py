"""Fetches the browser libraries in static/vendor from npm, at the versions named here.

They are kept in the repository because `make run` has Python and nothing else. Each folder
holds the files that are served, as their authors published them but for the last line that names
a source map (we don't serve those, and collectstatic stops at a name that leads nowhere), and
their licence.
"""

import re
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

SOURCE_MAP = re.compile(rb"^//# sourceMappingURL=.*\n?", re.MULTILINE)
VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"


@dataclass(frozen=True)
class Library:
    name: str
    version: str
    files: tuple[str, ...]


LIBRARIES: tuple[Library, ...] = (
    Library("hls.js", "1.7.4", ("dist/hls.light.min.mjs", "LICENSE")),
    Library("tus-js-client", "4.3.1", ("dist/tus.min.js", "LICENSE")),
    Library("trix", "2.1.19", ("dist/trix.esm.min.js", "LICENSE")),
)


def fetch(library: Library, scratch: Path) -> None:
    packed = subprocess.run(
        ["npm", "pack", "--silent", f"{library.name}@{library.version}"],  # noqa: S607 - npm, wherever it is
        cwd=scratch,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    with tarfile.open(scratch / packed) as archive:
        archive.extractall(scratch / library.name, filter="data")
    target = VENDOR / f"{library.name}-{library.version}"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for file in library.files:
        content = (scratch / library.name / "package" / file).read_bytes()
        (target / Path(file).name).write_bytes(SOURCE_MAP.sub(b"", content))


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for library in LIBRARIES:
            fetch(library, Path(scratch))
            print(f"{library.name} {library.version}")


if __name__ == "__main__":
    main()
