"""cvbook: a Korean course book on convolutional networks for computer vision, and its tools."""

__version__ = "0.1.0"
