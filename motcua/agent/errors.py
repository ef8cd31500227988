"""What stops an agent, in words for the person who looks after it."""

from motcua.typed.sentences import SentenceError


class AgentError(SentenceError):
    """The agent cannot go on; `message` is English with places for `params`."""
