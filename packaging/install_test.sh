#!/usr/bin/env bash
# Installs the wheel into an empty environment, away from the checkout, and restyles a sample with it.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

uv build --wheel -q --out-dir "$work/dist" "$root"
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv/bin/python" "$work"/dist/*.whl

cd "$work"
export ATELIER_HOME="$work/home"
atelier="$work/venv/bin/atelier"
"$atelier" --version
"$atelier" models list
"$atelier" models verify
"$atelier" style "$root/assets/samples/lake.jpg" "$root/assets/samples/seurat-seascape.jpg" \
    --size 256 --seed 1 --project "$work/kept.atelier" -o "$work/styled.png"
"$atelier" project verify "$work/kept.atelier"
test -s "$work/styled.png"
echo "installed and working"
