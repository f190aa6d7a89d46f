"""What nbgrader reads in a student's server: who the student is, and where assignments are exchanged."""

import os

from cohort.course import cohort_folder, load_cohort

c = get_config()  # noqa: F821 (nbgrader gives the name)

c.CourseDirectory.course_id = load_cohort().id
# All servers run as one user of the machine, so its name says nothing.
c.CourseDirectory.student_id = os.environ["JUPYTERHUB_USER"]
c.Exchange.root = str(cohort_folder() / ".exchange")
