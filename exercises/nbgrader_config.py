"""Settings of the students' JupyterLab: the Validate button, handing in."""

from cvbook.grading.nbgrader import validation

c = get_config()  # noqa: F821  (given by traitlets)

# A first import of TensorFlow on a slow machine, and the short trainings of 08.
c.ExecutePreprocessor.timeout = 300
# Validate shows the points of each task first.
validation.configure(c)
# A notebook that cannot be read is refused when it is handed in.
c.ExchangeFactory.submit = "cvbook.grading.nbgrader.submit.Submit"
