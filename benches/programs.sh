#!/usr/bin/env bash
# Measures whole programs: vigie beside rsigma 0.23.0, file to matches, file to alerts, log-ins to windows that are full and
# plain lines to words in them, and what it costs vigie to load rules. With VIGIE_SIGMAHQ and VIGIE_STREAM on the public rules and streams, else on a
# generated set; log-ins and plain lines are always the same.
#
#     benches/programs.sh [ROUNDS]
#
# VIGIE, RSIGMA and ENGINE (the benchmark `engine`, which writes what is generated) name programs that are there already.
# Everything else is built or installed below target/.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."
rounds=${1:-5}
vigie=${VIGIE:-target/dist/vigie}
rsigma=${RSIGMA:-target/tools/bin/rsigma}
[ -n "${VIGIE:-}" ] || cargo build --profile dist --bin vigie
[ -x "$rsigma" ] || cargo install rsigma --version =0.23.0 --locked --root target/tools
engine() { if [ -n "${ENGINE:-}" ]; then "$ENGINE" "$@"; else cargo bench --bench engine -- "$@"; fi; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -n "${VIGIE_SIGMAHQ:-}" ] && [ -n "${VIGIE_STREAM:-}" ]; then
    rules=$VIGIE_SIGMAHQ/rules streams=$VIGIE_STREAM
else
    echo "a generated set: VIGIE_SIGMAHQ and VIGIE_STREAM do not say where the public one is"
    streams=target/tmp/generated rules=target/tmp/generated/rules
    engine generate "$streams"
fi
engine log-ins "$work"
hinted=$streams/windows-hinted.jsonl raw=$streams/windows-raw.jsonl
events=$(wc -l < "$hinted")
: > "$work/empty.jsonl"

# cost NAME COMMAND...: runs it, and notes seconds of processor, seconds on the wall and KiB of memory below its name.
# Both programs end with something else than 0 where something was found.
cost() {
    local name=$1; shift
    /usr/bin/time -q -o "$work/cost" -f '%U %S %e %M' "$@" > "$work/$name.out" 2> "$work/$name.err" || [ $? -lt 4 ] || {
        cat "$work/$name.err" >&2
        return 1
    }
    tail -1 "$work/cost" | awk '{print $1 + $2, $3, $4}' >> "$work/$name.costs"
}
# middle NAME COLUMN: the middle of what was noted.
middle() { cut -d' ' -f"$2" "$work/$1.costs" | sort -g | awk '{all[NR] = $1} END {print all[int((NR + 1) / 2)]}'; }
# over OTHER OURS COLUMN: the middle of the rounds' ratios.
over() {
    paste -d' ' "$work/$1.costs" "$work/$2.costs" | awk -v at="$3" '{print $at / $(at + 3)}' | sort -g |
        awk '{all[NR] = $1} END {printf "%.2f", all[int((NR + 1) / 2)]}'
}
show() {
    printf '%-44s %8.2f s processor %8.2f s wall %7.0f MiB\n' "$2" "$(middle "$1" 1)" "$(middle "$1" 2)" \
        "$(middle "$1" 3 | awk '{print $1 / 1024}')"
}

by_hand=(--logsource-routing --event-logsource product=windows -p sysmon)
store() { rm -rf "$work/store"; cost "$1" "$vigie" scan --rules "$rules" --format json --store "$work/store" "$2"; }
words() {
    cost "$1" "$vigie" scan --rules "$work/words.yml" --format plain --logsource product=linux --json "${@:2}" \
        "$work/lines.log"
}
daemon() {
    rm -f "$work/alerts.ndjson"
    cost "$1" sh -c 'stream=$1; shift; exec "$@" < "$stream"' sh "$2" timeout 600 "$rsigma" engine daemon -r "$rules" \
        --input stdin --output "file://$work/alerts.ndjson" --batch-size 512 --api-addr 127.0.0.1:0 "${@:3}"
}

for _ in $(seq "$rounds"); do
    cost load "$vigie" scan --rules "$rules" --format json "$work/empty.jsonl"
    cost load-rsigma "$rsigma" engine eval -r "$rules" --quiet -e "@$work/empty.jsonl" "${by_hand[@]}"
    cost pack "$vigie" scan --format json "$work/empty.jsonl"
    cost raw "$vigie" scan --rules "$rules" --format json --json "$raw"
    cost raw-one "$vigie" scan --threads 1 --rules "$rules" --format json --json "$raw"
    cost raw-rsigma "$rsigma" engine eval -r "$rules" --quiet --output-format ndjson -e "@$raw" "${by_hand[@]}"
    store store "$hinted"
    daemon daemon "$hinted" --logsource-routing
    cp "$work/alerts.ndjson" "$work/hinted.ndjson"
    store store-raw "$raw"
    daemon daemon-raw "$raw" "${by_hand[@]}"
    cost counting "$vigie" scan --rules "$work/counting.yml" --format json --json "$work/log-ins.jsonl"
    cost counting-one "$vigie" scan --threads 1 --rules "$work/counting.yml" --format json --json "$work/log-ins.jsonl"
    cost counting-rsigma "$rsigma" engine eval -r "$work/counting.yml" --quiet --output-format ndjson \
        -e "@$work/log-ins.jsonl" --logsource-routing
    words words --threads 1
    words words-threads
    # Its best way: one rule needs no routing, and with `-e` it would read all of the file into memory first.
    cost words-rsigma sh -c 'lines=$1; shift; exec "$@" < "$lines"' sh "$work/lines.log" "$rsigma" engine eval \
        -r "$work/words.yml" --quiet --output-format ndjson --input-format plain
