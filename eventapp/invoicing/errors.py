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


class NothingStaysDue(Refusal):
    """The invoices of who withdrew cover what the scale keeps."""

    message = N_("The application is withdrawn, and no more stays due than is invoiced.")


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


class ContractIsCurrent(Refusal):
    """The last version says all that is agreed."""

    message = N_("The contract %(label)s says all that is agreed now: there is nothing new to send.")


class ContractOutdated(Refusal):
    """The stand, the order or a price changed since, or a newer version was sent."""

    message = N_("This version does not count any more: the stand, the order or a price changed since. Accept the new version once it is here.")


class ContractAcceptedAlready(Refusal):
    """A version is accepted once."""

    message = N_("The contract %(label)s is accepted already.")


class NothingToSend(Refusal):
    """Every accepted exhibitor with a stand has its contract."""

    message = N_("Every accepted exhibitor with a stand and a price has its contract.")


class FileMissing(Refusal):
    """No file was chosen."""

    message = N_("Choose the file of the bank statement, or paste its rows.")
    field = "file"
    status = 422


class ColumnsMissing(Refusal):
    """A statement without day, sum or text says nothing."""

    message = N_("Say which column has the day, which the amount and which the text.")
    status = 422


class StatementUnread(Refusal):
    """Some rows cannot be read by these columns."""

    message = N_("Some rows cannot be read by these columns; they stand below. Tick those that are to be left out, choose other columns, or mend the file. Nothing was recorded.")
    status = 422


class NothingCameIn(Refusal):
    """No row says that money came in."""

    message = N_("No row says that money came in. Choose the column of the credits.")
    status = 422


class NoLineChosen(Refusal):
    """Nothing is to be recorded."""

    message = N_("Tick the lines that are to be recorded.")
    status = 422


class PayerUnknown(AtField):
    """What a line is to pay is no open invoice and no exhibitor's reference."""

    message = N_("Enter the number of an open invoice, or the reference of an exhibitor with open invoices.")
    status = 422


class LineRecorded(Refusal):
    """The line was recorded before, from this file or another."""

    message = N_("Row %(row)s was recorded before. Nothing was recorded now: look at the list once more.")


class LineTooMuch(AtField):
    """More came than is due, and nobody said how to name the rest."""

    message = N_("Only %(due)s is due on %(label)s. Name the rest below, so that it is kept as a credit of the exhibitor, or choose another invoice.")
    status = 422


class LineDayOdd(AtField):
    """Nobody pays tomorrow, and two years are too long ago."""

    message = N_("The day of this row is after today, or more than two years ago.")
    status = 422


class StatementUndone(Refusal):
    """The import was taken back."""

    message = N_("This statement was taken back already.")


class NothingToUndo(Refusal):
    """No line of the statement is recorded."""

    message = N_("Nothing of this statement is recorded.")


class NotSoMuchDue(Refusal):
    """More would be paid than is due."""

    message = N_("Only %(due)s is due on %(label)s.")
    field = "amount"
    status = 422


class NotSoMuchInFavour(Refusal):
    """More would be taken than there is."""

    message = N_("Only %(left)s of it is left.")
    field = "amount"
    status = 422


class RefundedOnOdd(Refusal):
    """Nobody sends money back tomorrow."""

    message = N_("Enter the day on which the money was sent: not after today, and not more than two years ago.")
    field = "paid_on"
    status = 422


class MoneyMovedOn(Refusal):
    """The money went on to another invoice, or back to the exhibitor."""

    message = N_("Some of this money was used on another invoice or sent back since. Cancel that first.")


class PriceBilled(Refusal):
    """Invoices or contracts name the price."""

    message = N_("Invoices or contracts name %(code)s. Take it off sale instead of removing it.")
