package org.chancery.dist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// `strace`: writes down each call by which a program changes files, and at one of them kills it, or has it fail.
public final class Strace {
    /// A question mark before those that not every machine has.
    private static final String CHANGES = "write,pwrite64,writev,fsync,fdatasync,ftruncate,?rename,renameat,renameat2,"
            + "?unlink,unlinkat,?link,linkat";

    private Strace() {}

    /// Skips the running test, visibly, where there is no strace or it may not trace.
    public static void require() {
        boolean works;
        try {
            Process trial = new ProcessBuilder("strace", "-o", "/dev/null", "true")
                    .redirectErrorStream(true)
                    .start();
            trial.getInputStream().readAllBytes();
            works = trial.waitFor() == 0;
        } catch (IOException notInstalled) {
            works = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            works = false;
        }
        Assumptions.assumeTrue(works, "strace is not installed, or may not trace here");
    }

    /// Starts a program and traces it.
    static Program start(Lab lab, Path trace, String program, String... arguments) throws IOException {
        return start(lab, trace, List.of(), program, arguments);
    }

    /// Starts a program that dies as it enters the call, before anything of it is done.
    static Program startKilledAt(SystemCall call, Lab lab, Path trace, String program, String... arguments)
            throws IOException {
        return start(lab, trace, inject(call.name() + ":signal=SIGKILL:when=" + call.nth()), program, arguments);
    }

    /// Starts a program whose calls of these names fail, from the nth on.
    static Program startFailing(
            String calls, String error, int from, Lab lab, Path trace, String program, String... arguments)
            throws IOException {
        return start(lab, trace, inject(calls + ":error=" + error + ":when=" + from + "+"), program, arguments);
    }

    private static List<String> inject(String what) {
        return List.of("-e", "inject=" + what);
    }

    private static Program start(Lab lab, Path trace, List<String> injection, String program, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("-f", "-qq", "-y", "-ttt", "-s", "0"));
        command.addAll(List.of("-o", trace.toString(), "-e", "trace=" + CHANGES, "-e", "signal=none"));
        command.addAll(injection);
        command.add(Lab.BIN.resolve(program).toString());
        command.addAll(List.of(arguments));
        return lab.start("strace", command.toArray(String[]::new));
    }
}
