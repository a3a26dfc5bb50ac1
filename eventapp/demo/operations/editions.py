"""The editions with their halls, zones, opening hours and gates."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from eventapp.core.db import db
from eventapp.demo.rules import editions as rules
from eventapp.demo.rules.floor import HALLS
from eventapp.editions.models import Edition, Hall, OpeningHours, Zone, ZoneRule


def add_edition(values: dict[str, Any], halls: Collection[str], now: datetime) -> Edition:
    """Add an edition with those of the example halls, its zones and its hours."""
    edition = Edition(**rules.SHARED, **values, created_at=now)
    plans = [plan for plan in HALLS if plan.code in halls]
    edition.halls = [
        Hall(code=plan.code, name=rules.HALL_NAMES[plan.code], width_m=Decimal(str(plan.width)), depth_m=Decimal(str(plan.depth)), position=position)
        for position, plan in enumerate(plans, start=1)
    ]
    edition.zones = [Zone(code=code, bit=bit, name=name, rules=[ZoneRule(category=category) for category in who]) for code, bit, name, who in rules.ZONES]
    days = [date.fromordinal(day) for day in range(edition.first_day.toordinal(), edition.last_day.toordinal() + 1)]
    edition.hours = [OpeningHours(day=day, opens=rules.OPENS, closes=rules.CLOSES_LAST if day == days[-1] else rules.CLOSES) for day in days]
    db.session.add(edition)
    db.session.flush()
    return edition
