#!/usr/bin/env bash
# The scaffold broker, for the demo and the tests; the one place that knows which broker that is.
#
#   broker.sh start [NAME]    starts one with empty data, waits until it answers, prints its address
#   broker.sh address [NAME]  prints the address of a running one
#   broker.sh stop [NAME]     stops it and removes its data; no error if there is none
#
# With FERRY_BROKERS set, start and address print that, and nothing is started.
#
# It is noida-db, a small single-node broker that installs without root. It loses what it acknowledged if it is killed, and
# holds about 60 MB; so it serves demo and tests, and nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

version=0.2.3
name=${2:-default}
folder=$PWD/.build/broker/$name

fail() {
  echo "broker: $1" >&2
  exit 3
}

# The program itself: the package's own command is a Python script that starts it and does not pass signals on.
program() {
  "$1" -c '
import importlib.metadata, pathlib, sys
distribution = importlib.metadata.distribution("noida-db")
if distribution.version != sys.argv[1]: raise SystemExit(1)
print(next(p for p in map(pathlib.Path, (distribution.locate_file(f) for f in distribution.files)) if p.parts[-2:] == ("noida_db", "noida-db")))
' "$version" 2> /dev/null
}

installed_program() {
  local python path
  python=$(scripts/python-env.sh) || fail "no virtual environment could be made: run scripts/bootstrap.sh"
  if ! path=$(program "$python"); then
    "$python" -m pip install --quiet --no-deps "noida-db==$version" >&2 \
      || fail "noida-db $version could not be installed here; set FERRY_BROKERS to a Kafka of your own instead"
    path=$(program "$python") || fail "noida-db $version is installed without its program"
  fi
  chmod +x "$path"
  echo "$path"
}

# Whether the process that start wrote down is still that broker, and not a dead one or a stranger under a reused pid.
is_running() {
  local pid
  pid=$(cat "$folder/pid" 2> /dev/null) || return 1
  kill -0 "$pid" 2> /dev/null || return 1
  [[ $(ps -o args= -p "$pid" 2> /dev/null || tr '\0' ' ' 2> /dev/null < "/proc/$pid/cmdline") == *"$folder"* ]]
}

start() {
  local path
  if is_running; then
    cat "$folder/address"
    return
  fi
  path=$(installed_program)
  rm -rf "$folder"
  mkdir -p "$folder/data"
  "$(scripts/python-env.sh)" - "$path" "$folder" <<'PYTHON' || {
import os, pathlib, resource, socket, struct, subprocess, sys, time

program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
deadline = time.monotonic() + 30


def cap_memory():
    """An address space of 4 GiB: past its limits the broker would otherwise take the whole machine with it."""
    try:
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    except (ValueError, OSError):
        pass  # macOS has the constant, but not the limit.


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    """Whether an ApiVersions request (key 18, version 0) gets a reply with its correlation id and no error."""
    client = b"ferry"
    request = struct.pack(">hhih", 18, 0, 7, len(client)) + client
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(struct.pack(">i", len(request)) + request)
            reply = connection.recv(10, socket.MSG_WAITALL)
        return len(reply) == 10 and struct.unpack(">iih", reply)[1:] == (7, 0)
    except OSError:
        return False


# Another process may take the port between our look and the broker's bind; then the broker ends, and another port is tried.
while time.monotonic() < deadline:
    port = free_port()
    with open(folder / "log", "ab") as log:
        broker = subprocess.Popen(
            [program, "start", "--only", "kafka", "--host", "127.0.0.1", "--kafka-port", str(port), "--data-dir", str(folder / "data")],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, preexec_fn=cap_memory,
            start_new_session=True,  # Ctrl-C is for whoever uses the broker: they stop it when they are done with it.
        )
    (folder / "pid").write_text(f"{broker.pid}\n")
    while broker.poll() is None and time.monotonic() < deadline:
        if answers(port):
            (folder / "address").write_text(f"127.0.0.1:{port}\n")
            sys.exit(0)
        time.sleep(0.05)
    if broker.poll() is None:
        broker.kill()
        broker.wait()
sys.exit(1)
PYTHON
    tail -n 20 "$folder/log" >&2 || true
    stop
    fail "it did not answer within 30 seconds"
  }
  cat "$folder/address"
}

stop() {
  local signal waited
  for signal in TERM KILL; do
    ! is_running || kill -s "$signal" "$(cat "$folder/pid")" 2> /dev/null || true
    for ((waited = 0; waited < 100; waited++)); do
      is_running || break
      sleep 0.1
    done
  done
  rm -rf "$folder"
}

case ${1:-} in
  start | address)
    if [[ -n ${FERRY_BROKERS:-} ]]; then
      echo "$FERRY_BROKERS"
    elif [[ $1 == start ]]; then
      start
    else
      is_running || fail "no broker named $name is running: broker.sh start $name"
      cat "$folder/address"
    fi
    ;;
  stop) stop ;;
  *)
    echo "usage: scripts/broker.sh start|address|stop [NAME]" >&2
    exit 2
    ;;
esac
