"""Stored outputs that are what the code gives: executing and storing notebooks, and checking them.

`execute` runs and stores (`cvbook run`); `plugin` is the pytest plugin, on nbval's classes, that
runs them again; `text`, `pictures` and `outputs` say what "equal" means, `holes` what may not be
stored at all, `stored` which volatile parts are taken out, and `report` how much was checked.
"""
