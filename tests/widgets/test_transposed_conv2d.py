"""The transposed convolution on the page, in Python and in Keras is one and the same."""

import base64

import numpy as np
import pytest
import traitlets

from cvbook.widgets import TransposedConv2D

STATE = "transposed_conv2d/state.js"


def random_settings(count, seed=0):
    """`count` settings, drawn over all that the widget offers."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        yield {
            "input": rng.normal(size=rng.integers(1, 9, 2)).tolist(),
            "kernel": rng.normal(size=rng.integers(1, 6, 2)).tolist(),
            "strides": int(rng.integers(1, 5)),
            "padding": str(rng.choice(["valid", "same"])),
        }


@pytest.fixture(scope="module")
def settings():
    return list(random_settings(200))


@pytest.fixture(scope="module")
def by_keras(settings):
    """Output of each setting, by Keras's layer."""
    import keras

    outputs = []
    for one in settings:
        kernel = np.asarray(one["kernel"])
        layer = keras.layers.Conv2DTranspose(
            1, kernel.shape, strides=one["strides"], padding=one["padding"], use_bias=False
        )
        x = np.asarray(one["input"], dtype="float32")[None, :, :, None]
        layer.build(x.shape)
        layer.set_weights([kernel[:, :, None, None]])
        outputs.append(keras.ops.convert_to_numpy(layer(x))[0, ..., 0])
    return outputs


def assert_all_equal(outputs, expected):
    assert len(outputs) == len(expected)
    for one, other in zip(outputs, expected, strict=True):
        np.testing.assert_allclose(np.array(one), other, atol=1e-5)


@pytest.mark.slow
def test_python_equals_keras(settings, by_keras):
    assert_all_equal([TransposedConv2D(**one).output for one in settings], by_keras)


@pytest.mark.slow
def test_page_module_equals_keras(settings, by_keras, node):
    outputs = node(STATE, settings, "given.map((state) => m.output(state))")
    assert_all_equal(outputs, by_keras)


@pytest.mark.slow
def test_zero_insertion_and_matrix_equal_keras(settings, by_keras, node):
    faces = node(
        STATE,
        settings,
        "given.map((state) => [m.zeroInsertion(state), m.matrixEntries(state)])",
    )
    for (inserted, entries), one, expected in zip(faces, settings, by_keras, strict=True):
        padded, kernel = np.array(inserted["padded"]), np.array(inserted["flipped"])
        windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)
        np.testing.assert_allclose((windows * kernel).sum((2, 3)), expected, atol=1e-5)
        matrix = np.zeros((expected.size, np.size(one["input"])))
        for entry in entries:
            value = one["kernel"][entry["a"]][entry["b"]]
            matrix[entry["row"], entry["column"]] = value
        product = (matrix @ np.ravel(one["input"])).reshape(expected.shape)
        np.testing.assert_allclose(product, expected, atol=1e-5)


@pytest.mark.slow
def test_browser_shows_what_keras_gives(settings, by_keras, show):
    """Each setting is set on the model; the cells' accessible names are read from the page."""
    page = show(TransposedConv2D())
    names = page.evaluate(
        """async (settings) => {
            const [model] = window.models, outputs = [];
            for (const one of settings) {
                for (const name in one) model.set(name, one[name]);
                model.set("step", 64);
                await new Promise(requestAnimationFrame);
                const grid = document.querySelector(".cvbook-grid.output");
                outputs.push([...grid.querySelectorAll('[role="row"]')].map((row) =>
                    [...row.children].map((cell) => cell.ariaLabel)));
            }
            return outputs;
        }""",
        settings,
    )
    shown = [
        [[float(name.split()[-1].replace("\N{MINUS SIGN}", "-")) for name in row] for row in one]
        for one in names
    ]
    for one, expected in zip(shown, by_keras, strict=True):
        np.testing.assert_allclose(one, expected, atol=6e-4)  # names have three decimals


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1000])
@pytest.mark.parametrize("size", [1, 10, 100, 1000, 1e6])
def test_no_number_is_cut_off_by_its_cell(show, size, width):
    x, kernel = next(random_settings(1, seed=1))["input"], np.ones((5, 5)) / 3
    page = show(TransposedConv2D(size * np.array(x), kernel, strides=2), width=width)
    cut = page.eval_on_selector_all(
        '[role="gridcell"]',
        """(cells) => {
            const range = document.createRange();
            return cells.filter((cell) => cell.checkVisibility()).filter((cell) => {
                range.selectNodeContents(cell);
                const [text, room] = [range, cell].map((one) => one.getBoundingClientRect());
                return text.left < room.left || text.right > room.right;
            }).map((cell) => cell.textContent);
        }""",
    )
    assert cut == []


def test_page_module_equals_python(node):
    settings = list(random_settings(60, seed=1))
    outputs = node(STATE, settings, "given.map((state) => m.output(state))")
    assert_all_equal(outputs, [TransposedConv2D(**one).output for one in settings])


