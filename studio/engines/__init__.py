"""Inference: the only package that imports torch and onnxruntime."""

import os

# Waiting threads must sleep, not spin: the window needs those cores. OpenMP reads this once, when torch
# loads it, which is always later than this line.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
