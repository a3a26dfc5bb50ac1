"""The application, for a WSGI server and for `flask`."""

from eventapp import create_app

app = create_app()
