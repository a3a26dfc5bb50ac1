"""Why a list that an exhibitor sends cannot be taken."""

from eventapp.core.errors import N_, Refusal


class NoFile(Refusal):
    """No file was chosen."""

    message = N_("Choose the file with your list.")
    field = "file"
    status = 422


class ColumnMissing(Refusal):
    """A column that every row needs is not there."""

    message = N_("The table has no column “%(title)s”. Name the columns in the first row, as in the example file.")
    field = "file"
    status = 422
