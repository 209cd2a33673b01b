"""Measure an experiment over many seeds, in parallel, and store every run."""

import contextlib
import datetime
import hashlib
import importlib.metadata
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cvbook._files import write_atomic
from cvbook.errors import CvbookError
from cvbook.measure.experiments import Experiment

LIBRARIES = ("keras", "numpy", "tensorflow")
#: Changes with what a kept run holds.
FORMAT = 2


@dataclass(frozen=True)
class Setting:
    """What an experiment is measured on.

    Attributes
    ----------
    data : Path or None
        Data set; None for the drawn pets.
    profile : str
        `cpu`, `gpu` or empty for whichever fits the machine.
    """

    data: Path | None = None
    profile: str = ""

    @property
    def label(self) -> str:
        """What distinguishes the file's name: empty for the drawn pets."""
        return f".{self.data.name}" if self.data else ""

    def environment(self) -> dict[str, str]:
        """Environment of a run: one core each, no progress bars, the data set and the profile."""
        environment = dict(os.environ)
        environment |= {"CVBOOK_QUIET": "1", "PYTHONHASHSEED": "0"}
        environment |= {"TF_NUM_INTRAOP_THREADS": "1", "OMP_NUM_THREADS": "1"}
        environment.pop("CVBOOK_DATA", None)
        if self.data:
            environment["CVBOOK_DATA"] = str(self.data.resolve())
        if self.profile:
            environment["CVBOOK_PROFILE"] = self.profile
        return environment


