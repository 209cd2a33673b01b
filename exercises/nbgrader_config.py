"""Settings of the students' JupyterLab: the Validate button."""

c = get_config()  # noqa: F821  (given by traitlets)

# A first import of TensorFlow on a slow machine, and the short trainings of 08.
c.ExecutePreprocessor.timeout = 300
