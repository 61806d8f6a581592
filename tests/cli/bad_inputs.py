"""Bad inputs of every kind, and what the program does about each.

`test_bad_inputs.py` gives each to the program as people do; `docs/reliability.md` shows them.
"""

from __future__ import annotations

# ruff: noqa: E501 - what the program says stands here to the letter, each case on its lines
from . import bad_case as make
from .bad_case import Case, Group, completion, http

GOOD = "Norwegian Foreign Minister Anna Lind met Pedro Sousa in Oslo on Tuesday.\n"
LINE = '{"text": "Minister Anna Lind met Pedro Sousa in Oslo on Tuesday."}\n'

_FRONT = "---\nname: mine\nversion: '1'\ndescription: x\nasks: [record]\n---\n"
_MINE = "summarize a.txt --prompt mine.md"
_A = {"a.txt": GOOD}
_EMPTY = "a.txt: is empty\n  Give a file that holds an article."
_BINARY = "a.txt: is binary, not text\n  Give the article as `.txt`, `.md` or `.html`."
_PRICES = """
[[prices]]
hosts = ["h"]
source = "s"
date = 2026-01-01
models.m = { input = 1, output = "two" }
"""


def _mine(about: str, says: str, prompt: str) -> Case:
    """A prompt that is wrong."""
    says += "\n  `summarizer prompts check` lists every problem."
    return Case(about, _MINE, 2, says, {**_A, "mine.md": prompt})


