"""The application, for a WSGI server and for `flask`."""

import gc
import sys

gc.disable()  # nothing that is loaded at the start is garbage, and looking for some in it takes a sixth of the start

from config import SettingsError  # noqa: E402
from eventapp import create_app  # noqa: E402

try:
    app = create_app()
except SettingsError as error:
    sys.exit(f"eventapp does not start: {error}")
gc.freeze()  # nor is it ever looked through again
gc.enable()
