#!/bin/sh
# sh bench/gpu.sh
# One set of SFT steps and one of GRPO steps on one GPU, bf16, with a model of Qwen3-0.6B's layers
# from random weights: tokens a second after the first logged steps, and the most GPU memory held.
# It needs torch with CUDA in the environment (PYTHON=...); nothing is downloaded.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
"$python" - <<'CHECK'
import sys

try:
    import torch
except ImportError:
    sys.exit("bench/gpu.sh: torch is not installed: pip install -e '.[train]'")
if not torch.cuda.is_available():
    sys.exit("bench/gpu.sh: torch sees no GPU here, so there is nothing to measure")
print(torch.cuda.get_device_name(), "torch", torch.__version__)
CHECK

folder=$(mktemp -d)
trap 'kill "${watch:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cat > "$folder/recipe.toml" <<'RECIPE'
name = "gpu"
tasks = 300
styles = { atcoder = 1 }
solve = { candidates = 3, cpp_share = 0 }
[train]
gpus_per_node = 1
checkpoint_every = 1000
data = { max_length = 4096 }
scratch = { vocabulary = 8000, hidden = 1024, layers = 28, heads = 16, kv_heads = 8, head_size = 128, feed_forward = 3072, initializer_range = 0.02 }
sft = { max_steps = 40, batch = 16, micro_batch = 8, learning_rate = 1e-4 }
rl = { max_steps = 10, prompts = 8, micro_batch = 8, max_answer_tokens = 512, learning_rate = 1e-6 }
RECIPE

"$python" -m synthsmith.cli run "$folder/recipe.toml" --out "$folder/run"

measure() { # KIND [options]
  kind=$1
  shift
  nvidia-smi --query-gpu=memory.used --format=csv,noheader,nounits -l 1 > "$folder/$kind.mib" &
  watch=$!
  "$python" -m synthsmith.cli train "$kind" "$folder/recipe.toml" \
    --data "$folder/run/dataset" --out "$folder/$kind" "$@"
  kill "$watch"
  "$python" - "$kind" "$folder" <<'READ'
import json
import sys
from pathlib import Path

kind, folder = sys.argv[1], Path(sys.argv[2])
rows = [json.loads(line) for line in (folder / kind / "metrics.jsonl").read_text().splitlines()]
rows = [row for row in rows if "num_tokens" in row]
first, last = rows[len(rows) // 4], rows[-1]
rate = (last["num_tokens"] - first["num_tokens"]) / (last["wall_s"] - first["wall_s"])
peak = max(int(line) for line in (folder / f"{kind}.mib").read_text().split())
print(
    f"{kind}: {rate:,.0f} tokens/s from step {first['step']} to {last['step']}, "
    f"{peak / 1024:.1f} GiB of GPU memory at most"
)
READ
}

measure sft
measure rl --from "$folder/sft/model"
