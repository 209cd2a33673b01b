"""Every assignment as a whole: the solution earns all, the handed-out notebook nothing."""

import dis
import itertools
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from types import CodeType

import nbformat
import nbgrader_course
import pytest
import submissions
import trainings
from sampling import drawn

from cvbook.checks import isolation
from cvbook.commands import check, release
from cvbook.kernels.pool import Pool

NAMES = submissions.names()
#: What reads a global name, in a function and in a cell.
LOADS = ("LOAD_GLOBAL", "LOAD_NAME")
CONTRACT = {
    "01_tasks": "multi_hot predict_single_label predict_multi_label box_iou "
    "non_max_suppression cosine_similarity average_precision",
    "02_segmentation": "trimap_to_target pixel_accuracy mean_iou "
    "sparse_categorical_crossentropy build_segmentation_model prepare_pair augment_pair",
    "03_transposed_conv": "output_size conv2d_transpose conv2d_transpose_channels "
    "overlap_count has_checkerboard bilinear_kernel repair_upsampling",
    "04_architecture": "feature_pyramid receptive_field vgg_block design_pyramid",
    "05_residual": "projection residual_block build_residual_model predict_shapes "
    "repair_deep_model",
    "06_batchnorm": "batch_norm_train update_moving batch_norm_inference fold_batch_norm "
    "freeze_batch_norm diagnose recalibrate",
    "07_separable_conv": "conv2d_params separable_conv2d_params conv2d_macs "
    "separable_conv2d_macs depthwise_conv2d pointwise_conv2d separable_conv2d roofline_seconds "
    "shrink",
    "08_mini_xception": "xception_block build_mini_xception binary_accuracy "
    "repair_xception_block ablation",
    "09_improving": "grid_search_space random_search_space ensemble log_uniform edges",
    "10_shared_backbone": "build_and_train",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course folder of its own, so that nbgrader writes nothing into ours."""
    return nbgrader_course.make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def warm_kernels():
    """Variables with which nbgrader's own commands get warm kernels: they start in a tenth."""
    with Pool() as pool:
        yield pool.environment


@pytest.mark.parametrize("name", NAMES)
def test_functions_are_those_of_the_contract_and_points_sum_to_100(name):
    task = submissions.solution(name)
    assert list(task.answers) == CONTRACT[name].split()
    assert list(task.tests) == list(task.answers)
    assert task.written_points > 0
    assert sum(map(task.full, task.tests)) + task.written_points == 100
    for function, cells in task.tests.items():
        hidden = [grade_id for grade_id, source, _ in cells if "BEGIN HIDDEN TESTS" in source]
        assert hidden == [f"{function}-hidden"]
        assert len(cells) >= 2


@pytest.mark.parametrize("name", NAMES)
def test_release_is_what_is_committed(name, course):
    made = release.release(course, name).read_bytes()
    assert made == (submissions.ROOT / "exercises" / name / f"{name}.ipynb").read_bytes()
    assert made == release.release(course, name).read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_students_get_no_solutions(name, tmp_path):
    release.bundle(submissions.ROOT, [name], tmp_path / "students.zip")
    with zipfile.ZipFile(tmp_path / "students.zip") as archive:
        handed_out = {
            member: archive.read(member).decode()
            for member in archive.namelist()
            if not member.startswith("cvbook/src/")
        }
    assert f"cvbook/exercises/{name}/{name}.ipynb" in handed_out
    text = "\n".join(handed_out.values())
    assert "### BEGIN" not in text
    assert "채점 기준" not in text
    assert "checks.hidden" not in text
    released = "\n".join(
        cell.source
        for cell in nbformat.reads(
            handed_out[f"cvbook/exercises/{name}/{name}.ipynb"], as_version=4
        ).cells
    )
    source = nbformat.read(submissions.ROOT / "solutions" / name / f"{name}.ipynb", as_version=4)
    secret = r"### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)### END"
    for cell in source.cells:
        for region in re.findall(secret, cell.source, flags=re.DOTALL):
            assert region.strip() not in released
        assert not cell.metadata.get("nbgrader", {}).get("solution") or cell.source not in released


@pytest.mark.parametrize("name", NAMES)
def test_graded_cells_that_use_a_module_do_not_use_the_notebooks_name_for_it(name):
    """A student may call a variable `np`."""
    modules = isolation.MODULES.keys() - {"checks"} | {"datasets", "random", "tf", "time"}
    for grade_id, source, _ in itertools.chain(*submissions.solution(name).tests.values()):
        code = compile(source, grade_id, "exec")
        assert _globals(code) & modules == set(), grade_id


def _globals(code):
    """Global names that code and the functions inside of it read."""
    names = {one.argval for one in dis.get_instructions(code) if one.opname in LOADS}
    inner = [_globals(const) for const in code.co_consts if isinstance(const, CodeType)]
    return names.union(*inner)


@pytest.mark.slow
def test_bundle_can_be_installed(tmp_path):
    """As its environment.yml does, where the packages that cvbook needs are there already."""
    release.bundle(submissions.ROOT, NAMES, tmp_path / "students.zip")
    with zipfile.ZipFile(tmp_path / "students.zip") as archive:
        archive.extractall(tmp_path)
    uv = Path(sys.executable).with_name("uv")
    target = tmp_path / "site"
    for command in (
        [uv, "pip", "install", "-q", "--no-deps", "--target", target, tmp_path / "cvbook"],
        [sys.executable, "-m", "cvbook.cli", "--help"],
    ):
        done = subprocess.run(
            command, env=os.environ | {"PYTHONPATH": str(target)}, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    assert (target / "share/jupyter/kernels/cvbook/kernel.json").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_solution_earns_all_and_handed_out_notebook_nothing(name):
    task = submissions.solution(name)
    full = {function: task.full(function) for function in task.tests}
    assert task.points().points == full
    if not trainings.trainings(name):  # these are run with twenty seeds
        assert task.points().points == full  # again, the same
    stubs = submissions.Exercise.read(
        submissions.ROOT / "exercises" / name / f"{name}.ipynb"
    ).answers
    empty = task.points(stubs)
    assert set(empty.points.values()) == {0}
    assert all(said.startswith("NotAttempted: ") for said in empty.messages.values())


@pytest.mark.slow
@pytest.mark.parametrize("name", drawn(NAMES[:-1], days=3))  # the last is scored
def test_nbgrader_gives_the_same_points(name, course, warm_kernels):
    """A third of the assignments each day through real kernels: full, half-solved and broken."""
    release.release(course, name)
    notebooks = nbgrader_course.samples(name)
    points = nbgrader_course.grade(course, name, notebooks, warm_kernels)
    task = submissions.solution(name)
    full = {function: task.full(function) for function in task.tests}
    half = list(full)[: len(full) // 2]
    kept = {*half, list(full)[2]} - set(list(full)[:2])
    assert points == {
        "full": full,
        "half": {function: full[function] if function in half else 0 for function in full},
        "broken": {function: full[function] if function in kept else 0 for function in full},
    }


@pytest.mark.slow
def test_check_command_tells_each_task(tmp_path, capsys):
    name = "07_separable_conv"
    notebook = nbformat.read(submissions.ROOT / "exercises" / name / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.id == "conv2d_macs":
            cell.source = "def conv2d_macs(h, w, k, c, f):\n    return h * w * k * k * c * f"
        if cell.id == "pointwise_conv2d":
            cell.source = "def pointwise_conv2d(x, kernel):\n    return x @ kernel.T"
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    results = {one.name: one for one in check.check(tmp_path / "mine.ipynb")}
    assert (results["conv2d_macs"].earned, results["conv2d_macs"].later) == (3, 3)
    assert results["conv2d_macs"].messages == {}
    assert "모양" in results["pointwise_conv2d"].messages["pointwise_conv2d-visible"]
    assert set(results["depthwise_conv2d"].messages.values()) == {""}
    assert results["written-answer"].later == 16
    assert sum(one.visible + one.later for one in results.values()) == 100
