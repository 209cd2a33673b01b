"""One module per `cvbook` command, each with `configure(parser)` and `run(args) -> int`.

Only the module of the command that is called gets imported, so `cvbook --help` stays fast.
"""
