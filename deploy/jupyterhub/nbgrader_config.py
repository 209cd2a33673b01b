"""nbgrader's settings for everybody on this machine: /etc/jupyter/nbgrader_config.py.

The course's own, `nbgrader_config.py` in the course folder, are for teachers alone.
"""

import grp
import os

from cvbook.grading.nbgrader import validation

c = get_config()  # noqa: F821  (given by traitlets)

c.CourseDirectory.course_id = "cvbook"
c.Exchange.root = "/srv/cvbook/exchange"
# Validate: a first import of TensorFlow on a slow machine, and the short trainings of 08.
c.ExecutePreprocessor.timeout = 300
# Validate shows the points of each task first.
validation.configure(c)
# A notebook that cannot be read is refused when it is handed in.
c.ExchangeFactory.submit = "cvbook.grading.nbgrader.submit.Submit"

if grp.getgrnam("cvbook-teachers").gr_gid in os.getgroups():
    c.CourseDirectory.root = "/srv/cvbook/course"
    # Files and folders that one teacher makes are the others' too.
    c.CourseDirectory.groupshared = True
