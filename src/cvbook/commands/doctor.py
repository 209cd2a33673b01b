"""Show what was found on this machine, each problem with its remedy.

Exit code 1 when something that the book needs is broken.
"""

import argparse

from cvbook.doctor import examine

SIGNS = {"ok": "ok  ", "note": "note", "broken": "FAIL"}


def configure(parser: argparse.ArgumentParser) -> None:
    pass


def run(args: argparse.Namespace) -> int:
    broken = 0
    for finding in examine():
        print(f"{SIGNS[finding.status]}  {finding.name:<18} {finding.found}")
        if finding.remedy:
            print(f"      {'':<18} → {finding.remedy}")
        broken += finding.status == "broken"
    if broken:
        print(f"\n{broken} problem(s) to mend before the book runs.")
    return 1 if broken else 0
