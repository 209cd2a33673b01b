"""What a page loads for running code: Pyodide, our modules, the font, the bundled JavaScript."""

import gzip
import hashlib
import io
import json
import shutil
import zipfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cvbook.errors import CvbookError
from cvbook.site import fonts, javascript
from cvbook.site.live import modules, pyodide

HERE = Path(__file__).parent
#: Folder of the site for all of it.
FOLDER = "_static/live"
SERVICE_WORKER = "live_service_worker.js"
#: Modules for cells and exercises; each with what it imports.
LIBRARY = ("arithmetic", "checks", "plots", "reference", "results")
STAMP = (2024, 1, 1, 0, 0, 0)  # in the archive, so that equal contents give equal bytes


class NotAvailable(CvbookError):
    """Code cannot run in the pages of this build."""


@dataclass(frozen=True)
class Live:
    """The files, and what pages need to know about them.

    Attributes
    ----------
    files : dict of str to Path
        Path in the output folder to source.
    entries : dict of str to str
        Path in the output folder of each entry: `cells`, `exercise`.
    manifest : dict
        As `Manifest` in `frontend/protocol.d.ts`, with paths in the output folder.
    """

    files: dict[str, Path]
    entries: dict[str, str]
    manifest: dict[str, Any]


def prepare(work: Path, results: Path) -> Live:
    """Provide all files.

    Parameters
    ----------
    work : Path
        A folder for what is made.
    results : Path
        The stored results of experiments, which chapters load.

    Returns
    -------
    Live

    Raises
    ------
    CvbookError
        If Pyodide, Node or esbuild cannot be had.
    """
    shutil.rmtree(work / "js", ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    built = javascript.bundle(HERE / "frontend/build.js", work / "js")
    release = pyodide.find()
    parts = pyodide.fetch(release)
    lock = work / pyodide.LOCK
    lock.write_text(json.dumps(pyodide.locked(release)))
    parts[pyodide.LOCK] = lock
    core = f"{FOLDER}/pyodide-{_digest(*map(Path.read_bytes, parts.values()))}/"
    python = _named(work, "python", ".zip", archive(results))
    font = _named(work, "font", ".ttf", subset(work))
    files = {core + name: file for name, file in parts.items()}
    files |= {f"{FOLDER}/{file.name}": file for file in (python, font)}
    files |= {f"{FOLDER}/{file.name}": file for file in (work / "js").iterdir()}
    files[SERVICE_WORKER] = files.pop(f"{FOLDER}/{built['service_worker.js']}")
    drawing = [name for name in parts if name.endswith(".whl") and not name.startswith("numpy")]
    sizes = {name: transferred(file) for name, file in parts.items()}
    extra = sum(sizes[name] for name in drawing)
    manifest = {
        "pyodide": core,
        "python": f"{FOLDER}/{python.name}",
        "font": f"{FOLDER}/{font.name}",
        "worker": f"{FOLDER}/{built['worker.js']}",
        "serviceWorker": SERVICE_WORKER,
        "size": {
            "core": sum(sizes.values()) - extra + transferred(python),
            "drawing": extra + transferred(font),
        },
    }
    single = [name for name in files if not name.startswith(core)]
    manifest["current"] = sorted([core, *single])
    manifest["version"] = _digest(*(name.encode() for name in sorted(files)))
    entries = {name: f"{FOLDER}/{built[f'{name}.js']}" for name in ("cells", "exercise")}
    return Live(files, entries, manifest)


def transferred(file: Path) -> int:
    """Count the bytes that a server sends, which compresses what is not compressed.

    Parameters
    ----------
    file : Path

    Returns
    -------
    int
    """
    content = file.read_bytes()
    packed = file.suffix in (".whl", ".zip")
    return len(content) if packed else len(gzip.compress(content, 6))


def _digest(*contents: bytes) -> str:
    return hashlib.sha256(b"".join(hashlib.sha256(one).digest() for one in contents)).hexdigest()[
        :10
    ]


def _named(work: Path, stem: str, suffix: str, content: bytes) -> Path:
    file = work / f"{stem}-{_digest(content)}{suffix}"
    file.write_bytes(content)
    return file


def archive(results: Path) -> bytes:
    """Pack the modules that run in a browser.

    Parameters
    ----------
    results : Path
        A folder with JSON files; need not exist.

    Returns
    -------
    bytes
        A ZIP archive for `site-packages`; the same for the same contents.
    """
    names: set[str] = set()
    for module in LIBRARY:
        needed = modules.needs(f"cvbook.{module}")
        if needed is None:
            raise NotAvailable(f"cvbook.{module} – modules – it may import only NumPy, Matplotlib")
        names |= needed - {"matplotlib"}
    files = {file for name in names if (file := modules.find(name))}
    members = {f"cvbook/{file.relative_to(modules.PACKAGE)}": file for file in files}
    for file in (HERE / "python").glob("*.py"):
        if file.stem != "__init__":
            members[file.name] = file
    members |= {f"results/{file.name}": file for file in results.glob("*.json")}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, file in sorted(members.items()):
            packed.writestr(zipfile.ZipInfo(name, STAMP), file.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def subset(work: Path) -> bytes:
    """Make the Korean font of figures: the syllables of KS X 1001 and ASCII.

    Parameters
    ----------
    work : Path
        A folder that keeps it between builds.

    Returns
    -------
    bytes
        A TrueType font.
    """
    spec = find_spec("koreanize_matplotlib")
    if spec is None or spec.origin is None:
        raise NotAvailable("koreanize_matplotlib is missing – this environment – run: make env")
    source = Path(spec.origin).parent / "fonts/NanumGothic.ttf"
    kept = work / f"kept-{_digest(source.read_bytes(), Path(__file__).read_bytes())}.ttf"
    if not kept.exists():
        fonts.write(source, _syllables() | {*range(0x20, 0x7F)}, kept, ["*"], flavor=None)
    return kept.read_bytes()


def _syllables() -> set[int]:
    """Hangul syllables of KS X 1001, which all Korean of everyday needs."""

    def is_common(code: int) -> bool:
        try:
            return len(chr(code).encode("euc_kr")) == 2
        except UnicodeEncodeError:
            return False

    signs = set(map(ord, "·×÷±→←↑↓≤≥≠≈…–—‘’“”°²³αβγδεθλμσ"))
    return {code for code in range(0xAC00, 0xD7A4) if is_common(code)} | signs
