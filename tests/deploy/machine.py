"""A machine with users of its own: mount and process namespaces over this one, gone at the end."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

#: `/etc` takes new users, `/srv`, `/opt` and `/home` are empty, and every user reaches the
#: interpreter and this repository. Nothing of it is seen outside.
SETUP = """
set -eu
mount --make-rprivate /
for folder in /srv /opt /home; do mount -t tmpfs -o mode=755 tmpfs $folder; done
cover() {
    mkdir -p "$1" /srv/.covers$1/work
    mkdir -p -m "$2" /srv/.covers$1/upper
    mount -t overlay overlay \
        -o "lowerdir=$1,upperdir=/srv/.covers$1/upper,workdir=/srv/.covers$1/work" "$1"
}
cover /etc 755
for folder in $CLOSED; do cover $folder 711; done
echo ready
exec sleep infinity
"""


def _closed_folders() -> list[str]:
    """Folders above the interpreter and the repository that other users cannot enter."""
    starts = (Path(sys.base_prefix).resolve(), ROOT)
    above = {parent for start in starts for parent in (start, *start.parents)}
    return sorted(str(path) for path in above if not path.stat().st_mode & 0o001)


class Machine:
    """Runs commands in the namespaces, as any user."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [
                *("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"),
                *("bash", "-c", SETUP),
            ],
            env={**os.environ, "CLOSED": " ".join(_closed_folders())},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        if self.process.stdout.readline() != "ready\n":
            raise RuntimeError(self.process.stderr.read())
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        self.pid = children.read_text().split()[0]

    def end(self) -> None:
        self.process.kill()
        self.process.wait()

    def inside(self, *command: str) -> list[str]:
        """The command line that runs a command there, as root."""
        return ["nsenter", f"--target={self.pid}", "--mount", "--pid", "--", *command]

    def run(self, script: str, user: str = "root", folder: str = "/", check: bool = True) -> str:
        """What a script prints in a login shell of a user: output, then errors."""
        shell = f"cd {shlex.quote(folder)} && {{ {script}\n}}"
        done = subprocess.run(
            self.inside("runuser", "-u", user, "--", "bash", "-l", "-c", shell),
            env={
                "PATH": os.defpath + ":/usr/sbin",
                "HOME": f"/home/{user}",
                "LANG": "C.UTF-8",
                "TERM": "dumb",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if check and done.returncode:
            raise AssertionError(f"{user}: {script}\nexit code {done.returncode}\n{done.stdout}")
        return done.stdout

    def write(self, path: str, content: bytes, user: str) -> None:
        """Write a file as a user."""
        subprocess.run(
            self.inside("runuser", "-u", user, "--", "tee", path),
            input=content,
            stdout=subprocess.DEVNULL,
            check=True,
        )
