#!/usr/bin/env bash
# Does verl 0.9.1 take our configuration, our rows and our reward? No GPU is needed.
#
#   bench/verl_check.sh [FOLDER]
#
# Makes an environment for verl in FOLDER/env (some gigabytes; default /tmp/verl_check), a small dataset
# in FOLDER/run, and runs bench/verl_check.py on them. Exit code 1 if anything is refused or wrong.
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/.." && pwd)
WORK=$(mkdir -p "${1:-/tmp/verl_check}" && cd "${1:-/tmp/verl_check}" && pwd)
if [[ ! -e $WORK/env/ready ]]; then
  python3 -m venv "$WORK/env"
  # Torch first, as small a build as TORCH names: verl asks for CUDA's otherwise.
  "$WORK/env/bin/pip" install -q "${TORCH:-torch==2.13.0}"
  "$WORK/env/bin/pip" install -q verl==0.9.1 aiohttp "$ROOT"
  touch "$WORK/env/ready"
fi
"$WORK/env/bin/pip" install -q --no-deps --force-reinstall "$ROOT"
if [[ ! -e $WORK/run/dataset/rl/train.parquet ]]; then
  "$WORK/env/bin/synthsmith" run "$ROOT/recipes/lists.toml" --tasks 20 --out "$WORK/run"
fi
cd "$WORK"
PATH=$WORK/env/bin:$PATH exec python3 "$ROOT/bench/verl_check.py" "$WORK/run/dataset" "$WORK/verl"
