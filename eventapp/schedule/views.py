"""The public schedule."""

from flask import Blueprint, render_template

from eventapp.accounts import access
from eventapp.editions.models import Edition

schedule = Blueprint("schedule", __name__)


@schedule.get("/schedule")
@access.public
def programme(edition: Edition) -> str:
    """Show the schedule."""
    return render_template("schedule/public/programme.html", shown=edition)
