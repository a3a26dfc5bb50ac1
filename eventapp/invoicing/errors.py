"""Why something cannot be billed, credited or booked."""

from eventapp.core.errors import N_, AtField, Refusal


class SellerMissing(Refusal):
    """Nobody said who sells."""

    message = N_("Say first who sells: the seller's name, legal numbers and bank account are not filled in.")


class OnlyDigits(Refusal):
    """An account number has letters of another kind."""

    message = N_("Enter the account as a RIB of 24 digits or an IBAN: letters and digits only.")
    field = "account"
    status = 422


class NotAccepted(Refusal):
    """Only who is accepted is billed."""

    message = N_("%(name)s is not an accepted exhibitor: only those are invoiced.")


class NoStandToInvoice(Refusal):
    """There is nothing to bill yet."""

    message = N_("%(name)s has no stand yet: allocate one first, then it can be invoiced.")


class NoDeposit(Refusal):
    """The price list asks for no deposit."""

    message = N_("The terms of payment ask for no deposit: issue the balance invoice.")


class AlreadyInvoiced(Refusal):
    """There is a living invoice of this kind."""

    message = N_("%(label)s is issued already. Credit it wholly before another one takes its place.")


class BalanceComesLast(Refusal):
    """A deposit after the balance makes no sense."""

    message = N_("The balance invoice %(label)s is issued already: it has the whole amount, and no deposit comes after it.")


class NothingLeft(Refusal):
    """The deposits cover it all."""

    message = N_("Nothing is left to invoice: the deposit covers the whole amount.")


class DepositTooHigh(Refusal):
    """More was billed in advance than the stand costs now."""

    message = N_("The deposit is more than the stand costs now. Credit %(label)s first.")


class DueOdd(Refusal):
    """Nobody can pay before the invoice, or years later."""

    message = N_("Enter a due date from today on, at most a year ahead.")
    field = "due_on"
    status = 422


class NotCreditable(Refusal):
    """A credit note takes back invoices only."""

    message = N_("A credit note cannot be credited itself.")


class CreditTooHigh(Refusal):
    """More would be taken back than was billed."""

    message = N_("Only %(left)s of %(label)s is left to credit.")
    field = "amount"
    status = 422


class SumOdd(Refusal):
    """No such sum is paid or credited."""

    message = N_("Enter an amount above 0, with at most two decimals.")
    field = "amount"
    status = 422


class ReasonMissing(Refusal):
    """A credit note says why."""

    message = N_("Enter the reason: it stands on the credit note.")
    field = "reason"
    status = 422


class PaidTooMuch(Refusal):
    """More came in than is due."""

    message = N_("Only %(due)s is due on %(label)s. To keep the rest as a credit of the exhibitor, name it in the last field.")
    field = "amount"
    status = 422


class PaidOnOdd(Refusal):
    """Nobody pays tomorrow."""

    message = N_("Enter the day on which the money came: not after today, and not more than two years ago.")
    field = "paid_on"
    status = 422


class AlreadyCancelled(Refusal):
    """The payment was taken back before."""

    message = N_("This payment was cancelled already.")


class StandIsInvoiced(Refusal):
    """The stands of a balance invoice stay as they are."""

    message = N_("The stands of %(name)s are on the invoice %(label)s. Credit it first, then change the stands and issue it anew.")


class BadgesWaitForDeposit(Refusal):
    """The edition gives badges once the deposit is paid."""

    message = N_("The badges can be had once the deposit invoice is paid.")


class BadgesWaitForAll(Refusal):
    """The edition gives badges once everything is paid."""

    message = N_("The badges can be had once every invoice is paid.")


class PercentKeptOdd(AtField):
    """No part of a sum is so large."""

    message = N_("Enter a percentage from 0 to 100, with at most two decimals.")
    status = 422


class ScaleFalls(AtField):
    """Who withdraws later would keep owing less."""

    message = N_("From %(day)s on less would be kept than before. Check the percentages.")
    status = 422


class DayTwice(AtField):
    """Two lines of the scale begin on one day."""

    message = N_("Two lines begin on %(day)s. Keep one of them.")
    status = 422
