"""Why a file that somebody sent cannot be read as a table."""

from eventapp.core.errors import N_, Refusal


class _File(Refusal):
    field = "file"
    status = 422


class NoTable(_File):
    """It is no CSV and no XLSX, whatever its name says."""

    message = N_("This file is no table that we can read. Save it as XLSX or CSV and send it again.")


class OldWorkbook(_File):
    """It is an XLS of before 2007."""

    message = N_("This is an old Excel file (XLS). Open it and save it as XLSX, then send it again.")


class TableTooLarge(_File):
    """It has more in it than any list of that kind."""

    message = N_("The table has more than %(most)s rows, or too much in it. Send it in parts.")


class TableEmpty(_File):
    """It has no row below its titles."""

    message = N_("The table has no rows. Its first row names the columns, the people or firms follow below.")


class ColumnTwice(_File):
    """Two columns have one title."""

    message = N_("Two columns are called “%(title)s”. Give each column a title of its own.")


class CellIsFormula(_File):
    """A cell is calculated: what it shows is not what it holds."""

    message = N_("Row %(row)s has a formula in column “%(title)s”. Paste its value instead of the formula, then send the file again.")


class RowTooLong(_File):
    """A row has more cells than there are titles."""

    message = N_("Row %(row)s has more cells than the first row has titles. Look for a separator inside a text.")
