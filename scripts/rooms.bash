# Rooms of scripts/test: steps that run one after the other, each with a name, its output shown and kept, and a report of all at the end.
# Read by scripts/test and by scripts/test-rooms, which tries it with rooms that only pretend.

rooms_begun=$SECONDS
rooms_lines=()
rooms_unstable=()
rooms_failed=()
rooms_skipped=()
rooms_logs=$(mktemp -d)
trap 'rm -rf "$rooms_logs"' EXIT

rooms_clock() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

# What a log complains of, in at most five lines.
rooms_complaint() {
    local lines
    lines=$(grep -aE 'recorded an issue|Fatal error|Assertion failed|unexpected signal|^error:|FAILED' "$1" | cut -c1-400 | head -n 5) || true
    printf '%s\n' "${lines:-$(tail -n 3 "$1" | cut -c1-400)}" | sed 's/^/        /'
}

# room_once LOG PROOF COMMAND…: true when the command ends with 0 and printed a line that matches PROOF. A process that is ended in the
# middle, whatever its status, has not printed it. `set -o pipefail` must be on. In a shell function `set -e` would not hold here, so
# COMMAND is a program.
room_once() {
    local log=$1 proof=$2 status=0
    shift 2
    "$@" 2>&1 | tee "$log" || status=$?
    [ $status -eq 0 ] || return 1
    if ! grep -aqE "$proof" "$log"; then
        echo "error: ended with 0 without having printed '$proof'" | tee -a "$log"
        return 1
    fi
}

# room NAME PROOF COMMAND…: runs a room, and once more when it failed, since a busy machine can starve a daemon past any deadline. What
# failed only once is unstable.
room() {
    local name=$1 began=$SECONDS verdict=passed
    shift
    echo "==> $name"
    if ! room_once "$rooms_logs/first" "$@"; then
        echo "==> $name, once more"
        if room_once "$rooms_logs/second" "$@"; then
            verdict=UNSTABLE
            rooms_unstable+=("$name"$'\n'"$(rooms_complaint "$rooms_logs/first")")
        else
            verdict=FAILED
            rooms_failed+=("$name"$'\n'"$(rooms_complaint "$rooms_logs/second")")
        fi
    fi
    rooms_lines+=("$(printf '%8s  %-9s %s' "$(rooms_clock $((SECONDS - began)))" "$verdict" "$name")")
}

# skip NAME REASON
skip_room() {
    echo "==> $1: skipped, $2"
    rooms_skipped+=("$1: $2")
    rooms_lines+=("$(printf '%8s  %-9s %s' - skipped "$1")")
}

# step NAME COMMAND…: something that the rooms need; its failure ends the script.
step() {
    local name=$1 began=$SECONDS
    shift
    echo "==> $name"
    "$@"
    rooms_lines+=("$(printf '%8s  %-9s %s' "$(rooms_clock $((SECONDS - began)))" "" "$name")")
}

# rooms_report STRICT: the last lines of a run. Its status is that of the run.
rooms_report() {
    echo
    echo "==> Times"
    printf '%s\n' "${rooms_lines[@]}"
    printf '%8s  %-9s %s\n' "$(rooms_clock $((SECONDS - rooms_begun)))" "" "altogether"
    [ ${#rooms_skipped[@]} -eq 0 ] || printf '==> SKIPPED: %s\n' "${rooms_skipped[@]}"
    [ ${#rooms_unstable[@]} -eq 0 ] || printf '==> UNSTABLE, failed once and passed the second time: %s\n' "${rooms_unstable[@]}"
    [ ${#rooms_failed[@]} -eq 0 ] || printf '==> FAILED, twice: %s\n' "${rooms_failed[@]}"
    if [ ${#rooms_failed[@]} -gt 0 ]; then
        echo "==> Failed"
        return 1
    elif [ ${#rooms_unstable[@]} -gt 0 ] && $1; then
        echo "==> Failed, since with --strict nothing may be unstable"
        return 1
    elif [ ${#rooms_unstable[@]} -gt 0 ]; then
        echo "==> All passed, but not all at once"
    else
        echo "==> All passed"
    fi
}