@dataclass
class Measurement:
    """An experiment on one setting, with the runs that were already made.

    Attributes
    ----------
    experiment : Experiment
    setting : Setting
    results : Path
        Folder of the stored files.
    cache : Path
        Folder in which single runs are kept until all are made.
    """

    experiment: Experiment
    setting: Setting
    results: Path
    cache: Path
    processes: set[subprocess.Popen[bytes]] = field(default_factory=set)

    @property
    def path(self) -> Path:
        """The stored file."""
        return self.results / f"{self.experiment.name}{self.setting.label}.json"

    def measure(
        self, seeds: Sequence[int], jobs: int, done: Callable[[int], None] = lambda seed: None
    ) -> dict[int, dict[str, Any]]:
        """Run the seeds that were not run yet; each is kept as soon as it ends.

        Parameters
        ----------
        seeds : sequence of int
        jobs : int
            Processes at once.
        done : callable
            Gets each seed when its run is there.

        Returns
        -------
        dict of int to dict
            Seed to what `worker.run` returns.

        Raises
        ------
        CvbookError
            If the experiment fails; the message has the end of its traceback.
        """
        runs: dict[int, dict[str, Any]] = {}
        pool = ThreadPoolExecutor(max(1, jobs))
        futures = {pool.submit(self._run, seed): seed for seed in seeds}
        try:
            for future in as_completed(futures):
                runs[futures[future]] = future.result()
                done(futures[future])
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in set(self.processes):
                process.kill()
        return runs

    def _run(self, seed: int) -> dict[str, Any]:
        kept = self.cache / f"{self._key()}-{seed}.json"
        if kept.is_file():
            return dict(json.loads(kept.read_text("utf-8")))
        with tempfile.TemporaryDirectory(prefix="cvbook-measure-") as folder:
            outcome = self._run_in(Path(folder), seed)
        if "error" in outcome:
            where = f"{self.experiment.notebook}, cell `{self.experiment.cell}`, seed {seed}"
            raise CvbookError(f"experiment failed – {where} –\n{outcome['error']}")
        write_atomic(kept, json.dumps(outcome))
        return outcome

    def _run_in(self, folder: Path, seed: int) -> dict[str, Any]:
        job, output = folder / "job.json", folder / "output.json"
        content = {"code": self.experiment.code, "name": self.experiment.name}
        job.write_text(json.dumps(content | {"seed": seed, "output": str(output)}), "utf-8")
        with subprocess.Popen(
            [sys.executable, "-m", "cvbook.measure.worker", str(job)],
            cwd=self.experiment.notebook.resolve().parent,
            env=self.setting.environment() | {"CVBOOK_TRAINING": str(folder)},
            stdin=subprocess.PIPE,  # closed by our end, whatever ends us
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as process:
            self.processes.add(process)
            assert process.stderr is not None
            stderr = process.stderr.read()
            process.wait()
        self.processes.discard(process)
        if not output.is_file():
            lines = stderr.decode("utf-8", "replace").strip().splitlines()
            return {"error": "\n".join([f"process ended with {process.returncode}", *lines[-5:]])}
        return dict(json.loads(output.read_text("utf-8")))

    def _key(self) -> str:
        """What a kept run depends on."""
        libraries = {name: importlib.metadata.version(name) for name in LIBRARIES}
        content = [FORMAT, self.experiment.digest, self.data(), self.setting.profile, libraries]
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        return f"{self.experiment.name}-{digest[:16]}"

    def data(self) -> dict[str, Any]:
        """Describe the data that the code loads: name, and for a folder a hash of its files."""
        from cvbook.datasets import drawn, location

        loaded = set(re.findall(r"\bdatasets\.(load\w*)\(", self.experiment.code))
        if not loaded:
            return {"name": "none"}
        if loaded == {"load_scenes"}:
            return {"name": f"scenes, drawn-v{drawn.VERSION}"}
        if self.setting.data is None:
            name = location.drawn_root().name
            return {"name": name, "records": location.COUNT}
        files = sorted(p for p in self.setting.data.rglob("*") if p.is_file())
        names = [f"{p.relative_to(self.setting.data).as_posix()} {p.stat().st_size}" for p in files]
        digest = hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]
        return {"name": self.setting.data.name, "files": len(files), "digest": digest}

    def store(self, runs: dict[int, dict[str, Any]], command: str, note: str = "") -> None:
        """Write the file of all runs.

        Parameters
        ----------
        runs : dict
            As `measure` returns them.
        command : str
            With which they can be made again.
        note : str
            What a reader of the file should know, such as why there are few seeds.
        """
        content = {
            "experiment": self.experiment.name,
            "notebook": self.experiment.notebook.name,
            "cell": self.experiment.cell,
            "code": self.experiment.digest,
            "command": command,
            "data": self.data(),
            "profile": " ".join(sorted({run["profile"] for run in runs.values()})),
            "constants": next(iter(runs.values()))["constants"],
            "device": sorted({run["device"] for run in runs.values()}),
            "python": platform.python_version(),
            "versions": {name: importlib.metadata.version(name) for name in LIBRARIES},
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            **({"note": note} if note else {}),
            "runs": [
                {"seed": seed, "values": run["values"], "seconds": run["seconds"]}
                for seed, run in sorted(runs.items())
            ],
        }
        write_atomic(self.path, _compact(content) + "\n")

    def stored(self) -> dict[str, Any] | None:
        """Read the stored file; None if there is none."""
        with contextlib.suppress(FileNotFoundError):
            return dict(json.loads(self.path.read_text("utf-8")))
        return None


def _compact(content: dict[str, Any]) -> str:
    """JSON with a line an entry and a line a run, so that differences can be read."""
    runs = ",\n".join(f"  {json.dumps(run)}" for run in content["runs"])
    head = json.dumps(
        {k: v for k, v in content.items() if k != "runs"}, indent=1, ensure_ascii=False
    )
    return f'{head[:-2]},\n "runs": [\n{runs}\n ]\n}}'


def stored_settings(
    experiment: Experiment, results: Path, data: Sequence[Path]
) -> Iterator[Setting]:
    """Find the settings for which results are stored and whose data set is at hand.

    Parameters
    ----------
    experiment : Experiment
    results : Path
        Folder of the stored files.
    data : sequence of Path
        Data sets beside the drawn pets.

    Yields
    ------
    Setting
    """
    for folder in (None, *data):
        setting = Setting(folder)
        path = results / f"{experiment.name}{setting.label}.json"
        if path.is_file():
            yield Setting(folder, json.loads(path.read_text("utf-8"))["profile"])
