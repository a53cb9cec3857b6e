package org.chancery.dist.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `strace` wrote down of a relay that was killed: how far its log had come, and the call it died at.
final class LogTrace {
    /// The calls looked at: those on files, and those that speak to clients.
    static final String CALLS = "pwrite64,fsync,fdatasync,ftruncate,fcntl,write,writev,sendto,sendmsg";

    private static final Pattern CALL = Pattern.compile("(\\d+) +[\\d.]+ (\\w+)\\((\\d+)<([^>]*)>(.*)");
    private static final Pattern RESUMED = Pattern.compile("(\\d+) +[\\d.]+ <\\.\\.\\. (\\w+) resumed>(.*)");
    /// How far the log's file is.
    enum Log {
        /// Everything written is synced.
        SYNCED,
        /// The writer is at the next letters, and has written nothing of them.
        TAKEN,
        /// Something is written, and not synced.
        WRITTEN
    }

    private final String writer;
    private Log log = Log.SYNCED;
    private String last = "";
    private boolean answeredBeforeSync;
    private boolean syncedOnce;
    private final Map<String, String> unfinished = new HashMap<>();

    private LogTrace(String writer) {
        this.writer = writer;
    }

    static LogTrace read(Path trace) throws IOException {
        List<String> lines = Files.readAllLines(trace, StandardCharsets.ISO_8859_1);
        LogTrace seen = new LogTrace(writerOf(lines));
        lines.forEach(seen::line);
        return seen;
    }

    /// The thread that writes the log: the one that wrote to it last.
    private static String writerOf(List<String> lines) {
        String writer = "";
        for (String line : lines) {
            Matcher call = CALL.matcher(line);
            if (call.matches()
                    && call.group(2).equals("pwrite64")
                    && kind(call.group(4)).equals("log")) {
                writer = call.group(1);
            }
        }
        return writer;
    }

    Log log() {
        return log;
    }

    /// The call it died at, or the last one before, with what it was on.
    String last() {
        return last;
    }

    /// Whether anything was said to a client before what an earlier life had left in the log was synced: it would be
    /// answered for without being safe.
    boolean spokeBeforeSync() {
        return answeredBeforeSync;
    }

    private void line(String line) {
        Matcher call = CALL.matcher(line);
        if (call.matches()) {
            String what = call.group(2) + " " + kind(call.group(4));
            boolean done =
                    !call.group(5).contains("<unfinished") && !call.group(5).endsWith("= ?");
            last = what;
            begun(call.group(1), what, call.group(5));
            if (done) {
                done(what);
            } else {
                unfinished.put(call.group(1), what);
            }
            return;
        }
        Matcher resumed = RESUMED.matcher(line);
        if (resumed.matches() && !resumed.group(3).endsWith("= ?")) {
            String what = unfinished.remove(resumed.group(1));
            if (what != null) {
                done(what);
            }
        }
    }

    /// The writer holds a lock on what it reads from its first look at the log to the end of its transaction; in
    /// between, SQLite keeps in memory what it will write.
    private void begun(String thread, String what, String rest) {
        if (thread.equals(writer) && what.equals("fcntl lock")) {
            if (log == Log.SYNCED && rest.contains("F_RDLCK")) {
                log = Log.TAKEN;
            } else if (log == Log.TAKEN && rest.contains("F_UNLCK") && !rest.contains("l_start=120,")) {
                log = Log.SYNCED;
            }
        }
        if (what.endsWith(" client") && !syncedOnce) {
            answeredBeforeSync = true;
        }
    }

    private void done(String what) {
        switch (what) {
            case "pwrite64 log" -> log = Log.WRITTEN;
            case "fdatasync log", "fsync log" -> {
                log = Log.SYNCED;
                syncedOnce = true;
            }
            default -> {}
        }
    }

    private static String kind(String of) {
        if (of.endsWith("relay.db-wal")) {
            return "log";
        }
        if (of.endsWith("relay.db-shm")) {
            return "lock";
        }
        if (of.endsWith("relay.db")) {
            return "database";
        }
        return of.startsWith("TCP") || of.startsWith("socket") ? "client" : "other";
    }

    /// Where a kill fell.
    ///
    /// @param stored whether letters are stored that were not answered
    /// @param missing whether letters that were sent are not stored
    Moment moment(boolean stored, boolean missing) {
        return switch (log) {
            case WRITTEN -> stored || missing ? Moment.BEFORE_FSYNC : Moment.BESIDE;
            case TAKEN -> missing ? Moment.BEFORE_APPEND : Moment.BESIDE;
            case SYNCED -> stored ? Moment.BEFORE_ANSWER : Moment.AFTER_ANSWER;
        };
    }

    /// The arguments of `strace`, up to the program.
    static List<String> strace(Path trace) {
        return List.of(
                "strace",
                "-f",
                "-qq",
                "-yy",
                "-ttt",
                "-s",
                "0",
                "-o",
                trace.toString(),
                "-e",
                "trace=" + CALLS,
                "-e",
                "signal=none");
    }

    /// The same, with something done to some of the calls.
    static List<String> strace(Path trace, String injection) {
        List<String> arguments = new ArrayList<>(strace(trace));
        arguments.addAll(List.of("-e", "inject=" + injection));
        return arguments;
    }
}
