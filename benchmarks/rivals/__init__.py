"""Other programs on the same model, server and articles: the parts of `peers.py`.

What begins with `with_` and `worker.py` run in processes of their own; those of the other programs
have an environment without this one, so they import nothing from it.
"""
