# What bin/ca, bin/server and bin/client share: find the programs and a Java 25, then become the JVM.
# Sourced, not run. Sets $home (the directory above bin) and defines launch. POSIX sh.
#
# Started in a checkout the programs are those that the build laid into dist/target/chancery; started in that
# directory, or in a copy of it, they are the ones beside it. No fork that can be avoided: each costs a
# millisecond of every command.

need=25

# read_release DIR: sets $major and $build from the JDK's own "release" file, without starting a JVM.
read_release() {
    major='' build=''
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS='=' read -r key value; do
        value=${value#\"} value=${value%\"}
        case $key in
            JAVA_VERSION) major=${value%%[!0-9]*} ;;
            IMPLEMENTOR_VERSION | JAVA_RUNTIME_VERSION) build=$build-$value ;;
        esac
    done < "$1/release"
    [ -n "$major" ]
}

# take DIR: accepts a JDK that is new enough, and remembers one that is not for the hint.
take() {
    read_release "$1" || return 1
    if [ "$major" -lt "$need" ]; then
        too_old="$too_old
  too old: $1 (Java $major)"
        return 1
    fi
    java_home=$1
}

# follow PATH: sets $followed to what a chain of symbolic links ends in.
follow() {
    followed=$1
    while [ -L "$followed" ]; do
        link=$(readlink "$followed")
        case $link in
            /*) followed=$link ;;
            *) followed=${followed%/*}/$link ;;
        esac
    done
}

find_java() {
    too_old=''
    [ -n "${JAVA_HOME:-}" ] && take "$JAVA_HOME" && return 0
    if on_path=$(command -v java); then
        follow "$on_path"
        followed=${followed%/*}
        take "${followed%/*}" && return 0
    fi
    if [ -x /usr/libexec/java_home ]; then # macOS
        take "$(/usr/libexec/java_home -v "$need+" 2>/dev/null)" && return 0
    fi
    for candidate in /usr/lib/jvm/* /opt/java/* /opt/jdk* "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* \
        "${HOME:-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        take "$candidate" && return 0
    done
    return 1
}

# current FILE: whether it is there, and newer than every jar.
current() {
    [ -r "$1" ] || return 1
    for jar in "$lib"/*.jar; do
        [ "$1" -nt "$jar" ] || return 1
    done
}

# unavailable ERROR HINT: nothing was started.
unavailable() {
    printf 'error: %s\nhint: %s\n' "$1" "$2" >&2
    exit 69
}

# require_java: sets $java_home, or ends with what was seen.
require_java() {
    find_java || unavailable "no Java $need or newer: looked at JAVA_HOME (${JAVA_HOME:-not set}), java on the PATH, \
/usr/lib/jvm, /opt, SDKMAN and ~/.jdks$too_old" "install a JDK $need, or set JAVA_HOME to one"
}

# require_programs: sets $lib, or ends with how to build it.
require_programs() {
    lib=$home/lib
    [ -d "$lib" ] || lib=$home/dist/target/chancery/lib
    [ -r "$lib/chancery.jar" ] \
        || unavailable "not built yet: no $lib/chancery.jar" "run \"mvn -Dquick package\" in $home, or ./quickstart"
}

# launch PROGRAM MAIN_CLASS [ARGUMENT]...: does not return.
launch() {
    program=$1 main=$2
    shift 2
    require_java
    require_programs

    # The cache of loaded classes that the build recorded with this very JDK (docs/decisions/aot-cache.md). Any other
    # JDK has another name here, and starts without. That the jars are still the same we must see to ourselves: the
    # JVM of JDK 25 would run the classes in the cache, whatever the jars have become.
    cache=$lib/aot/$program$build.aot
    if [ -n "${CHANCERY_AOT_RECORD:-}" ]; then
        set -- -XX:AOTCacheOutput="$CHANCERY_AOT_RECORD" "$main" "$@"
    elif current "$cache"; then
        set -- -XX:AOTCache="$cache" "$main" "$@"
    else
        set -- "$main" "$@"
    fi
    # Where no locale is set (cron, a container) the JVM would take arguments and write results as ASCII: a name such as
    # Zoë would be certified as two question marks.
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
        '' | C | POSIX) export LC_ALL=C.UTF-8 ;;
    esac
    case $program in
        # Long-lived, many sessions: most of what an idle one costs is garbage not yet collected, so a small young
        # generation. Out of memory is an end like a kill, from which the log recovers, and never a half-dead relay.
        server) set -- -Xmn16m -XX:+ExitOnOutOfMemoryError "$@" ;;
        # Mostly one short command: its classes from the cache, but not the profiles recorded with them, which have the
        # compiler work on what is over before it is compiled (a third of all CPU time of ca sign).
        *) set -- -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining "$@" ;;
    esac
    # Where a log goes is for an administrator to say; without a file of its own a program knows.
    log=$home/conf/logback-$program.xml
    [ "${CHANCERY_LOG:-}" != json ] || log=$home/conf/logback-$program-json.xml
    [ ! -r "$log" ] || set -- -Dlogback.configurationFile="$log" "$@"
    # Warnings of the JVM go to standard error, except those about the cache: a program without one starts all the same.
    # The cache is checked as a whole, so that a damaged one is passed over as well (25 ms; unchecked, it can crash).
    # SQLite's native library lies in lib/native; else it would be unpacked into /tmp at every start.
    # A resumed TLS session would skip the judgement of the peer's certificate: no tickets, ever.
    # shellcheck disable=SC2086  # CHANCERY_JAVA_OPTS is a list of switches
    exec "$java_home/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+VerifySharedSpaces \
        -Xlog:disable -Xlog:all=warning:stderr -Xlog:aot*=off:stderr -Xlog:cds*=off:stderr \
        --enable-native-access=ALL-UNNAMED -Dorg.sqlite.lib.path="$lib/native" -Djdk.tls.server.newSessionTicketCount=0 \
        -Dchancery.home="$home" -cp "$lib/chancery.jar" ${CHANCERY_JAVA_OPTS:-} "$@"
}
