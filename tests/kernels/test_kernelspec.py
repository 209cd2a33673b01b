"""The course's kernel as Jupyter starts it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from cvbook.kernels.environment import DEFAULTS, prepare


def test_the_package_installs_its_kernel():
    spec = KernelSpecManager().get_kernel_spec("cvbook")
    assert spec.display_name == "Python 3 (cvbook)"
    assert Path(spec.resource_dir).is_relative_to(sys.prefix)


def test_jupyterlab_is_korean_by_default():
    overrides = Path(sys.prefix, "share/jupyter/lab/settings/overrides.json")
    settings = json.loads(overrides.read_text())
    assert settings["@jupyterlab/translation-extension:plugin"]["locale"] == "ko_KR"


def test_what_the_user_has_set_stays():
    environment = {"TF_CPP_MIN_LOG_LEVEL": "0"}
    prepare(environment)
    assert environment["TF_CPP_MIN_LOG_LEVEL"] == "0"
    assert environment["KERAS_BACKEND"] == DEFAULTS["KERAS_BACKEND"]


def test_cuda_libraries_of_wheels_are_put_on_the_linkers_path_once(tmp_path, monkeypatch):
    (tmp_path / "nvidia/cudnn/lib").mkdir(parents=True)
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(tmp_path))
    environment = {"LD_LIBRARY_PATH": "/usr/local/lib"}
    assert prepare(environment)
    expected = f"{tmp_path}/nvidia/cudnn/lib:/usr/local/lib"
    assert environment["LD_LIBRARY_PATH"] == expected
    assert not prepare(environment)
    assert environment["LD_LIBRARY_PATH"] == expected


@pytest.mark.slow
@pytest.mark.parametrize("first", ["import tensorflow as tf", "import keras"])
def test_tensorflow_starts_without_chatter(first):
    code = f"{first}\nimport tensorflow as tf\nprint(int(tf.reduce_sum(tf.ones((2, 3)))))"
    notebook = new_notebook(cells=[new_code_cell(code)])
    NotebookClient(notebook, kernel_name="cvbook").execute()
    assert [(o["name"], o["text"]) for o in notebook.cells[0].outputs] == [("stdout", "6\n")]


def test_only_the_first_import_is_silent(tmp_path):
    (tmp_path / "noisy.py").write_text("import os; os.write(2, b'chatter')")
    code = (
        "import os, sys; from cvbook.kernels.quiet import import_quietly\n"
        "import_quietly('noisy'); import noisy; os.write(2, b'meant')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True)
    assert done.stderr == b"meant"


def test_a_failing_quiet_import_still_says_why(tmp_path):
    (tmp_path / "broken.py").write_text("raise ImportError('no such library')")
    code = (
        "from cvbook.kernels.quiet import import_quietly\nimport_quietly('broken'); import broken"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True)
    assert b"no such library" in done.stderr


@pytest.mark.gpu
def test_the_kernel_computes_on_the_gpu():
    code = "import tensorflow as tf\nprint(tf.matmul(tf.ones((2, 2)), tf.ones((2, 2))).device)"
    notebook = new_notebook(cells=[new_code_cell(code)])
    NotebookClient(notebook, kernel_name="cvbook").execute()
    (output,) = notebook.cells[0].outputs
    assert "GPU:0" in output["text"]
