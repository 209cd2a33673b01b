"""Logging that libraries configure leaves the tests' own files alone."""

import logging.config

import absl.logging  # on import, as TensorFlow does: its handler takes pytest's file for stderr


def test_configured_logging_leaves_captured_streams_open(capsys, request):
    """As nbgrader's applications configure it, while a fixture replaces `sys.stderr`."""
    captured = request.config.pluginmanager.getplugin("capturemanager")._global_capturing
    logging.config.dictConfig({"version": 1, "disable_existing_loggers": False})
    assert not captured.err.tmpfile.closed
    assert not absl.logging.get_absl_handler().python_handler.stream.closed