def test_overlaps_count_the_stamps(node):
    ones = {"input": np.ones((3, 4)).tolist(), "kernel": np.ones((3, 2)).tolist()}
    for strides in (1, 2, 3, 4):
        state = {**ones, "strides": strides, "padding": "same"}
        counts = node(STATE, state, "m.overlaps(given)")
        np.testing.assert_array_equal(counts, TransposedConv2D(**state).output)


def test_contributions_sum_to_the_output(node):
    state = next(random_settings(1, seed=3))
    output = TransposedConv2D(**state).output
    terms = node(
        STATE,
        state,
        "m.output(given).map((line, r) => line.map((_, c) => m.contributions(given, r, c)))",
    )
    x, kernel = np.array(state["input"]), np.array(state["kernel"])
    sums = [[sum(x[t["i"], t["j"]] * kernel[t["a"], t["b"]] for t in c) for c in r] for r in terms]
    np.testing.assert_allclose(sums, output)


def test_explained_sum_is_the_output(node):
    """The sentence on each output entry ends in its value; what it highlights are its inputs."""
    state = next(random_settings(1, seed=4))
    y = TransposedConv2D(**state).output
    explained = node(
        "transposed_conv2d/explain.js",
        [{**state, "view": "stamps"}, *y.shape],
        """(({ TEXTS }, [state, rows, columns]) =>
            Array.from({ length: rows }, (_, row) =>
                Array.from({ length: columns }, (_, column) => {
                    const point = { part: "output", row, column };
                    const { highlights, text } = m.explain(state, point, 64, false, TEXTS.ko);
                    return [text, state.input.map((line, i) =>
                        line.map((_, j) => highlights.has("input", i, j)))];
                })))(await import(new URL("transposed_conv2d/texts.js", FRONTEND)), given)""",
    )
    shape = np.shape(state["input"])
    units = np.eye(shape[0] * shape[1]).reshape(-1, *shape)
    outputs = [TransposedConv2D(**{**state, "input": one}).output for one in units]
    reached = np.array(outputs).reshape(*shape, *y.shape) != 0
    for (row, column), value in np.ndenumerate(y):
        text, highlighted = explained[row][column]
        number = text.rpartition("= ")[2].replace("\N{MINUS SIGN}", "-").partition(" (")[0]
        assert float(number) == pytest.approx(value, abs=6e-4)
        np.testing.assert_array_equal(highlighted, reached[:, :, row, column])


def test_resizing_keeps_entries_and_fills_with_ones(node):
    tables = node(
        STATE,
        [[1, 2], [3, 4]],
        "[m.resized(given, 3, 1), m.resized(given, 1, 3), m.withEntry(given, 1, 0, 9), given]",
    )
    assert tables == [[[1], [3], [1]], [[1, 2, 1]], [[1, 2], [9, 4]], [[1, 2], [3, 4]]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"strides": 5},
        {"strides": 0},
        {"padding": "full"},
        {"input": np.ones((9, 2))},
        {"input": np.ones(4)},
        {"kernel": np.ones((6, 6))},
        {"kernel": [[np.nan]]},
        {"kernel": "3×3"},
        {"kernel": [[1, 2], [3]]},
    ],
)
def test_settings_it_does_not_offer_are_refused(wrong):
    with pytest.raises(traitlets.TraitError):
        TransposedConv2D(**wrong)


def test_output_bundle_holds_view_picture_and_state():
    data, _ = TransposedConv2D()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    text = data["text/plain"]
    assert "strides=2 padding=valid step=4 view=stamps" in text
    assert "6 0 17 0 10" in text


