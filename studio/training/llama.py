"""llama.cpp in this process, to check what was exported."""

from __future__ import annotations

from typing import Any


class Llama:
    """A GGUF file as llama.cpp reads it."""

    def __init__(self, path: str, context: int, threads: int = 1) -> None:
        import xllamacpp

        wishes = xllamacpp.CommonParams()
        wishes.model.path = path
        wishes.n_ctx, wishes.n_parallel, wishes.warmup = context, 1, False
        wishes.cpuparams.n_threads = wishes.cpuparams_batch.n_threads = threads
        wishes.verbosity = -1
        self._server = xllamacpp.Server(wishes)

    def next_after(self, text: str, count: int = 20) -> tuple[int, dict[int, float]]:
        """Tokens in the text, and logarithms of chances of the ``count`` likeliest next tokens.

        The answer itself is made to be the token of `a`: with half a character it would tell nothing. That
        changes what is drawn, not the chances, which are those before.
        """
        answer: dict[str, Any] = self._server.handle_completions({
            "prompt": text, "n_predict": 1, "n_probs": count, "temperature": 1.0, "cache_prompt": False,
            "logit_bias": [["a", 1000.0]]})
        likely = answer["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
        return answer["usage"]["prompt_tokens"], {one["id"]: one["logprob"] for one in likely}
