"""The data of a page for its script, as JSON in the page."""

import json
from typing import Any


def data_script(
    identifier: str, root: str, settings: dict[str, Any], entry: str, data: dict[str, Any]
) -> str:
    """Write the data of a page, with the address of the script that reads them.

    Parameters
    ----------
    identifier : str
        Id of the element.
    root : str
        From the page to the site's root: "" or "../".
    settings : dict
        `cvbook_live` of the configuration.
    entry : str
        Name of the script.
    data : dict

    Returns
    -------
    str
        HTML.
    """
    address = root + settings["entries"][entry]
    content = json.dumps(
        {"root": root, "manifest": settings["manifest"], **data}, ensure_ascii=False
    )
    escaped = content.replace("<", "\\u003c")
    attributes = f'type="application/json" id="{identifier}" data-live="{address}"'
    return f"<script {attributes}>{escaped}</script>"
