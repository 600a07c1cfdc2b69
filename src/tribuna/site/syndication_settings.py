"""The settings of feeds, sitemaps and whatever else is for machines, with their defaults."""

from __future__ import annotations

from tribuna.site import env

TRIBUNA_FEED_STORIES = 30
TRIBUNA_SITEMAP_PAGES = 10_000  # the protocol's maximum is 50,000; so many are two to six megabytes
# Nobody is told of a publication unless the operator names them.
TRIBUNA_WEBSUB_HUBS = env.WEBSUB_HUBS
TRIBUNA_INDEXNOW_KEY = env.INDEXNOW_KEY
TRIBUNA_INDEXNOW_ENDPOINT = "https://api.indexnow.org/indexnow"
# Crawlers that robots.txt keeps out while an editor reserves what they come for. Ordinary search engines aren't among
# them: names such as Google-Extended steer only what is done with what was fetched.
TRIBUNA_AI_CRAWLERS = {
    "training": [
        *("AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot"),
        *("cohere-training-data-crawler", "Diffbot", "FacebookBot", "Google-CloudVertexBot", "Google-Extended"),
        *("GPTBot", "ICC-Crawler", "ImagesiftBot", "Meta-ExternalAgent", "omgili", "PanguBot", "Timpibot", "Webzio"),
    ],
    "answers": [
        *("ChatGPT-User", "Claude-SearchBot", "Claude-User", "cohere-ai", "DuckAssistBot", "Gemini-Deep-Research"),
        *("Meta-ExternalFetcher", "MistralAI-User", "OAI-SearchBot", "Perplexity-User", "PerplexityBot", "YouBot"),
    ],
}
