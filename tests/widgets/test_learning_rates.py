"""The page averages the stored runs as NumPy does, and counts those that diverged."""

import numpy as np
import pytest

from cvbook import results
from cvbook.widgets import LearningRates

STATE = "learning_rates/state.js"
SYNCED = ("models", "rates", "losses", "limit", "chance", "rate", "epoch")


def random_widgets(count, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        seeds, rates, epochs = rng.integers(1, 6, 3)
        losses = rng.exponential(1, (2, seeds, rates, epochs))
        losses[rng.random(losses.shape) < 0.15] = 100
        yield LearningRates(
            {"없음": losses[0], "있음": losses[1]},
            np.arange(rates) + 0.5,
            epoch=int(rng.integers(1, epochs + 1)),
        )


def test_page_module_equals_numpy(node):
    widgets = list(random_widgets(80))
    states = [{name: getattr(one, name) for name in SYNCED} for one in widgets]
    expression = (
        "given.map((s) => s.models.map((_, n) => s.rates.map((_, r) =>"
        " [m.summarize(s, n, r), m.meanCurve(s, n, r)])))"
    )
    diverged = 0
    for found, widget in zip(node(STATE, states, expression), widgets, strict=True):
        for n, model in enumerate(widget.models):
            for rate in range(len(widget.rates)):
                summary, curve = found[n][rate]
                runs = np.asarray(widget.losses[n])[:, rate]
                values = runs[runs[:, widget.epoch - 1] < 100, widget.epoch - 1]
                assert summary["diverged"] == len(runs) - len(values)
                assert values.tolist() == widget.values(model, rate).tolist()
                diverged += summary["diverged"]
                if len(values):
                    text = f"{summary['mean']:.2f} ± {summary['spread']:.2f} (시드 {len(values)}개)"
                    assert text == results.summarize(values)
                kept = runs[(runs < 100).all(axis=1)]
                expected = kept.mean(axis=0) if len(kept) else []
                np.testing.assert_allclose(curve, expected)
    assert diverged > 20


@pytest.mark.parametrize(
    ("losses", "rates"),
    [
        ({"하나": np.ones((5, 2, 3))}, [0.1]),
        ({"하나": np.ones((5, 2))}, [0.1, 1]),
        ({"하나": np.ones((5, 2, 3)), "둘": np.ones((4, 2, 3))}, [0.1, 1]),
    ],
)
def test_losses_of_other_shapes_are_refused(losses, rates):
    with pytest.raises(ValueError, match=r"give \(seeds, rates, epochs\) of every model"):
        LearningRates(losses, rates)


@pytest.mark.slow
def test_rate_and_epoch_by_keyboard(show):
    losses = np.full((3, 2, 4), 0.5)
    losses[:, 1, -1] = 0.25
    gone = losses.copy()
    gone[0, 1, -1] = 100
    page = show(LearningRates({"없음": gone, "배치 정규화": losses}, [0.03, 3]))
    result = page.locator(".cvbook-result")
    assert "학습률 0.03, 4에포크의 훈련 손실(시드 3개): 없음 0.50 ± 0.00;" in result.inner_text()
    page.get_by_role("button", name="3", exact=True).press("Enter")
    spoken = page.get_by_role("status")
    assert "없음 0.25 ± 0.00, 발산 1/3; 배치 정규화 0.25 ± 0.00" in spoken.inner_text()
    page.get_by_role("slider", name="읽을 에포크").press("ArrowLeft")
    assert "3에포크의 훈련 손실(시드 3개): 없음 0.50 ± 0.00;" in result.inner_text()
    assert page.locator("td.current").count() == 2
    assert page.locator("svg polyline.run").count() == 6