def number(text):
    return float(text.replace("\N{MINUS SIGN}", "-"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "state",
    [{"step": step} for step in range(5)]
    + [{"view": view, "step": 3} for view in ("overlaps", "zeros", "matrix")],
    ids=str,
)
def test_still_figure_shows_the_same_numbers_as_the_page(show, state):
    """In print, and before the page is alive, the reader sees what the live widget then shows."""
    widget = TransposedConv2D(strides=1, **state)
    page = show(widget)
    shown = grid(page, "출력 y").get_by_role("gridcell").all_text_contents()
    still = widget.figure().axes[2]
    assert [number(text.get_text()) for text in still.texts] == [number(text) for text in shown]
    progress = page.get_by_text(" 찍음")
    assert not progress.is_visible() or progress.inner_text() in still.get_title()


def test_description_gives_the_sum_of_the_entries_painted_so_far():
    text = repr(TransposedConv2D(step=3))
    assert "step=3" in text
    assert "6 0 13 0 2" in text  # the middle without the fourth stamp: 1·1 + 2·3 + 3·2


def grid(page, name):
    return page.get_by_role("grid", name=name, exact=True)


@pytest.mark.slow
def test_pointing_at_output_lights_its_sources_and_shows_the_sum(show):
    page = show(TransposedConv2D())
    grid(page, "출력 y").get_by_role("gridcell", name="행 2, 열 2, 값 17").hover()
    assert grid(page, "입력 x").locator(".lit").count() == 4
    assert grid(page, "필터 k").locator(".lit").all_text_contents() == ["1", "2", "3", "1"]
    assert "= 1·1 + 2·3 + 3·2 + 4·1 = 17" in page.locator(".cvbook-explain").inner_text()


@pytest.mark.slow
def test_pointing_at_input_lights_the_patch_it_paints(show):
    page = show(TransposedConv2D(strides=3))
    grid(page, "입력 x").get_by_role("gridcell", name="행 1, 열 0, 값 3").hover()
    assert grid(page, "출력 y").locator(".lit").count() == 9
    assert "y[3:6, 0:3]" in page.locator(".cvbook-explain").inner_text()


@pytest.mark.slow
def test_pointing_at_a_row_of_the_matrix_lights_its_output(show):
    page = show(TransposedConv2D(view="matrix"))
    canvas = page.locator("canvas")
    height = canvas.bounding_box()["height"]
    row = (height - 25) / 25  # below the letters, 25 rows
    canvas.hover(position={"x": 60, "y": 24 + 12.5 * row})
    assert grid(page, "출력 y").locator(".chosen").inner_text() == "17"
    assert "행렬의 행 12" in page.locator(".cvbook-explain").inner_text()


@pytest.mark.slow
def test_fingers_point_as_the_mouse_does(show):
    page = show(TransposedConv2D(), has_touch=True, width=360)
    explained = page.locator(".cvbook-explain")
    grid(page, "출력 y").get_by_role("gridcell", name="행 2, 열 2, 값 17").tap()
    assert "= 17" in explained.inner_text()
    cell = grid(page, "입력 x").get_by_role("gridcell", name="행 0, 열 0, 값 1")
    cell.tap()
    cell.tap()  # a second tap edits
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    assert page.evaluate("window.models[0].get('input')[0][0]") == 5
    page.get_by_role("button", name="전치 행렬").tap()
    page.locator("canvas").tap(position={"x": 40, "y": 34})
    assert "y[0, 0]" in explained.inner_text()


@pytest.mark.slow
def test_whole_widget_by_keyboard(show):
    """Tab through it, edit an entry, step, switch the view; everything is spoken."""
    page = show(TransposedConv2D())
    state = lambda name: page.evaluate("(name) => window.models[0].get(name)", name)  # noqa: E731
    spoken = page.get_by_role("status")

    def tab_to(name):
        for _ in range(40):
            page.keyboard.press("Tab")
            focus = page.evaluate(
                "document.activeElement.getAttribute('aria-label') "
                "?? document.activeElement.textContent"
            )
            if focus.strip() == name:
                return
        raise AssertionError(f"no stop of the Tab key is named {name}")

    tab_to("3")
    page.keyboard.press("Enter")
    assert state("strides") == 3
    tab_to("same")
    page.keyboard.press("Space")
    assert state("padding") == "same"
    tab_to("행 0, 열 0, 값 1")  # the input grid is one stop; arrows move inside it
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("-7.5")
    page.keyboard.press("Enter")
    assert state("input") == [[1, 2], [3, -7.5]]
    assert "행 1, 열 1" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("F2")
    page.keyboard.type("99")
    page.keyboard.press("Escape")
    assert state("input") == [[1, 2], [3, -7.5]]
    tab_to("행 0, 열 0, 값 1")  # the kernel
    page.keyboard.press("Control+End")
    tab_to("행 0, 열 0, 값 1")  # the output
    page.keyboard.press("End")
    assert "y[0, 5]" in spoken.inner_text()
    tab_to("비우기")
    page.keyboard.press("Enter")
    assert state("step") == 0
    tab_to("다음 →")
    page.keyboard.press("Enter")
    assert state("step") == 1
    page.wait_for_function("document.querySelector('[role=status]').textContent.includes('1/4')")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert state("step") == 0
    page.get_by_role("button", name="겹친 횟수").focus()
    page.keyboard.press("Enter")
    assert state("view") == "overlaps"


@pytest.mark.slow
def test_play_paints_to_the_end(show):
    page = show(TransposedConv2D(step=0), reduced_motion="reduce")
    page.clock.install()
    page.get_by_role("button", name="재생").click()
    page.clock.run_for(10_000)
    assert page.evaluate("window.models[0].get('step')") == 4
    assert "y[2:5, 2:5]" in page.locator(".cvbook-explain").inner_text()  # the last one, too
    assert page.get_by_role("button", name="재생").is_visible()


@pytest.mark.slow
@pytest.mark.parametrize("view", ["stamps", "overlaps", "zeros", "matrix"])
def test_no_sideways_scroll_on_a_phone(show, view):
    largest = TransposedConv2D(np.ones((8, 8)), np.ones((5, 5)), strides=4, view=view)
    page = show(largest, width=360)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
