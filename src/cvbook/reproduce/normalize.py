"""The form in which a notebook is stored: nothing that changes from run to run.

`cvbook run` writes this form, and the checker brings what it executes into it before comparing.
"""

import base64
import copy
import json
import re
import struct
from collections.abc import Iterable
from typing import Any

from nbformat import NotebookNode

WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KERNELSPEC = {"name": "cvbook", "display_name": "Python 3 (cvbook)", "language": "python"}

#: What editors and timers leave in a cell's metadata.
VOLATILE_METADATA = ("ExecuteTime", "collapsed", "execution", "scrolled", "trusted")
#: The chunks of a PNG that decide its pixels and size; others carry programs, dates, profiles.
PNG_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"pHYs")

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_SVG_METADATA = re.compile(r"<metadata>.*?</metadata>\s*", re.DOTALL)
_SVG_RANDOM_ID = re.compile(r'(?<=id=")[a-z][0-9a-f]{10}(?=")')


def tidy(notebook: NotebookNode) -> NotebookNode:
    """Bring an executed notebook into its stored form, in place.

    Parameters
    ----------
    notebook : NotebookNode
        As executed by nbclient. Cells' sources, ids and meaningful metadata stay.

    Returns
    -------
    NotebookNode
        The same notebook.
    """
    notebook.metadata["kernelspec"] = NotebookNode(KERNELSPEC)
    notebook.metadata["language_info"] = NotebookNode(name="python")
    for cell in notebook.cells:
        for key in VOLATILE_METADATA:
            cell.metadata.pop(key, None)
        if cell.cell_type == "code":
            cell.outputs = [tidy_output(output) for output in _whole_streams(cell.outputs)]
    widgets = notebook.metadata.get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    for model in widgets.values():
        for output in model["state"].get("outputs", []):  # what an Output widget caught
            tidy_output(output)
    label_widgets(notebook)
    return notebook


def _whole_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join pieces of one stream that follow each other: where a kernel cuts is a matter of time."""
    whole: list[NotebookNode] = []
    for output in outputs:
        if output.output_type == "stream" and whole and whole[-1].get("name") == output.name:
            whole[-1]["text"] += output.text
        else:
            whole.append(output)
    return whole


def tidy_output(output: NotebookNode) -> NotebookNode:
    """Take the volatile parts out of one output, in place."""
    data = output.get("data", {})
    if "image/png" in data:
        png = strip_png(base64.b64decode(data["image/png"]))
        data["image/png"] = base64.b64encode(png).decode()
    if "image/jpeg" in data:
        data["image/jpeg"] = "".join(data["image/jpeg"].split())
    if "image/svg+xml" in data:
        data["image/svg+xml"] = strip_svg("".join(data["image/svg+xml"]))
    if output.output_type == "error":
        # Frames outside the notebook name files of this machine.
        output["traceback"] = [
            frame for frame in output["traceback"] if not _ANSI.sub("", frame).startswith("File ")
        ]
    return output


def strip_png(png: bytes) -> bytes:
    """Leave out the chunks of a PNG that do not decide its pixels or size."""
    kept, position = [png[:8]], 8
    while position < len(png):
        (length,) = struct.unpack(">I", png[position : position + 4])
        if png[position + 4 : position + 8] in PNG_CHUNKS:
            kept.append(png[position : position + 12 + length])
        position += 12 + length
    return b"".join(kept)


def strip_svg(svg: str) -> str:
    """Leave out an SVG's metadata and give Matplotlib's random ids numbers in their order."""
    svg = _SVG_METADATA.sub("", svg)
    for number, name in enumerate(dict.fromkeys(_SVG_RANDOM_ID.findall(svg))):
        svg = svg.replace(name, f"id{number}")
    return svg


def label_widgets(notebook: NotebookNode) -> None:
    """Number the widget models in the order of their creation, in place.

    The ids that ipywidgets draws are random; numbered, equal notebooks are equal files. The order
    is that of the state's keys, which is the order of creation in what nbclient hands over.
    """
    state = notebook.metadata.get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    names = labels(state)
    if list(names) == list(names.values()):
        return
    renamed = _relabel({names[name]: model for name, model in state.items()}, names)
    notebook.metadata["widgets"][WIDGET_STATE]["state"] = NotebookNode(renamed)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if WIDGET_VIEW in output.get("data", {}):
                output["data"][WIDGET_VIEW] = _relabel(output["data"][WIDGET_VIEW], names)


def labels(names: Iterable[str]) -> dict[str, str]:
    """The labels of widget models, given their ids in the order of creation."""
    return {name: f"{number:032x}" for number, name in enumerate(names)}


def _relabel(value: Any, labels: dict[str, str]) -> Any:
    """Replace ids, bare or as `IPY_MODEL_<id>`, wherever they stand in nested containers."""
    if isinstance(value, dict):
        return NotebookNode({key: _relabel(item, labels) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return [_relabel(item, labels) for item in value]
    if isinstance(value, str):
        prefix = "IPY_MODEL_" if value.startswith("IPY_MODEL_") else ""
        name = value.removeprefix(prefix)
        return prefix + labels[name] if name in labels else value
    return value


def joined_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join all text of a stream at the place of its first output; the input stays as it is."""
    joined: list[NotebookNode] = []
    streams: dict[str, NotebookNode] = {}
    for output in copy.deepcopy(outputs):
        if output.output_type == "stream":
            if output.name in streams:
                streams[output.name].text += output.text
                continue
            streams[output.name] = output
        joined.append(output)
    return joined


def size_of(value: Any) -> int:
    """Bytes that a part of a notebook takes in its file."""
    return len(json.dumps(value, ensure_ascii=False).encode())