done
cost raw-default "$rsigma" engine eval -r "$rules" --quiet --output-format ndjson -e "@$raw"

lines() { wc -l < "$1"; }
# Which groups of which rules had a full window, by what each program wrote.
full() { sed -n 's/.*"title":{"en":"\([^"]*\)"}.*"subject":{"[^"]*":"\([^"]*\)"}.*/\1 \2/p' "$work/counting.out" | sort -u; }
full_rsigma() {
    sed -n 's/.*"rule_title":"\([^"]*\)".*"group_key":\[\["[^"]*","\([^"]*\)"\]\].*/\1 \2/p' "$work/counting-rsigma.out" |
        sort -u
}
echo "$events events; the middle of $rounds rounds, programs in turns, loading the rules included"
show load "load all rules: vigie"
show load-rsigma "load all rules: rsigma"
show pack "load the pack: vigie"
show raw "raw stream: vigie scan"
show raw-one "raw stream: vigie scan --threads 1"
show raw-rsigma "raw stream: rsigma set by hand"
show raw-default "raw stream: rsigma by itself"
show store "hinted, file to alerts: vigie scan --store"
show daemon "hinted, file to alerts: rsigma daemon"
show store-raw "raw, file to alerts: vigie scan --store"
show daemon-raw "raw, file to alerts: rsigma daemon by hand"
show counting "four rules that count: vigie scan"
show counting-one "four rules that count: vigie scan --threads 1"
show counting-rsigma "four rules that count: rsigma eval"
show words "words in plain lines: vigie scan --threads 1"
show words-threads "words in plain lines: vigie scan"
show words-rsigma "words in plain lines: rsigma eval"
# Evaluation by rsigma is on one thread: processor time is compared with one of ours, the wall with all.
echo "raw stream, vigie against rsigma set by hand: $(over raw-rsigma raw-one 1)x processor, $(over raw-rsigma raw 2)x wall"
# without OURS COLUMN: the ratio once the time that loading takes is taken off both sides.
without() {
    awk -v one="$(middle "$1" "$2")" -v load="$(middle load "$2")" -v other="$(middle raw-rsigma "$2")" \
        -v their="$(middle load-rsigma "$2")" 'BEGIN {printf "%.2f", (other - their) / (one - load)}'
}
echo "  without loading: $(without raw-one 1)x processor, $(without raw 2)x wall"
echo "hinted to alerts: $(over daemon store 1)x processor, $(over daemon store 2)x wall"
echo "raw to alerts: $(over daemon-raw store-raw 1)x processor, $(over daemon-raw store-raw 2)x wall"
echo "matches in the raw stream: vigie $(lines "$work/raw.out"), rsigma by hand $(lines "$work/raw-rsigma.out"), by itself $(lines "$work/raw-default.out")"
echo "alerts of rsigma's daemon: hinted $(lines "$work/hinted.ndjson"), raw $(lines "$work/alerts.ndjson"); which matches are true says: cargo bench --bench engine -- raw"
log_ins=$(lines "$work/log-ins.jsonl") groups=$(full | wc -l) both=$(comm -12 <(full) <(full_rsigma) | wc -l)
spoken=$(grep -c '"correlation_type"' "$work/counting-rsigma.out")
echo "four rules that count: $(over counting-rsigma counting-one 1)x processor, $(over counting-rsigma counting 2)x wall;" \
    "$(middle counting-one 1 | awk -v all="$log_ins" '{printf "%.0f", all / $1}') events/s of processor time," \
    "rsigma $(middle counting-rsigma 1 | awk -v all="$log_ins" '{printf "%.0f", all / $1}')"
echo "  windows: both find full ones of $both groups, vigie of $groups, rsigma of $(full_rsigma | wc -l);" \
    "vigie speaks once for a window, $(lines "$work/counting.out") times, rsigma at each event, $spoken times," \
    "and $(($(lines "$work/counting-rsigma.out") - spoken)) times of single events"
speed() { middle "$1" 2 | awk -v all="$(lines "$work/lines.log")" '{printf "%.1f M", all / $1 / 1e6}'; }
echo "words in plain lines: $(over words-rsigma words 1)x processor, $(over words-rsigma words 2)x wall on one thread," \
    "$(over words-rsigma words-threads 2)x wall on all; on the wall $(speed words) lines/s, on all threads" \
    "$(speed words-threads), rsigma $(speed words-rsigma);" \
    "matches: $(lines "$work/words.out"), on all threads $(lines "$work/words-threads.out")," \
    "rsigma $(lines "$work/words-rsigma.out")"