# fmt: off
CASES: dict[Group, list[Case]] = {
    "articles": [
        Case("a file that is not there", "summarize missing.txt", 2,
             "missing.txt: does not exist\n  Check the name and the folder."),
        Case("one of two that is not there", "summarize a.txt missing.txt", 3,
             "missing.txt: does not exist\n  Check the name and the folder.", _A, records=1),
        Case("an empty file", "summarize a.txt", 2, _EMPTY, {"a.txt": ""}),
        Case("blanks alone", "summarize a.txt", 2, _EMPTY, {"a.txt": " \n\t\n"}),
        Case("invisible characters alone", "summarize a.txt", 2, _EMPTY, {"a.txt": "\u200b\u2060\n"}),
        Case("a binary file", "summarize a.txt", 2, _BINARY, {"a.txt": bytes(range(256)) * 9}),
        Case("a text with a NUL", "summarize a.txt", 2, _BINARY, {"a.txt": f"{GOOD}\0"}),
        Case("a PDF under another name", "summarize a.txt", 2,
             "a.txt: is a PDF, not text\n"
             "  Give the article as `.txt`, `.md` or `.html`.",
             {"a.txt": b"%PDF-1.7\n"}),
        Case("a Word document", "summarize a.docx", 2,
             "a.docx: is a zip archive or an Office document, not text\n"
             "  Give the article as `.txt`, `.md` or `.html`.",
             {"a.docx": b"PK\x03\x04\x14"}),
        Case("an image", "summarize a.png", 2,
             "a.png: is an image, not text\n"
             "  Give the article as `.txt`, `.md` or `.html`.",
             {"a.png": b"\x89PNG\r\n\x1a\n"}),
        Case("more than 5 MB", "summarize a.txt", 2,
             "a.txt: is larger than 5 MB\n"
             "  One input is one article: split the file, or use `.jsonl` for many.",
             {"a.txt": 5_000_001}),
        Case("UTF-16 cut in the middle", "summarize a.txt", 2,
             "a.txt: starts as utf-16-le and is damaged\n"
             "  Save the file as UTF-8 and try again.",
             {"a.txt": b"\xff\xfeA\0B"}),
        Case("UTF-16 without its mark", "summarize a.txt", 2, _BINARY, {"a.txt": GOOD.encode("utf-16-le")}),
        Case("UTF-16 with its mark", "summarize a.txt", 0, "", {"a.txt": GOOD.encode("utf-16")}, 1),
        Case("an encoding that cannot be told", "summarize a.txt", 2,
             "a.txt: is in an unknown encoding\n"
             "  Save the file as UTF-8 and try again.",
             {"a.txt": b"\x81\x8d\x8f\x90\xff\xfe\x81" * 9}),
        Case("terminal controls in the text", "summarize a.txt", 0,
             "", {"a.txt": f"{GOOD * 3}\x1b[2J\n"}, 1),
        Case("emoji alone", "summarize a.txt", 0, "", {"a.txt": "😀👩‍👩‍👧🇳🇴\n"}, 1),
        Case("a quotation that is never closed", "summarize a.txt", 0,
             "", {"a.txt": f"{GOOD}“We agreed, Lind said.\n"}, 1),
        Case("front matter that is no YAML", "summarize a.md", 0,
             "", {"a.md": f"---\n[a: {{\n---\n{GOOD}"}, 1),
        Case("front matter and no article", "summarize a.md", 2,
             "a.md: holds front matter and no article", {"a.md": "---\ntitle: x\n---\n"}),
        Case("front matter with a wrong date", "summarize a.md", 2,
             "a.md: `published` is not a date: `2024-02-30`\n"
             "  Write it as YYYY-MM-DD, for example 2024-02-01.",
             {"a.md": f"---\npublished: 2024-02-30\n---\n{GOOD}"}),
        Case("a page without text", "summarize a.html", 2,
             "a.html: has no readable text\n"
             "  Copy the article's text into a `.txt` file and give that.",
             {"a.html": "<html><script>x()</script></html>"}),
        Case("a page that is not closed", "summarize a.html", 0,
             "", {"a.html": f"<html><body><p>{GOOD * 9}"}, 1),
        Case("a folder without articles", "summarize news", 2,
             "news: holds no articles\n"
             "  Articles are `.txt`, `.md`, `.html`, `.htm`, `.jsonl`, `.parquet` files.",
             {"news/a.pdf": "x", "news/.b.txt": "x"}),
        Case("a file that may not be read", "summarize a.txt", 2,
             "a.txt: cannot be read: Permission denied", _A, prepare=make.unreadable, skip_root=True),
        Case("a link to itself", "summarize loop.txt", 2,
             "loop.txt: cannot be read: Too many levels of symbolic links",
             prepare=make.linked_to_itself),
        Case("a folder with a link back to itself", "summarize news", 2,
             "news: holds no articles\n"
             "  Articles are `.txt`, `.md`, `.html`, `.htm`, `.jsonl`, `.parquet` files.",
             prepare=make.linked_to_itself),
        Case("a pipe that nobody writes to", "summarize pipe.txt", 2,
             "pipe.txt: is empty\n  Give a file that holds an article.", prepare=make.pipe),
        Case("a device without end", "summarize /dev/zero", 2,
             "/dev/zero: is larger than 5 MB\n"
             "  One input is one article: split the file, or use `.jsonl` for many."),
        Case("standard input without anything", "summarize -", 2,
             "standard input: is empty\n  Give a file that holds an article."),
        Case("standard input that is binary", "summarize -", 2,
             "standard input: is binary, not text\n"
             "  Give the article as `.txt`, `.md` or `.html`.",
             stdin=b"\x7fELF\0\0"),
    ],
    "JSON Lines": [
        Case("an empty file", "summarize a.jsonl", 2, "a.jsonl: holds no article", {"a.jsonl": ""}),
        Case("a line that is no JSON", "summarize a.jsonl", 3,
             "a.jsonl:2: is not JSON: Expecting property name enclosed in double quotes",
             {"a.jsonl": f"{LINE}{{\n{LINE}"}, 2),
        Case("a line that is no object", "summarize a.jsonl", 3,
             "a.jsonl:2: is not a JSON object\n"
             "  Write {\"text\": \"…\"}.",
             {"a.jsonl": f"{LINE}[1]\n"}, 1),
        Case("a line without `text`", "summarize a.jsonl", 3,
             "a.jsonl:2: has no `text`", {"a.jsonl": LINE + '{"id": 1}\n'}, 1),
        Case("a text that is none", "summarize a.jsonl", 3,
             "a.jsonl:2: `text` has the wrong type", {"a.jsonl": LINE + '{"text": 5}\n'}, 1),
        Case("an empty text", "summarize a.jsonl", 3,
             "a.jsonl:2: is empty\n"
             "  Give a file that holds an article.",
             {"a.jsonl": LINE + '{"text": " "}\n'}, 1),
        Case("an `id` that is a list", "summarize a.jsonl", 3,
             "a.jsonl:2: `id` has the wrong type",
             {"a.jsonl": LINE + '{"text": "x", "id": []}\n'}, 1),
        Case("a date that is none", "summarize a.jsonl", 3,
             "a.jsonl:2: `published` is not a date: `May`\n"
             "  Write it as YYYY-MM-DD, for example 2024-02-01.",
             {"a.jsonl": LINE + '{"text": "x", "published": "May"}\n'}, 1),
        Case("half a surrogate pair", "summarize a.jsonl", 3,
             "a.jsonl:2: holds broken characters\n"
             "  Save the file as UTF-8 and try again.",
             {"a.jsonl": LINE + '{"text": "x \\ud800"}\n'}, 1),
        Case("a line in Latin-1", "summarize a.jsonl", 3,
             "a.jsonl:2: is not UTF-8\n"
             "  Save the file as UTF-8.",
             {"a.jsonl": LINE.encode() + b'{"text": "\xe9"}\n'}, 1),
        Case("a number without end", "summarize a.jsonl", 3,
             "a.jsonl:2: is not JSON that can be read",
             {"a.jsonl": LINE + '{"text": ' + "1" * 5_000 + "}\n"}, 1),
        Case("brackets without end", "summarize a.jsonl", 3,
             "a.jsonl:2: is not JSON that can be read",
             {"a.jsonl": LINE + "[" * 100_000 + "\n"}, 1),
    ],
    "web addresses": [
        Case("this machine", "summarize http://127.0.0.1:8080/a", 2,
             "http://127.0.0.1:8080/a: leads to a private address (127.0.0.1)\n"
             "  If you trust it, `--allow-private-addresses` reads it."),
        Case("this machine by its name", "summarize http://localhost/a", 2,
             "http://localhost/a: leads to a private address (127.0.0.1)\n"
             "  If you trust it, `--allow-private-addresses` reads it."),
        Case("this machine in IPv6", "summarize http://[::1]/a", 2,
             "http://[::1]/a: leads to a private address (::1)\n"
             "  If you trust it, `--allow-private-addresses` reads it."),
        Case("this machine as one number", "summarize http://2130706433/a", 2,
             "http://2130706433/a: leads to a private address (127.0.0.1)\n"
             "  If you trust it, `--allow-private-addresses` reads it."),
        Case("a private network", "summarize https://10.0.0.1/a", 2,
             "https://10.0.0.1/a: leads to a private address (10.0.0.1)\n"
             "  If you trust it, `--allow-private-addresses` reads it."),
        Case("a cloud's own service", "summarize http://169.254.169.254/latest/", 2,
             "http://169.254.169.254/latest/: leads to a private address (169.254.169.254)\n"
             "  If you trust it, `--allow-private-addresses` reads it."),
        Case("another service's port", "summarize http://93.184.216.34:25/", 2,
             "http://93.184.216.34:25/: has the port 25, which is another service's\n"
             "  Pages are read from the ports 80, 443, and 1024 and above."),
        Case("a password", "summarize https://me:secret@93.184.216.34/a", 2,
             "https://…@93.184.216.34/a: holds a name or password, which would be stored\n"
             "  Save the page as `.html` in a browser and give that file."),
        Case("no host", "summarize http:///a", 2, "http:///a: is not a web address"),
        Case("a file's address", "summarize file:///nowhere/a.txt", 2,
             "file:///nowhere/a.txt: does not exist\n  Check the address."),
        Case("another protocol", "summarize ftp://93.184.216.34/a", 2,
             "ftp://93.184.216.34/a: is no file, and no address is read that starts with `ftp`\n"
             "  Give an `http` or `https` address, or a file."),
        Case("a page that is a PDF", "summarize BROKEN/a --allow-private-addresses", 2,
             "http://127.0.0.1:8080/a: is `application/pdf`, and only HTML, feeds, plain text and Markdown are read\n"
             "  Save the page as `.html` in a browser and give that file.",
             answer=http(200, "%PDF-", "application/pdf")),
        Case("a page that is not there", "summarize BROKEN/a --allow-private-addresses", 2,
             "http://127.0.0.1:8080/a: gives `404 X`\n  Check the address.", answer=http(404)),
        Case("a page that is cut", "summarize BROKEN/a --allow-private-addresses", 2,
             "http://127.0.0.1:8080/a: broke off before its end, or arrived damaged\n"
             "  Try again later.",
             answer=http(200, "<p>" * 99, "text/html")[:-9]),
        Case("a server that speaks no HTTP", "summarize BROKEN/a --allow-private-addresses", 2,
             "http://127.0.0.1:8080/a: answers with something that is not HTTP",
             answer=b"220 mail\r\n"),
        Case("a redirect to this machine's files", "summarize BROKEN/a --allow-private-addresses", 2,
             "http://127.0.0.1:8080/a: is redirected to `file:///etc/passwd`, which is not a web address",
             answer=b"HTTP/1.1 302 X\r\nlocation: file:///etc/passwd\r\n\r\n"),
        Case("a redirect without end", "summarize BROKEN/a --allow-private-addresses", 2,
             "http://127.0.0.1:8080/a: is redirected more than 5 times",
             answer=b"HTTP/1.1 302 X\r\nlocation: /a\r\n\r\n"),
    ],
    "options": [
        Case("a date that is none", "summarize a.txt --published 2024-02-30", 2,
             "--published: `published` is not a date: `2024-02-30`\n"
             "  Write it as YYYY-MM-DD, for example 2024-02-01.",
             _A),
        Case("an unknown form", "summarize a.txt --format pdf", 2,
             "Invalid value for '--format': Value error, 'pdf' is not one of 'text', 'json', 'jsonl', 'md', 'html'.",
             _A),
        Case("an output of an unknown form", "summarize a.txt --out a.pdf", 2,
             "--out a.pdf: `.pdf` is no form to write\n"
             "  The suffix is one of `.json`, `.jsonl`, `.md`, `.html`, `.db`.",
             _A),
        Case("an output that is the input", "summarize a.md --out a.md", 2,
             "--out a.md: is one of the inputs\n  Name another file.", {"a.md": GOOD}),
        Case("no jobs", "summarize a.txt --jobs 0", 2,
             "--jobs: `jobs` is wrong: Input should be greater than or equal to 1", _A),
        Case("a limit that is no number", "summarize a.txt --max-cost nan", 2,
             "--max-cost: `max_cost` is wrong: Input should be a finite number", _A),
        Case("no number of tokens", "summarize a.txt --max-tokens-total many", 2,
             "Invalid value for '--max-tokens-total': Input should be a valid integer, unable to parse string as an integer", _A),
        Case("money limited and no price known", "summarize a.txt --max-cost 1", 2,
             "--max-cost: the price of `m` is not known, so money cannot be limited\n"
             "  Name a file of prices in `SUMMARIZER_PRICES`, or use `--max-tokens-total`.",
             _A),
        Case("prices that are not there", "summarize a.txt", 2,
             "prices.toml: cannot be read: No such file or directory",
             _A, variables={"SUMMARIZER_PRICES": "prices.toml"}),
        Case("a price that is no number", "summarize a.txt", 2,
             "prices.toml: `prices[0].models.m.output` is wrong: it is no number\n"
             "  `\"NAME\" = { input = 2.5, output = 10 }` is a price: USD for a million tokens.",
             {**_A, "prices.toml": _PRICES}, variables={"SUMMARIZER_PRICES": "prices.toml"}),
        Case("a variable that is wrong", "summarize a.txt", 2,
             "SUMMARIZER_JOBS: `jobs` is wrong: Input should be a valid integer, unable to parse string as an integer",
             _A, variables={"SUMMARIZER_JOBS": "many"}),
        Case("settings that are no TOML", "summarize a.txt", 2,
             "summarizer.toml: is not TOML: Invalid value (at end of document)",
             {**_A, "summarizer.toml": "model ="}),
        Case("an unknown setting", "summarize a.txt", 2,
             "summarizer.toml:1: unknown key `jbos`\n"
             "  Known: `prompt`, `model`, `base_url`, `published`, `format`, `out`, `no_text`, `fail_fast`, `jobs`, `max_tokens_total`, `max_cost`, `max_rpm`, `max_tpm`, `timeout`, `prices`, `no_cache`, `cache_limit_mb`, `restart`, `engine`, `ray_address`, `parts`, `parts_format`, `batch_size`, `batch_poll`, `allow_private_addresses`, `keep_pages`, `verbose`.",
             {**_A, "summarizer.toml": "jbos = 3\n"}),
        Case("a key in the settings", "summarize a.txt", 2,
             "summarizer.toml:1: a key does not belong in a file\n"
             "  Set `OPENAI_API_KEY`.",
             {**_A, "summarizer.toml": 'api_key = "sk-1"\n'}),
    ],
    "files": [
        Case("an output in a folder that is a file", "summarize a.txt --out a.txt/out.jsonl", 2,
             "a.txt/out.jsonl.ledger: the ledger cannot be written: File exists", _A),
        Case("an output that is a folder", "summarize a.txt --out out.jsonl", 2,
             "out.jsonl: is a folder, not a file to write", {**_A, "out.jsonl/x": "x"}),
        Case("a folder that may not be written to", "summarize a.txt --out place/out.jsonl", 2,
             "place/out.jsonl.ledger: the ledger cannot be written: Permission denied",
             _A, prepare=make.read_only, skip_root=True),
        Case("a ledger that is no database", "summarize a.txt --out out.jsonl", 2,
             "out.jsonl.ledger: is no ledger, or a damaged one\n"
             "  Move the file away and run again.",
             {**_A, "out.jsonl.ledger": "x" * 2_000}),
        Case("a ledger that is another database", "summarize a.txt --out out.jsonl", 2,
             "out.jsonl.ledger: is a database, but no ledger", _A, prepare=make.other_database),
        Case("a ledger of a newer version", "summarize a.txt --out out.jsonl", 2,
             "out.jsonl.ledger: the ledger was made by a newer version of this program\n"
             "  Update the program, or name another file.",
             _A, prepare=make.newer_ledger),
        Case("a ledger that another process works on", "summarize a.txt --out out.jsonl", 2,
             "out.jsonl.ledger: another process is working on this ledger\n"
             "  Wait until it ends, or name another `--out`.",
             _A, prepare=make.ledger_in_use),
        Case("a run that never was", "runs show out.jsonl", 2,
             "out.jsonl.ledger: there is no such ledger"),
        Case("a folder without runs", "runs list .", 2,
             ".: holds no ledger\n  `summarize --out` makes one."),
        Case("a damaged cache that is looked at", "cache info", 2,
             "~/.cache/summarizer/answers.db: is no cache, or a damaged one\n"
             "  Move the file away and run again.", prepare=make.damaged_cache),
        Case("a damaged cache", "summarize a.txt", 2,
             "~/.cache/summarizer/answers.db: is no cache, or a damaged one\n"
             "  Move the file away and run again.",
             _A, prepare=make.damaged_cache),
    ],
    "prompts": [
        Case("an unknown prompt", "summarize a.txt --prompt groundet", 2,
             "there is no prompt `groundet`\n  There is `grounded`.", _A),
        _mine("no front matter", "mine.md:1: the front matter is missing: `---`, keys and values, `---`",
              "{{ article }}"),
        _mine("front matter that is no YAML", "mine.md:3: not YAML: expected the node content, but found '<stream end>'",
              "---\n[\n---\n{{ article }}"),
        _mine("an unknown key", "mine.md:5: unknown key `tone`; known are `name`, `version`, `description`, `asks`, `system`, `parameters`, `vars`",
              _FRONT.replace("asks", "tone: dry\nasks") + "{{ article }}"),
        _mine("an unknown question", "mine.md:5: unknown ask `all`; known are `record`, `names`, `meetings`, `participants`, `report`, `speakers`, `topics`, `summary`",
              _FRONT.replace("record", "all") + "{{ article }}"),
        _mine("a template that is not closed", "mine.md:7: unexpected end of template, expected 'end of print statement'",
              _FRONT + "{{ article"),
        _mine("an unknown variable", "mine.md:7: ask `record` gives no `key`, only `article`, `known`, `published`",
              _FRONT + "{{ article }} {{ key }}"),
        _mine("no article in it", "mine.md:7: `article` is never used; ask `record` is about it",
              _FRONT + "What was said?"),
        _mine("another file read", "mine.md:7: `include` is not allowed: a prompt reads no other files",
              _FRONT + "{{ article }}{% include '/etc/passwd' %}"),
        _mine("code run", "mine.md:7: `__class__` is not allowed: a prompt sees values, not Python",
              _FRONT + "{{ article.__class__.__mro__ }}"),
        _mine("Python objects in YAML", "mine.md:4: not YAML: could not determine a constructor for the tag 'tag:yaml.org,2002:python/object/apply:os.system'",
              _FRONT.replace("x\n", "!!python/object/apply:os.system [id]\n") + "{{ article }}"),
        Case("not UTF-8", _MINE, 2,
             "mine.md:1: the file is not UTF-8 text\n"
             "  `summarizer prompts check` lists every problem.",
             {**_A, "mine.md": b"\xff\xfe\xfa"}),
    ],
    "models": [
        Case("an unknown model", "summarize a.txt --model qwen9", 2,
             "unknown local model `qwen9`\n"
             "  did you mean `qwen3-8b`, `qwen3-4b`? `summarizer models list` shows all; a path to a `.gguf` file works too",
             _A),
        Case("a model file that is not there", "summarize a.txt --model a.gguf", 5,
             "a.gguf: there is no such weights file", _A),
        Case("a model file that is none", "summarize a.txt --model a.gguf", 5, "a.gguf: this is not a GGUF file",
             {**_A, "a.gguf": "no weights"}),
        Case("weights that were never fetched", "summarize a.txt --model smollm2-135m", 5,
             "the weights of `smollm2-135m-instruct-q4_1` are not on this machine\n"
             "  run `summarizer models pull smollm2-135m-instruct-q4_1`",
             _A),
        Case("a hosted model without a key", "summarize a.txt --model gpt-4o-mini", 5,
             "`gpt-4o-mini` is a hosted model, and there is no key for it\n"
             "  Set `OPENAI_API_KEY`, or choose a local model: `summarizer models list`.",
             _A),
        Case("a key of impossible characters", "summarize a.txt --base-url BROKEN --model m", 5,
             "127.0.0.1:8080: the key has characters that no key has\n"
             "  Set it again.",
             _A, variables={"OPENAI_API_KEY": "sk-é"}),
        Case("an endpoint without a model", "summarize a.txt --base-url http://127.0.0.1:1/v1", 2,
             "--base-url: an endpoint needs the name of a model\n"
             "  Add `--model NAME`, or set `SUMMARIZER_MODEL`.",
             _A),
        Case("an address that is none", "summarize a.txt --base-url here --model m", 2,
             "--base-url: the base URL is no web address\n"
             "  It looks like `http://127.0.0.1:8080/v1`.",
             _A),
        Case("a password in the address", "summarize a.txt --base-url http://me:secret@127.0.0.1/v1 --model m", 2,
             "--base-url: the base URL holds a name or password, which would be stored in the record\n"
             "  Give the key in `OPENAI_API_KEY`.",
             _A),
        Case("nobody at the address", "summarize a.txt --base-url http://127.0.0.1:1/v1 --model m", 5,
             "127.0.0.1:1: the address cannot be reached: Connection refused\n"
             "  Is the server running, and is `--base-url` right? Try `summarizer doctor`.",
             _A),
        Case("a web page at the address", "summarize a.txt --base-url BROKEN --model m", 5,
             "127.0.0.1:8080: the address does not answer as an OpenAI-compatible one\n"
             "  Check `--base-url`; it often ends in `/v1`.",
             _A, answer=http(200, "<html>", "text/html")),
        Case("JSON of another kind", "summarize a.txt --base-url BROKEN --model m", 5,
             "127.0.0.1:8080: the address does not answer as an OpenAI-compatible one\n"
             "  Check `--base-url`; it often ends in `/v1`.",
             _A, answer=http(200, '{"choices": 5}')),
        Case("HTTP 401", "summarize a.txt --base-url BROKEN --model m", 5,
             "127.0.0.1:8080: the key was not accepted (HTTP 401)\n"
             "  Set `OPENAI_API_KEY` to a key of this address.",
             _A, answer=http(401)),
        Case("HTTP 404", "summarize a.txt --base-url BROKEN --model m", 5,
             "127.0.0.1:8080: no such model or address (HTTP 404)\n"
             "  Check `--model`, and that `--base-url` is the part before `/chat/completions`.",
             _A, answer=http(404)),
        Case("HTTP 500", "summarize a.txt --base-url BROKEN --model m", 3,
             "a.txt: 127.0.0.1:8080: the server answered HTTP 500: X", _A, answer=http(500)),
        Case("a connection that is closed at once", "summarize a.txt --base-url BROKEN --model m", 3,
             "a.txt: 127.0.0.1:8080: the connection failed", _A),
        Case("an answer that is refused", "summarize a.txt --base-url BROKEN --model m", 3,
             "a.txt: 127.0.0.1:8080: the model declined to answer: No.",
             _A, answer=completion('{"message": {"refusal": "No.", "role": "assistant"}}')),
        Case("an answer that is cut", "summarize a.txt --base-url BROKEN --model m", 3,
             "a.txt: 127.0.0.1:8080: the answer was cut before its end\n"
             "  The limit is 18 written tokens, or what the model's context leaves. Try a shorter article or a larger model.",
             _A, answer=completion('{"finish_reason": "length", "message": {"content": "{", "role": "assistant"}}')),
        Case("an answer without JSON", "summarize a.txt --base-url BROKEN --model m", 3,
             "a.txt: 127.0.0.1:8080: the answer was wrong 3 times, in the end: `answer`: Invalid JSON: expected value at line 1 column 1\n"
             "  Try a larger `--model` or another `--prompt`.",
             _A, answer=completion('{"finish_reason": "stop", "message": {"content": "Hello!", "role": "assistant"}}')),
    ],
}
