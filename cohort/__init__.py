"""Common Ground: a course model with places, on top of nbgrader, papermill and Jupyter Book."""

__version__ = "0.1.0"
