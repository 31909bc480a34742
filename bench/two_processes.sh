#!/usr/bin/env bash
# Two SFT steps of a tiny model by two processes with FSDP2 over gloo, through the multi-node road
# (train cluster, accelerate launch), beside the same two steps in one process.
#   bash bench/two_processes.sh DATASET      a published dataset; needs synthsmith[train]
set -euo pipefail
dataset=$(realpath "${1:?a published dataset folder}")
recipes=$(realpath "$(dirname "$0")/../recipes")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export OMP_NUM_THREADS=1
sed -e 's/^\[train\]/[train]\nparallel = "fsdp"\nnodes = 1\ngpus_per_node = 2/' \
  -e 's/^gpus_per_node = 1$//' -e 's/^data = {/data = { curriculum = true,/' \
  -e 's/micro_batch = 4,/micro_batch = 2,/' "$recipes/lists.toml" > two.toml
synthsmith train cluster two.toml --cpu --out cluster
synthsmith train sft two.toml --data "$dataset" --max-steps 2 --out one
sh cluster/launch.sh sft --data "$dataset" --max-steps 2 --out two
python3 - <<'PYTHON'
import json
def losses(folder):
    rows = map(json.loads, open(f"{folder}/metrics.jsonl"))
    return [row["loss"] for row in rows if "loss" in row]
one, two = losses("one"), losses("two")
print("one process:  ", *one)
print("two processes:", *two)
far = max(abs(a - b) for a, b in zip(one, two, strict=True))
print(f"largest difference: {far:.2g}")
raise SystemExit(far > 1e-4)
PYTHON
