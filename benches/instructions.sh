#!/usr/bin/env bash
# Counts the instructions that one event takes in six fixed workloads, and a line in each format through the shipped pack,
# under valgrind, and prints them beside the figures stored in benches/instructions.txt. The same program gives nearly the same figures on every machine with the same
# processor features, whatever else it does.
#
#     benches/instructions.sh          count and compare
#     benches/instructions.sh store    count, compare and keep as the figures to compare with
#
# ENGINE names a built bench; without, it is built.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."
kept=benches/instructions.txt
engine=${ENGINE:-}
if [ -z "$engine" ]; then
    engine=$(cargo bench --bench engine --no-run --message-format=json |
        sed -n 's/.*"name":"engine".*"executable":"\([^"]*\)".*/\1/p' | tail -1)
fi
"$engine" work raw 0 > /dev/null # writes the generated set
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# counted WORKLOAD PASSES: instructions, and events of one pass.
counted() {
    valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null "$engine" work "$1" "$2" \
        > "$work/events" 2> "$work/said" || { cat "$work/said" >&2; return 1; }
    sed -n 's/.*I *refs: *//p' "$work/said" | tr -d ', '
}

formats=$(cd tests/samples/formats && printf 'lines-%s ' *.log | sed 's/\.log//g')
printf '%-18s %14s %14s %9s\n' workload instructions before change
for workload in quiet matching raw counting correlation syslog $formats; do
    # The second of two passes: what is only done once is in both runs.
    one=$(counted "$workload" 1)
    two=$(counted "$workload" 2)
    each=$(awk -v one="$one" -v two="$two" '{printf "%.0f", (two - one) / $1}' "$work/events")
    before=$(awk -v workload="$workload" '$1 == workload {print $2}' "$kept" 2> /dev/null || true)
    change=$(awk -v now="$each" -v before="${before:-0}" 'BEGIN {if (before) printf "%+.1f %%", (now / before - 1) * 100}')
    printf '%-18s %14s %14s %9s\n' "$workload" "$each" "${before:--}" "${change:--}"
    echo "$workload $each" >> "$work/figures"
done
[ "${1:-}" != store ] || cp "$work/figures" "$kept"
