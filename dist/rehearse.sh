#!/bin/sh
# Records the AOT caches of an installation: rehearse.sh DIRECTORY
#
# Each program plays the scene that people will wait for, on the JVM that they will run it on (the launcher finds it
# here as it does there), and leaves in lib/aot the classes that it loaded. Every run is a real one, with real
# certificates and a real relay in a directory of its own; a program that fails here fails the build.
set -eu
umask 077
home=$(CDPATH='' cd "$1" && pwd -P)
. "$home/bin/launch.sh"
require_java
require_programs

if current "$lib/aot/ca$build.aot" && current "$lib/aot/server$build.aot" && current "$lib/aot/client$build.aot"; then
    exit 0
fi

stage=$(mktemp -d)
children=''
leave() {
    trap '' INT TERM
    for child in $children; do kill "$child" 2> /dev/null || true; done
    wait
    rm -rf "$stage"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# play COMMAND...: in the background, so that a signal ends it too; its output only if it fails.
play() {
    "$@" > "$stage/output" 2>&1 &
    children="$children $!"
    wait $! || {
        cat "$stage/output" >&2
        echo "error: rehearsal failed: $*" >&2
        exit 1
    }
}
# record PROGRAM ARGUMENT...: plays it once more, for the cache.
record() {
    program=$1
    shift
    CHANCERY_AOT_RECORD=$stage/$program.aot play "$home/bin/$program" "$@"
}
# await FILE TEXT: half a minute, then the rehearsal fails.
await() {
    tries=300
    until grep -q "$2" "$1" 2> /dev/null; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || {
            cat "$1" >&2
            echo "error: rehearsal failed: waited for \"$2\"" >&2
            exit 1
        }
        sleep 0.1
    done
}

export CHANCERY_PASSPHRASE_FILE="$stage/passphrase" CHANCERY_HOME="$stage/ca"
echo rehearsal > "$stage/passphrase"
cd "$stage"

# The authority. (EC keys where it only costs time; the requests have the keys that people have.)
play "$home/bin/ca" init --domain lab.example --root-key-type ec-p256 --key-type rsa3072
play "$home/bin/server" request --dns chat.lab.example --ip 127.0.0.1 --keystore relay.p12 --out relay.csr
play "$home/bin/ca" sign relay.csr --profile server --dns chat.lab.example --ip 127.0.0.1 --out relay.pem
play "$home/bin/server" import --keystore relay.p12 relay.pem
for person in alice bob; do
    play "$home/bin/client" request --address $person@lab.example --keystore $person.p12 --out $person.csr
    [ $person = bob ] || record ca sign $person.csr --profile client --address $person@lab.example --out $person.pem
    [ $person = alice ] || play "$home/bin/ca" sign $person.csr --profile client --address $person@lab.example --out $person.pem
    play "$home/bin/client" import --keystore $person.p12 --trust ca/root.pem $person.pem
done

# The relay, with a reader to write to: one message through all of it.
CHANCERY_AOT_RECORD=$stage/server.aot "$home/bin/server" run --listen 127.0.0.1:0 --keystore relay.p12 \
    --trust ca/root.pem --crl ca/crl/root.pem --crl ca/crl/issuing.pem --data relay > relay.log 2>&1 &
relay=$!
children="$children $relay"
await relay.log "Listening on 127.0.0.1:"
address=127.0.0.1:$(sed -n 's/.*Listening on 127.0.0.1://p' relay.log)
"$home/bin/client" listen --keystore bob.p12 --server "$address" > bob.log 2>&1 &
bob=$!
children="$children $bob"
await relay.log bob@lab.example
record client send --keystore alice.p12 --server "$address" --to bob@lab.example "Good morning"
await bob.log "Good morning"
kill "$bob" && wait "$bob" || true
kill "$relay" && wait "$relay" || true

mkdir -p "$lib/aot"
chmod 755 "$lib/aot"
rm -f "$lib"/aot/*
for program in ca server client; do
    [ -s $program.aot ] || {
        echo "warning: no AOT cache for $program: this JDK made none; programs start without" >&2
        continue
    }
    cp $program.aot "$lib/aot/.$program$build"
    chmod 644 "$lib/aot/.$program$build" # everybody may start the programs
    mv "$lib/aot/.$program$build" "$lib/aot/$program$build.aot"
done
