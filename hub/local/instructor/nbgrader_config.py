"""What nbgrader reads in the instructor's server: what it reads in the course's folder, and what the hub changes."""

from cohort import tree

c = get_config()  # noqa: F821 (nbgrader gives the name)

load_subconfig("nbgrader_config.py", path=str(tree.root()))  # noqa: F821 (so is this)

# All servers run as one user of the machine, so the owner of a file is not its author.
c.ExchangeCollect.check_owner = False
