"""The application, for a WSGI server and for `flask`."""

import sys

from config import SettingsError
from eventapp import create_app

try:
    app = create_app()
except SettingsError as error:
    sys.exit(f"eventapp does not start: {error}")
