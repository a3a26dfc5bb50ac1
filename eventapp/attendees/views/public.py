"""A visitor registers."""

from flask import Blueprint, render_template

from eventapp.accounts import access
from eventapp.editions.models import Edition

attendees = Blueprint("attendees", __name__)


@attendees.route("/visit", methods=["GET", "POST"])
@access.public
def visit(edition: Edition) -> str:
    """Register as a visitor."""
    return render_template("attendees/public/visit.html", shown=edition)
