"""How mails write the sums and days of an invoice, which they carry as plain text."""

from datetime import date
from decimal import Decimal

from flask import Flask

from eventapp.web import i18n


def sum_of_money(amount: str, currency: str) -> str:
    """Write a sum by the reader's locale."""
    return i18n.money(Decimal(amount), currency)


def iso_day(day: str) -> str:
    """Write a day by the reader's locale."""
    return i18n.day(date.fromisoformat(day), "long")


def init_app(app: Flask) -> None:
    """Give the templates the filters."""
    app.jinja_env.filters.update(sum_of_money=sum_of_money, iso_day=iso_day)
