"""Asks the decision service from Python, with the standard library alone.

Usage: ask.py URL; a token in KUPUYA_TOKEN is shown. Exit code 0: allowed, 3: denied.
"""

import json
import os
import sys
import urllib.error
import urllib.request


def evaluate(url: str, evaluation: dict, seconds: float = 5.0) -> dict:
    """One AuthZEN evaluation. Whatever goes wrong on the way, the answer is no."""
    headers = {"Content-Type": "application/json"}
    if token := os.environ.get("KUPUYA_TOKEN"):
        headers["Authorization"] = f"Bearer {token}"
    body = json.dumps(evaluation).encode()
    try:
        request = urllib.request.Request(f"{url}/access/v1/evaluation", body, headers)
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return json.load(answer)
    except (OSError, ValueError) as error:
        message = error.read().decode() if isinstance(error, urllib.error.HTTPError) else str(error)
        return {"decision": False, "context": {"error": {"message": message}}}


def main() -> int:
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
    for clause in answer["context"].get("clauses", []):
        print(clause["paragraph"], clause["sentence"])
    print("allowed" if answer["decision"] else f"denied: {answer['context']}")
    return 0 if answer["decision"] else 3


if __name__ == "__main__":
    sys.exit(main())
