"""What exhibitors are billed and have paid: invoices, credit notes, payments, contracts."""
