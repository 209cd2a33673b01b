"""Normalize executed notebooks: the stored form, without what changes from run to run.

`cvbook run` stores this form; the checker normalizes what it executes before it compares.
"""

import base64
import copy
import json
import re
import struct
from collections.abc import Iterable
from typing import Any

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode

from cvbook.reproduce.notebooks import WIDGET_STATE, WIDGET_VIEW, widget_models

KERNELSPEC = {"name": "cvbook", "display_name": "Python 3 (cvbook)", "language": "python"}

#: Keys of a cell's metadata that editors and timers write.
VOLATILE_METADATA = ("ExecuteTime", "collapsed", "execution", "scrolled", "trusted")
#: The chunks of a PNG that define its pixels and size; others name programs, dates, profiles.
PNG_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"pHYs")

_SVG_METADATA = re.compile(r"<metadata>.*?</metadata>\s*", re.DOTALL)
_SVG_RANDOM_ID = re.compile(r'(?<=id=")[a-z][0-9a-f]{10}(?=")')


def normalize_notebook(notebook: NotebookNode) -> NotebookNode:
    """Normalize an executed notebook in place.

    Parameters
    ----------
    notebook : NotebookNode
        As executed by nbclient. Cells' sources, ids and other metadata are kept.

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
            cell.outputs = [normalize_output(output) for output in _merge_streams(cell.outputs)]
    for model in widget_models(notebook).values():
        for output in model["state"].get("outputs", []):  # of an Output widget
            normalize_output(output)
    renumber_widgets(notebook)
    return notebook


def _merge_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Merge successive outputs of one stream: where a kernel splits them depends on timing."""
    merged: list[NotebookNode] = []
    for output in outputs:
        if output.output_type == "stream" and merged and merged[-1].get("name") == output.name:
            merged[-1]["text"] += output.text
        else:
            merged.append(output)
    return merged


def normalize_output(output: NotebookNode) -> NotebookNode:
    """Remove the volatile parts of one output in place.

    Parameters
    ----------
    output : NotebookNode
        A stream, an error, a result or a display.

    Returns
    -------
    NotebookNode
        The same output.
    """
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
            frame for frame in output["traceback"] if not strip_ansi(frame).startswith("File ")
        ]
    return output


def strip_png(png: bytes) -> bytes:
    """Remove the chunks of a PNG that define neither its pixels nor its size.

    Parameters
    ----------
    png : bytes
        A whole file.

    Returns
    -------
    bytes
        With the chunks of `PNG_CHUNKS` only.
    """
    kept, position = [png[:8]], 8
    while position < len(png):
        (length,) = struct.unpack(">I", png[position : position + 4])
        if png[position + 4 : position + 8] in PNG_CHUNKS:
            kept.append(png[position : position + 12 + length])
        position += 12 + length
    return b"".join(kept)


def strip_svg(svg: str) -> str:
    """Remove an SVG's metadata, and number Matplotlib's random ids in order of appearance.

    Parameters
    ----------
    svg : str

    Returns
    -------
    str
    """
    svg = _SVG_METADATA.sub("", svg)
    for number, name in enumerate(dict.fromkeys(_SVG_RANDOM_ID.findall(svg))):
        svg = svg.replace(name, f"id{number}")
    return svg


def renumber_widgets(notebook: NotebookNode) -> None:
    """Replace the ids of widget models by their numbers in order of creation, in place.

    ipywidgets generates random ids; with numbers, equal notebooks are equal files. The order is
    that of the keys of nbclient's widget state, which is the order of creation.

    Parameters
    ----------
    notebook : NotebookNode
        With the widget state in its metadata.
    """
    state = widget_models(notebook)
    ids = numbered_ids(state)
    if list(ids) == list(ids.values()):
        return
    renamed = _replace_ids({ids[name]: model for name, model in state.items()}, ids)
    notebook.metadata["widgets"][WIDGET_STATE]["state"] = NotebookNode(renamed)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if WIDGET_VIEW in output.get("data", {}):
                output["data"][WIDGET_VIEW] = _replace_ids(output["data"][WIDGET_VIEW], ids)


def numbered_ids(ids: Iterable[str]) -> dict[str, str]:
    """Map the ids of widget models to the ids under which they are stored.

    Parameters
    ----------
    ids : iterable of str
        In the order of creation.

    Returns
    -------
    dict
        Old to new id, 32 hexadecimal digits.
    """
    return {name: f"{number:032x}" for number, name in enumerate(ids)}


def _replace_ids(value: Any, ids: dict[str, str]) -> Any:
    """Replace ids, bare or as `IPY_MODEL_<id>`, anywhere in nested containers."""
    if isinstance(value, dict):
        return NotebookNode({key: _replace_ids(item, ids) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return [_replace_ids(item, ids) for item in value]
    if isinstance(value, str):
        prefix = "IPY_MODEL_" if value.startswith("IPY_MODEL_") else ""
        name = value.removeprefix(prefix)
        return prefix + ids[name] if name in ids else value
    return value


def join_streams(outputs: Iterable[NotebookNode]) -> list[NotebookNode]:
    """Join all text of a stream at the position of its first output, in a copy.

    Parameters
    ----------
    outputs : iterable of NotebookNode
        Of one cell.

    Returns
    -------
    list of NotebookNode
        With at most one output of each stream.
    """
    joined: list[NotebookNode] = []
    streams: dict[str, NotebookNode] = {}
    for output in copy.deepcopy(list(outputs)):
        if output.output_type == "stream":
            if output.name in streams:
                streams[output.name].text += output.text
                continue
            streams[output.name] = output
        joined.append(output)
    return joined


def json_size(value: Any) -> int:
    """Size of a part of a notebook as JSON.

    Parameters
    ----------
    value : Any
        Serializable as JSON.

    Returns
    -------
    int
        Bytes, without indentation.
    """
    return len(json.dumps(value, ensure_ascii=False).encode())
