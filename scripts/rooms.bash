# Test suites of scripts/test, each with a name: they run one after the other, or beside others if they mostly wait; their output is shown and
# logged, and a summary of all is printed at the end. Sourced by scripts/test and by scripts/test-rooms, which tests it with simulated suites.

suites_begun=$SECONDS
suites_lines=()
suites_unstable=()
suites_failed=()
suites_skipped=()
suites_logs=$(mktemp -d)
# Of the suites that run beside others: their names, when they began, and their commands, quoted.
suites_beside=()
suites_beside_began=()
suites_beside_commands=()
trap suites_clean EXIT

# Ends what still runs if the script is interrupted: a background process ignores the interrupt itself.
suites_clean() {
    local process
    for process in $(jobs -p); do suites_stop "$process"; done
    rm -rf "$suites_logs"
}
suites_stop() {
    local child
    for child in $(pgrep -P "$1"); do suites_stop "$child"; done
    kill "$1" 2>/dev/null || true
}

suites_clock() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

# Prints the errors in a log, at most five lines.
suites_errors() {
    local lines
    lines=$(grep -aE 'recorded an issue|Fatal error|Assertion failed|unexpected signal|^error:|FAILED' "$1" | cut -c1-400 | head -n 5) || true
    printf '%s\n' "${lines:-$(tail -n 3 "$1" | cut -c1-400)}" | sed 's/^/        /'
}

# suite_once LOG PROOF COMMAND…: true if the command exits with 0 and has printed a line that matches PROOF. A process that ends
# prematurely has not printed it, whatever its status. `set -o pipefail` must be on. COMMAND is a program, because `set -e` would have no
# effect in a shell function called from here.
suite_once() {
    local log=$1 proof=$2 status=0
    shift 2
    "$@" 2>&1 | tee "$log" || status=$?
    [ $status -eq 0 ] || return 1
    if ! grep -aqE "$proof" "$log"; then
        echo "error: exited with 0 without printing '$proof'" | tee -a "$log"
        return 1
    fi
}

# suite NAME PROOF COMMAND…: runs a suite, and again if it failed, since a busy machine can starve a daemon past any deadline. A suite that
# failed only once is unstable.
suite() {
    local began=$SECONDS first=true
    echo "==> $1"
    suite_once "$suites_logs/first" "${@:2}" || first=false
    suite_end $first $((SECONDS - began)) "$suites_logs/first" "$@"
}

# suite_end FIRST SECONDS LOG NAME PROOF COMMAND…: the end of a suite whose first attempt took SECONDS and passed if FIRST is true.
suite_end() {
    local first=$1 took=$2 log=$3 name=$4 began=$SECONDS verdict=passed
    shift 4
    if ! $first; then
        echo "==> $name, second attempt"
        if suite_once "$suites_logs/second" "$@"; then
            verdict=UNSTABLE
            suites_unstable+=("$name"$'\n'"$(suites_errors "$log")")
        else
            verdict=FAILED
            suites_failed+=("$name"$'\n'"$(suites_errors "$suites_logs/second")")
        fi
    fi
    suites_lines+=("$(printf '%8s  %-9s %s' "$(suites_clock $((took + SECONDS - began)))" "$verdict" "$name")")
}

# suite_beside NAME PROOF COMMAND…: begins a suite that mostly waits, and goes on. `suites_join` waits for it and
# prints its output. If it fails, no other suite runs beside its second attempt.
suite_beside() {
    local log=$suites_logs/beside-${#suites_beside[@]}
    echo "==> $1, beside others"
    { if suite_once "$log" "${@:2}" >/dev/null; then echo "true $SECONDS"; else echo "false $SECONDS"; fi >"$log.end"; } &
    suites_beside+=("$1")
    suites_beside_began+=("$SECONDS")
    suites_beside_commands+=("$(printf '%q ' "${@:2}")")
}

# suites_join: waits for the suites that run beside each other, and settles each.
suites_join() {
    local number log first ended command
    wait
    for number in "${!suites_beside[@]}"; do
        log=$suites_logs/beside-$number
        echo "==> ${suites_beside[number]}, what it printed"
        cat "$log"
        read -r first ended <"$log.end"
        eval "command=(${suites_beside_commands[number]})"
        suite_end "$first" $((ended - suites_beside_began[number])) "$log" "${suites_beside[number]}" "${command[@]}"
    done
    suites_beside=() suites_beside_began=() suites_beside_commands=()
}

# skip_suite NAME REASON
skip_suite() {
    echo "==> $1: skipped, $2"
    suites_skipped+=("$1: $2")
    suites_lines+=("$(printf '%8s  %-9s %s' - skipped "$1")")
}

# step NAME COMMAND…: a step that the suites need; if it fails, the script ends.
step() {
    local name=$1 began=$SECONDS
    shift
    echo "==> $name"
    "$@"
    suites_lines+=("$(printf '%8s  %-9s %s' "$(suites_clock $((SECONDS - began)))" "" "$name")")
}

# suites_report STRICT: prints the last lines of a run; its exit status is that of the run.
suites_report() {
    echo
    echo "==> Times"
    printf '%s\n' "${suites_lines[@]}"
    printf '%8s  %-9s %s\n' "$(suites_clock $((SECONDS - suites_begun)))" "" "total"
    [ ${#suites_skipped[@]} -eq 0 ] || printf '==> SKIPPED: %s\n' "${suites_skipped[@]}"
    [ ${#suites_unstable[@]} -eq 0 ] || printf '==> UNSTABLE, failed once and passed on the second attempt: %s\n' "${suites_unstable[@]}"
    [ ${#suites_failed[@]} -eq 0 ] || printf '==> FAILED, twice: %s\n' "${suites_failed[@]}"
    if [ ${#suites_failed[@]} -gt 0 ]; then
        echo "==> Failed"
        return 1
    elif [ ${#suites_unstable[@]} -gt 0 ] && $1; then
        echo "==> Failed: --strict allows no unstable suites"
        return 1
    elif [ ${#suites_unstable[@]} -gt 0 ]; then
        echo "==> All passed, some only on the second attempt"
    else
        echo "==> All passed"
    fi
}
