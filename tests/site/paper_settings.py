"""The site's settings for a newsroom whose comments a test can send: it asks a question, and takes it quickly."""

from tribuna.site.settings import *  # noqa: F403

TRIBUNA_CHALLENGES = [
    "tribuna.humans.challenges.question.QuestionChallenge",
    "tribuna.humans.challenges.person.PersonChallenge",
]
TRIBUNA_FORM_MINIMUM_SECONDS = 0
TRIBUNA_JUDGES: list[str] = []
