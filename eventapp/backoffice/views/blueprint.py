"""The blueprint of the organisers' pages that show several rooms together."""

from flask import Blueprint

backoffice = Blueprint("backoffice", __name__)
