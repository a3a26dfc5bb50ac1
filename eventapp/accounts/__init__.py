"""Accounts: users, sign-in, invitations, roles, and who may use which endpoint."""
