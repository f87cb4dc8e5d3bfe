"""Asks the decision service from Python, with the standard library alone.

Usage: ask.py URL; a token in KUPUYA_TOKEN is shown. Exit code 0: allowed, 3: denied.
"""

import json
import os
import queue
import sys
import threading
import urllib.request


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """Where the service sends somebody else to, nobody has been asked."""

    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoRedirects)


def no(message: str) -> dict:
    """The answer where there is none."""
    return {"decision": False, "context": {"error": {"message": message}}}


def ask(url: str, evaluation: dict, seconds: float) -> dict:
    """What the service says; an answer that is no decision is none."""
    headers = {"Content-Type": "application/json"}
    if token := os.environ.get("KUPUYA_TOKEN"):
        headers["Authorization"] = f"Bearer {token}"
    try:
        body = json.dumps(evaluation).encode()
        request = urllib.request.Request(f"{url}/access/v1/evaluation", body, headers)
        with OPENER.open(request, timeout=seconds) as answer:
            told = json.loads(answer.read().decode("utf-8"))
            if answer.status != 200 or type(told["decision"]) is not bool or type(told["context"]) is not dict:
                return no("the answer is no decision")
            # Nobody here does what an obligation asks for. Who does lists its types in context.supported_obligations, and
            # takes those here.
            if told["decision"] and told["context"].get("obligations", []) != []:
                return no("the answer has obligations that this client does not meet")
            return told
    except Exception as error:  # Whatever it is, nobody has said yes.
        return no(repr(error))


def evaluate(url: str, evaluation: dict, seconds: float = 5.0) -> dict:
    """One AuthZEN evaluation. Whatever goes wrong on the way or comes too late, the answer is no."""
    told = queue.Queue()
    # A time-out of a socket begins anew with each byte: this one is for the whole.
    threading.Thread(target=lambda: told.put(ask(url, evaluation, seconds)), daemon=True).start()
    try:
        return told.get(timeout=seconds)
    except queue.Empty:
        return no(f"no answer within {seconds} seconds")


def main() -> int:
    sys.stdout.reconfigure(errors="replace")
    url = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:5878"
    answer = evaluate(
        url,
        {
            "subject": {"type": "controller", "id": "shop_llc"},
            "action": {"name": "use"},
            "resource": {"type": "data_category", "id": "contacts.phone_no"},
            "context": {"purpose": "marketing", "about": "buyer", "given": ["agreed"], "time": "2025-10-02"},
        },
    )
    allowed = answer["decision"] is True
    clauses = answer["context"].get("clauses")
    for clause in clauses if isinstance(clauses, list) else []:
        if isinstance(clause, dict):
            print(clause.get("paragraph"), clause.get("sentence"))
    print("allowed" if allowed else f"denied: {answer['context']}")
    return 0 if allowed else 3


if __name__ == "__main__":
    sys.exit(main())
