"""Servers as they are in the wild: one entry for each, with what it does and what is done about it.

The answers and errors have the shapes that these servers really give. The pages are made from this
file as well, so it needs nothing but the standard library.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field

from .stub_server import (
    MODEL,
    Behaviour,
    Json,
    Reply,
    completion,
    error,
    prompted_schema,
    right,
    written,
)

HANGS = 0.8  # seconds
_REASONING_TOKENS = 1_500


@dataclass(frozen=True)
class Profile:
    """One server.

    Args:
        name: what it is.
        quirk: what it does differently.
        handled: what this program does about it.
        reply: how it answers.
        dialect: the way to ask for JSON that is found.
        probes: HTTP requests that finding it takes.
        options: those of the endpoint.
        remembered: whether what was found is kept.
        refused: parameters that it does not take.
    """

    name: str
    quirk: str
    handled: str
    reply: Behaviour
    dialect: str = "json_schema"
    probes: int = 1
    options: Json = field(default_factory=dict)
    remembered: bool = True
    refused: frozenset[str] = frozenset()


def _form(sent: Json) -> str | None:
    form = sent.get("response_format")
    return form["type"] if form else None


def _openai(sent: Json, _: int) -> Reply:
    if _form(sent) != "json_schema" or sent["response_format"]["json_schema"]["strict"] is not True:
        return 200, completion("Hello!")
    usage = {"prompt_tokens": 20, "completion_tokens": 9, "total_tokens": 29}
    usage |= {"prompt_tokens_details": {"cached_tokens": 8, "audio_tokens": 0}}
    usage |= {"completion_tokens_details": {"reasoning_tokens": 0}}
    return 200, completion(written(sent), usage=usage, refusal=None, annotations=[])


def _openai_reasoning(sent: Json, _: int) -> Reply:
    if "max_tokens" in sent:
        said = "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
        said += "'max_completion_tokens' instead."
        return 400, error(said, param="max_tokens", code="unsupported_parameter")
    if "temperature" in sent:
        said = "Unsupported value: 'temperature' does not support 0 with this model. Only the "
        said += "default (1) value is supported."
        return 400, error(said, param="temperature", code="unsupported_value")
    cut = sent["max_completion_tokens"] < _REASONING_TOKENS
    spent = min(_REASONING_TOKENS, sent["max_completion_tokens"])
    usage = {"prompt_tokens": 20, "completion_tokens": spent, "total_tokens": spent + 20}
    usage |= {"completion_tokens_details": {"reasoning_tokens": spent}}
    choice = {"finish_reason": "length" if cut else "stop"}
    return 200, completion("" if cut else written(sent), usage=usage, choice=choice)


def _openai_fine_tuned(sent: Json, _: int) -> Reply:
    if "maxItems" in json.dumps(sent.get("response_format")):
        said = "Invalid schema for response_format 'Greeting': In context=('properties', "
        said += "'languages'), 'maxItems' is not permitted."
        return 400, error(said, param="response_format")
    return _openai(sent, 0)


def _azure(sent: Json, _: int) -> Reply:
    if "attack" in json.dumps(sent["messages"]):
        said = "The response was filtered due to the prompt triggering Azure OpenAI's content "
        said += "management policy. Please modify your prompt and retry."
        inner = {"code": "ResponsibleAIPolicyViolation", "content_filter_result": {}}
        more = {"param": "prompt", "code": "content_filter", "status": 400, "innererror": inner}
        return 400, error(said, type=None, **more)
    safe = {"hate": {"filtered": False, "severity": "safe"}}
    body = completion(written(sent), choice={"content_filter_results": safe}, refusal=None)
    body["prompt_filter_results"] = [{"prompt_index": 0, "content_filter_results": safe}]
    return 200, body


def _vllm(sent: Json, _: int) -> Reply:
    thought = 'The user wants JSON, such as {"word": "quartz"}.'
    usage = {"prompt_tokens": 20, "completion_tokens": 40, "total_tokens": 60}
    body = completion(
        "\n\n" + written(sent),
        usage={**usage, "prompt_tokens_details": None},
        choice={"stop_reason": None},
        reasoning_content=thought,
        tool_calls=[],
    )
    return 200, {**body, "prompt_logprobs": None, "kv_transfer_params": None}


def _swallowed(sent: Json, _: int) -> Reply:
    return 200, completion(None, reasoning_content=written(sent))


def _llama_cpp(sent: Json, _: int) -> Reply:
    if len(json.dumps(sent["messages"])) > 10_000:
        said = "the request exceeds the available context size. try increasing the context size"
        more = {"type": "exceed_context_size_error", "n_prompt_tokens": 9_000, "n_ctx": 512}
        return 400, {"error": {"code": 400, "message": said, **more}}
    usage = {"prompt_tokens": 20, "completion_tokens": 9, "total_tokens": 29}
    body = completion(written(sent), usage={**usage, "prompt_tokens_details": None})
    return 200, {**body, "timings": {"prompt_n": 20}, "__verbose": None}


def _ollama(sent: Json, _: int) -> Reply:
    if sent["model"] != MODEL:
        said = f'model "{sent["model"]}" not found, try pulling it first'
        return 404, error(said, type="api_error")
    thought = '<think>\nThe user says hello. Maybe {"word": "quartz"}?\n</think>\n\n'
    return 200, completion(thought + written(sent))


def _lm_studio(sent: Json, _: int) -> Reply:
    if _form(sent) == "json_object":
        return 400, {"error": "'response_format.type' must be 'json_schema' or 'text'"}
    return 200, {**completion(written(sent), tool_calls=[]), "stats": {}}


def _deepseek(sent: Json, _: int) -> Reply:
    if _form(sent) == "json_schema":
        said = "This response_format type is unavailable now"
        return 400, error(said, code="invalid_request_error")
    if _form(sent) == "json_object" and "json" not in json.dumps(sent["messages"]).lower():
        said = "Prompt must contain the word 'json' in some form to use 'response_format' of type "
        return 400, error(said + "'json_object'.")
    usage = {"prompt_tokens": 20, "completion_tokens": 9, "total_tokens": 29}
    usage |= {"prompt_cache_hit_tokens": 16, "prompt_cache_miss_tokens": 4}
    return 200, completion(written(sent), usage=usage)


def _mistral(sent: Json, _: int) -> Reply:
    thought = {"type": "thinking", "thinking": [{"type": "text", "text": "Let me see …"}]}
    return 200, completion([thought, {"type": "text", "text": written(sent)}])


def _ignores(sent: Json, _: int) -> Reply:
    schema = prompted_schema(sent)
    answer = right(schema) if schema else {"greeting": "Hello", "to": ["world"]}
    fenced = f"```json\n{json.dumps(answer, indent=2)}\n```"
    return 200, completion(f"Sure, here is your JSON [as asked]:\n\n{fenced}\n\nAnything else?")


def _rejects(sent: Json, _: int) -> Reply:
    if "response_format" in sent:
        said = "The response_format parameter is unsupported at the moment. Leave it unset."
        return 400, {"code": "Client specified an invalid argument", "error": said}
    return 200, completion(f"Here you are: {written(sent)}")


def _hangs(sent: Json, _: int) -> Reply:
    if "response_format" in sent:
        time.sleep(HANGS)
    return 200, completion(written(sent))


def _wraps_errors(sent: Json, number: int) -> Reply:
    if number == 1:
        return 200, error("Upstream is overloaded", code=503)
    return 200, completion(written(sent))


def _openrouter(sent: Json, number: int) -> Reply:
    if number == 1:
        failed = {"code": 502, "message": "Provider returned error", "metadata": {}}
        choice = {"finish_reason": "error", "native_finish_reason": None, "error": failed}
        return 200, completion("", choice=choice, reasoning=None)
    choice = {"native_finish_reason": "STOP"}
    body = {**completion(written(sent), choice=choice, reasoning=None), "provider": "Some"}
    return 200, "\n         \n" + json.dumps(body)


def _fastapi(sent: Json, _: int) -> Reply:
    for name in ("seed", "logprobs"):
        if name in sent:
            said = "Extra inputs are not permitted"
            found = {"type": "extra_forbidden", "loc": ["body", name], "msg": said, "input": 7}
            return 422, {"detail": [found]}
    return 200, completion(written(sent), usage=None)


def _unclosed(sent: Json, _: int) -> Reply:
    # The chat template has written the first mark itself.
    thought = 'A draft would be {"word": "quartz"}.\n</think>\n'
    return 200, completion(f"{thought}```json\n{written(sent)}\n```")


PROFILES = (
    Profile("OpenAI", "keeps to a strict schema", "nothing", _openai),
    Profile(
        "OpenAI, reasoning models",
        "take neither `max_tokens` nor `temperature`; reasoning counts as written tokens",
        "`max_completion_tokens`, no temperature, room for the reasoning",
        _openai_reasoning,
        probes=4,
        refused=frozenset({"max_tokens", "temperature"}),
    ),
    Profile(
        "OpenAI, fine-tuned models",
        "reject a schema with bounds (`maxItems`, `maxLength`)",
        "the schema without them; answers are checked here",
        _openai_fine_tuned,
        dialect="plain_schema",
        probes=2,
    ),
    Profile(
        "Azure OpenAI",
        "says what its content filter thinks; HTTP 400 where it objects",
        "an objection is a refusal",
        _azure,
    ),
    Profile(
        "vLLM",
        "gives a model's reasoning in a field of its own; null where others give counts",
        "the reasoning is left out, and given room",
        _vllm,
    ),
    Profile(
        "vLLM or SGLang, reasoning switched off",
        "the whole answer is in the field for the reasoning",
        "it is read from there if it is one JSON object and nothing else",
        _swallowed,
    ),
    Profile(
        "llama.cpp",
        "`exceed_context_size_error` where an article is too long",
        "told as such",
        _llama_cpp,
    ),
    Profile(
        "Ollama",
        "`<think>` blocks before the answer; HTTP 404 for a model that was not pulled",
        "the block is left out; the message is shown",
        _ollama,
    ),
    Profile(
        "LM Studio",
        "takes `json_schema`, not `json_object`; errors are plain strings",
        "nothing; the string is shown",
        _lm_studio,
    ),
    Profile(
        "DeepSeek",
        "takes `json_object`, not `json_schema`; counts cached tokens in its own way",
        "the schema is told in the prompt",
        _deepseek,
        dialect="json_object",
        probes=3,
    ),
    Profile(
        "Mistral, reasoning models",
        "the answer is a list of parts, thoughts among them",
        "the parts that are text are joined",
        _mistral,
    ),
    Profile(
        "a chat template that opens the reasoning",
        "only `</think>` shows, and the JSON is in a code fence",
        "all before it is left out, and the fence",
        _unclosed,
    ),
    Profile(
        "a gateway that ignores the schema",
        "answers in prose around JSON in a code fence",
        "the schema is told in the prompt, and the JSON read from between",
        _ignores,
        dialect="json_object",
        probes=2,
    ),
    Profile(
        "a gateway that rejects the format",
        "HTTP 400 for any `response_format`",
        "the schema is told in the prompt alone",
        _rejects,
        dialect="prompted",
        probes=4,
    ),
    Profile(
        "a gateway that hangs on the format",
        "never answers a request with `response_format`",
        "the same, but not remembered: it may have been a slow start",
        _hangs,
        dialect="prompted",
        probes=3,
        options={"timeout": HANGS / 4, "max_retries": 0},
        remembered=False,
    ),
    Profile(
        "a proxy that wraps errors",
        "HTTP 200 with an `error` in it",
        "it counts as the error it names, and is repeated like that",
        _wraps_errors,
        probes=2,
        options={"max_retries": 1},
    ),
    Profile(
        "OpenRouter",
        "an answer that ends in an error of the provider; blank lines before the JSON",
        "likewise",
        _openrouter,
        probes=2,
        options={"max_retries": 1},
    ),
    Profile(
        "a strict FastAPI server",
        "HTTP 422 for a parameter that it does not know; `usage` is null",
        "the parameter is left out; tokens count as none",
        _fastapi,
        probes=3,
        options={"seed": 7, "logprobs": True},
        refused=frozenset({"seed", "logprobs", "top_logprobs"}),
    ),
)
