"""Addresses of nbgrader's Formgrader, which pages for instructors link to."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote


@dataclass(frozen=True)
class Formgrader:
    """Links to pages of Formgrader.

    Attributes
    ----------
    address : str
        With or without a slash at its end.
    """

    address: str

    def _at(self, *parts: str) -> str:
        return "/".join([self.address.rstrip("/"), *(quote(part, safe="") for part in parts)])

    def assignment(self, assignment: str) -> str:
        """Page of an assignment.

        Parameters
        ----------
        assignment : str

        Returns
        -------
        str
        """
        return self._at("gradebook", assignment)

    def notebook(self, assignment: str, notebook: str) -> str:
        """Page with all submissions of a notebook.

        Parameters
        ----------
        assignment, notebook : str

        Returns
        -------
        str
        """
        return self._at("gradebook", assignment, notebook)

    def student(self, student: str, assignment: str) -> str:
        """Page of a student's submission.

        Parameters
        ----------
        student, assignment : str

        Returns
        -------
        str
        """
        return self._at("manage_students", student, assignment)

    def submission(self, identifier: str, cell: str = "") -> str:
        """Page where a notebook is graded, at one of its cells.

        Parameters
        ----------
        identifier : str
            Of the submitted notebook, in the gradebook.
        cell : str
            `grade_id`.

        Returns
        -------
        str
        """
        return self._at("submissions", identifier) + "/" + (f"#{quote(cell)}" if cell else "")


def running(course: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Find a Jupyter server that has the files of a course.

    Parameters
    ----------
    course : Path
        Its folder.
    environment : mapping of str to str

    Returns
    -------
    str
        Address without a slash at its end: on a JupyterHub, of this user's server, without a host
        where the hub names none; else of a running one; empty if there is none.
    """
    if prefix := environment.get("JUPYTERHUB_SERVICE_PREFIX"):
        return f"{environment.get('JUPYTERHUB_HOST', '')}{prefix.rstrip('/')}"
    from jupyter_server.serverapp import list_running_servers

    course = course.resolve()
    found = [
        (len(root), str(server["url"]).rstrip("/"))
        for server in list_running_servers()
        if (root := server.get("root_dir")) and course.is_relative_to(Path(root).resolve())
    ]
    return max(found, default=(0, ""))[1]  # the one with the nearest root


def find(course: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Find the address of Formgrader for a course.

    Parameters
    ----------
    course : Path
        Its folder.
    environment : mapping of str to str

    Returns
    -------
    str
        Of the server that `running` finds; else JupyterLab's usual one.
    """
    return f"{running(course, environment) or 'http://localhost:8888'}/formgrader"
