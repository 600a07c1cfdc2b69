"""Solves ALTCHA challenges natively with the package's own solver: one JSON a line in, payload and CPU seconds out."""

from __future__ import annotations

import json
import sys
import time

import altcha

for line in sys.argv[1:]:
    began = time.process_time()
    challenge = altcha.Challenge.from_dict(json.loads(line))
    solution = altcha.solve_challenge(challenge)
    payload = altcha.Payload(challenge, solution).to_base64()
    print(json.dumps([payload, time.process_time() - began]))
