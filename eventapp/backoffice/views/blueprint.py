"""The blueprints of the organisers' pages that show several rooms together."""

from flask import Blueprint

backoffice = Blueprint("backoffice", __name__)
applications = Blueprint("applications", __name__)
