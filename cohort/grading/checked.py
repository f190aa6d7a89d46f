"""nbgrader's check of cell metadata, once for each metadata: most cells of a class have the same."""

from __future__ import annotations

import json
import traceback

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader import preprocessors
from nbgrader.nbgraderformat import MetadataValidator, ValidationError


class _Validator(MetadataValidator):
    """nbgrader's own, which compiles its JSON schema anew for each cell; what passed once passes again."""

    def __init__(self) -> None:
        super().__init__()
        self._passed: set[str] = set()

    def validate_cell(self, cell: NotebookNode) -> None:
        """Raise nbgrader's ValidationError if the metadata is damaged."""
        about = cell.metadata.get("nbgrader", {})
        key = json.dumps([cell.cell_type, about], sort_keys=True, default=str)
        if key not in self._passed:
            super().validate_cell(cell)
            # A changed cell type is only logged: let it be logged each time.
            if about.get("cell_type", cell.cell_type) == cell.cell_type:
                self._passed.add(key)


class CheckCellMetadata(preprocessors.CheckCellMetadata):
    """nbgrader's own, with one validator for all notebooks."""

    _validator = _Validator()

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Check the cells.

        Raises
        ------
        ValidationError
            nbgrader's, if the metadata of a cell is damaged or a grade id stands twice.
        """
        try:
            self._validator.validate_nb(nb)
        except ValidationError:
            self.log.error(traceback.format_exc())
            message = "Notebook failed to validate; the nbgrader metadata may be corrupted."
            self.log.error(message)
            raise ValidationError(message) from None
        return nb, resources
