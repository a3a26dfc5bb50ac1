"""Why a file that somebody sent cannot be read as a table, or not be kept."""

from eventapp.core.errors import N_, AtField, Refusal


class _File(Refusal):
    field = "file"
    status = 422


class NoTable(_File):
    """It is no CSV and no XLSX, whatever its name says."""

    message = N_("This file is not a spreadsheet that we can read, whatever its name says. Save the table as XLSX or CSV and send that.")


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


class _Upload(AtField):
    """Refused at the field of the form that sent the file."""

    status = 422


class NothingSent(_Upload):
    """No file was chosen, or an empty one."""

    message = N_("Choose a file. If you chose one, it is empty.")


class TooHeavy(_Upload):
    """It has more bytes than such a file needs."""

    message = N_("This file is too large. Send one of at most %(most)s MB.")


class IsProgram(_Upload):
    """It is a program, whatever its name says."""

    message = N_("This file is a program, whatever its name says. Send the document or picture itself.")


class IsDrawing(_Upload):
    """It is an SVG, which may run programs."""

    message = N_("This is an SVG drawing, which can run programs. Export it as PNG, at least 500 pixels wide, and send that.")


class NotPicture(_Upload):
    """It is no picture of a kind that is taken."""

    message = N_("This file is no picture that we can read, whatever its name says. Save it as PNG, JPEG or WebP and send that.")


class NotPdf(_Upload):
    """It is no PDF."""

    message = N_("This file is no PDF, whatever its name says. Save or scan the document as PDF and send that.")


class NotPaper(_Upload):
    """It is neither a PDF nor a picture."""

    message = N_("This file is neither a PDF nor a picture, whatever its name says. Send a PDF, or a picture as PNG, JPEG or WebP.")


class PictureTooLarge(_Upload):
    """It has more pixels than anybody needs."""

    message = N_("This picture has %(width)s × %(height)s pixels. Make it smaller, at most %(most)s pixels on each side, and send it again.")


class PictureMoves(_Upload):
    """It is an animation."""

    message = N_("This picture moves. Save one still picture of it as PNG and send that.")


class PictureDamaged(_Upload):
    """It ends too early, or cannot be decoded."""

    message = N_("This picture is damaged or incomplete. Open it, save it anew as PNG and send that.")


class HidesAnother(_Upload):
    """It is a picture or a PDF, and something else too."""

    message = N_("This file hides another one inside. Open it, save it anew as PNG or PDF and send that.")


class PdfDamaged(_Upload):
    """It ends too early, or cannot be looked through."""

    message = N_("This PDF is damaged, incomplete or written in an unusual way. Print it into a new PDF and send that.")


class PdfLocked(_Upload):
    """It is encrypted."""

    message = N_("This PDF is protected by encryption, with or without a password. Save it without protection and send that.")


class PdfActive(_Upload):
    """It holds programs, or starts some, or has other files in it."""

    message = N_("This PDF holds programs or other files (%(what)s). Print it into a new PDF, which leaves them out, and send that.")
