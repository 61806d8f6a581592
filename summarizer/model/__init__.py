"""Asking a language model, and keeping the weights of local ones."""

from summarizer.model.answer import Answer, Token
from summarizer.model.asking import Model
from summarizer.model.batch import (
    MOST_BYTES,
    BatchEndpoint,
    BatchProvider,
    BatchState,
    request_line,
)
from summarizer.model.cache import (
    AnswerCache,
    Answers,
    CacheInfo,
    cache_info,
    cache_path,
    clear_cache,
)
from summarizer.model.catalogue import Catalogue, ModelEntry, find_model, load_catalogue
from summarizer.model.choices import choice_probabilities
from summarizer.model.dialect import DIALECTS, INSTEAD, LADDER, DialectName, Manner
from summarizer.model.embedded import EmbeddedServer
from summarizer.model.endpoint import Endpoint
from summarizer.model.pacing import Pace, Pacer, Pacing, wait_for
from summarizer.model.prices import Price, PriceTable, load_prices
from summarizer.model.probe import Findings, Trial
from summarizer.model.pull import pull
from summarizer.model.reach import check_reachable
from summarizer.model.request import Parameters, Request, request_sha256, requests_sha256
from summarizer.model.schema import schema_name, strict_schema
from summarizer.model.server_address import LOCAL, LOCAL_CONTEXT, ServerAddress
from summarizer.model.store import (
    Progress,
    Stage,
    models_folder,
    remove,
    verify,
    weights_identity,
    weights_path,
)
from summarizer.model.usage import Usage, usage_of
from summarizer.model.warm import announce, find_warm

__all__ = [
    "DIALECTS",
    "INSTEAD",
    "LADDER",
    "LOCAL",
    "LOCAL_CONTEXT",
    "MOST_BYTES",
    "Answer",
    "AnswerCache",
    "Answers",
    "BatchEndpoint",
    "BatchProvider",
    "BatchState",
    "CacheInfo",
    "Catalogue",
    "DialectName",
    "EmbeddedServer",
    "Endpoint",
    "Findings",
    "Manner",
    "Model",
    "ModelEntry",
    "Pace",
    "Pacer",
    "Pacing",
    "Parameters",
    "Price",
    "PriceTable",
    "Progress",
    "Request",
    "ServerAddress",
    "Stage",
    "Token",
    "Trial",
    "Usage",
    "announce",
    "cache_info",
    "cache_path",
    "check_reachable",
    "choice_probabilities",
    "clear_cache",
    "find_model",
    "find_warm",
    "load_catalogue",
    "load_prices",
    "models_folder",
    "pull",
    "remove",
    "request_line",
    "request_sha256",
    "requests_sha256",
    "schema_name",
    "strict_schema",
    "usage_of",
    "verify",
    "wait_for",
    "weights_identity",
    "weights_path",
]
