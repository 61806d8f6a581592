"""Asking a language model, and keeping the weights of local ones."""

from summarizer.model.answer import Answer, Token
from summarizer.model.asking import Model
from summarizer.model.catalogue import Catalogue, ModelEntry, find_model, load_catalogue
from summarizer.model.choices import choice_probabilities
from summarizer.model.embedded import EmbeddedServer
from summarizer.model.endpoint import Endpoint
from summarizer.model.probe import Findings
from summarizer.model.pull import pull
from summarizer.model.request import Parameters, Request, request_sha256, requests_sha256
from summarizer.model.schema import schema_name, strict_schema
from summarizer.model.server_address import ServerAddress
from summarizer.model.store import Progress, Stage, models_folder, remove, verify, weights_path
from summarizer.model.usage import Usage, usage_of
from summarizer.model.warm import announce, find_warm

__all__ = [
    "Answer",
    "Catalogue",
    "EmbeddedServer",
    "Endpoint",
    "Findings",
    "Model",
    "ModelEntry",
    "Parameters",
    "Progress",
    "Request",
    "ServerAddress",
    "Stage",
    "Token",
    "Usage",
    "announce",
    "choice_probabilities",
    "find_model",
    "find_warm",
    "load_catalogue",
    "models_folder",
    "pull",
    "remove",
    "request_sha256",
    "requests_sha256",
    "schema_name",
    "strict_schema",
    "usage_of",
    "verify",
    "weights_path",
]
