"""How often one may try: by account, and by where the tries come from. A whole show may stand behind one address, so those limits are wide."""

from flask import Response, request
from flask_limiter.util import get_remote_address
from flask_login import current_user

from eventapp.extensions import limiter

_TO_MEND = 422
_DONE = {302, 303}


def _failed(answer: Response) -> bool:
    return answer.status_code == _TO_MEND


def led_on(answer: Response) -> bool:
    """Say whether something was done: what is only to mend is not counted."""
    return answer.status_code in _DONE


def _account() -> str:
    return request.form.get("email", "").strip().lower()[:254]


def _account_from_here() -> str:
    return f"{_account()} {get_remote_address()}"


def _me() -> str:
    return f"user {current_user.get_id() if current_user.is_authenticated else get_remote_address()}"


wrong_from_here = limiter.limit("10 per 15 minutes", methods=["POST"], key_func=_account_from_here, deduct_when=_failed)
wrong_for_account = limiter.limit("50 per hour", methods=["POST"], key_func=_account, deduct_when=_failed)
wrong_from_address = limiter.limit("100 per 15 minutes", methods=["POST"], deduct_when=_failed)
mail_to_account_from_here = limiter.limit("5 per hour", methods=["POST"], key_func=_account_from_here, deduct_when=led_on)
mail_to_account = limiter.limit("30 per hour", methods=["POST"], key_func=_account, deduct_when=led_on)  # wide: nobody shuts somebody else out with a few tries
visits_from_address = limiter.limit("60 per minute; 3000 per hour", methods=["POST"], deduct_when=led_on)
visits_of_mailbox = limiter.limit("20 per hour", methods=["POST"], key_func=_account, deduct_when=led_on)
holds_from_address = limiter.limit("90 per hour", methods=["POST"])
files_of_account = limiter.limit("60 per hour", methods=["POST"], key_func=_me)  # also what is refused: looking into a file is work
mail_from_address = limiter.limit("60 per hour", methods=["POST"], deduct_when=led_on)
mail_from_contact = limiter.limit("60 per hour", methods=["POST"], exempt_when=lambda: "contact_email" not in request.form)
looks_from_address = limiter.limit("60 per minute; 600 per hour", methods=["GET"], exempt_when=lambda: not request.args.get("q"))
requests_by_me = limiter.limit("10 per hour", methods=["POST"], key_func=_me, deduct_when=led_on)
wrong_by_me = limiter.limit("10 per 15 minutes", methods=["POST"], key_func=_me, deduct_when=_failed)
