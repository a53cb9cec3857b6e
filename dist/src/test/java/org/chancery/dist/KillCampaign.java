package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Kills `ca sign` and `ca revoke`, on one authority that has to live with it: first as they enter one after the other
/// of the calls that change a file, then at random times. After each kill the next `ca sign` has to work, with nothing
/// repaired, and the [AuthorityWatch] looks at everything.
final class KillCampaign {
    /// What a process killed by SIGKILL ends with; strace ends as what it traced did.
    private static final int KILLED = 128 + 9;

    private final Desk desk;
    private final Path trace;
    private final AuthorityWatch watch;
    private final Random random;
    private final KillReport report = new KillReport();

    /// @param directory empty, for the authority and everything it makes
    /// @param seed of the random times, as far as a busy machine keeps to them
    KillCampaign(Path directory, long seed) throws IOException, InterruptedException, GeneralSecurityException {
        desk = Desk.open(directory);
        trace = desk.lab().path("trace");
        watch = new AuthorityWatch(desk);
        random = new Random(seed);
    }

    /// Kills that often, and answers where.
    String run(int kills) throws IOException, InterruptedException, GeneralSecurityException {
        Deed signing = new Deed.Signing(desk, watch, true);
        Deed revoking = new Deed.Revoking(desk, watch);
        int atCalls = kills * 3 / 8;
        Course ofSigning = uninterrupted(signing);
        Course ofRevoking = uninterrupted(revoking);
        killAtCalls(signing, ofSigning, atCalls);
        killAtCalls(revoking, ofRevoking, atCalls);

        int left = kills - report.kills();
        killAtTimes(signing, ofSigning, left / 4);
        killAtTimes(new Deed.Signing(desk, watch, false), ofSigning, left / 4);
        killAtTimes(revoking, ofRevoking, kills - report.kills());
        watch.compareAll();
        return report.page(watch.inWords());
    }

    /// What a command does when nobody kills it.
    ///
    /// @param calls those that change a file, in order
    private record Course(Instant start, List<SystemCall> calls) {
        /// A random time from shortly before the first call to shortly after the last: the start of a JVM, before,
        /// touches nothing.
        Duration moment(Random random) {
            double first = 0.9 * Duration.between(start, calls.getFirst().at()).toNanos();
            double last = 1.1 * Duration.between(start, calls.getLast().at()).toNanos();
            return Duration.ofNanos((long) (first + random.nextDouble() * (last - first)));
        }

        /// That many of the calls, evenly spread; all, where there are no more.
        List<SystemCall> spread(int count) {
            return count >= calls.size()
                    ? calls
                    : IntStream.range(0, count)
                            .mapToObj(i -> calls.get(i * calls.size() / count))
                            .toList();
        }
    }

    private Course uninterrupted(Deed deed) throws IOException, InterruptedException, GeneralSecurityException {
        String[] command = deed.command();
        Instant start = Instant.now();
        Program program = Strace.start(desk.lab(), trace, "ca", command);
        settle(deed, program, "at");
        assertThat(program.awaitExit()).isZero();
        List<SystemCall> calls = SystemCall.read(trace, desk.lab().path(""));
        assertThat(calls)
                .as("calls that change a file")
                .extracting(SystemCall::file)
                .contains("ca/ledger.db-wal");
        return new Course(start, calls);
    }

    private void killAtCalls(Deed deed, Course course, int kills)
            throws IOException, InterruptedException, GeneralSecurityException {
        for (SystemCall call : course.spread(kills)) {
            settle(deed, Strace.startKilledAt(call, desk.lab(), trace, "ca", deed.command()), "at");
        }
    }

    /// A time can come too late, when the command is done: that is no kill, and is tried again.
    private void killAtTimes(Deed deed, Course course, int kills)
            throws IOException, InterruptedException, GeneralSecurityException {
        int target = report.kills() + kills;
        for (int attempts = 10 + 3 * kills; report.kills() < target && attempts > 0; attempts--) {
            Program program = Strace.start(desk.lab(), trace, "ca", deed.command());
            TimeUnit.NANOSECONDS.sleep(course.moment(random).toNanos());
            program.killChildren();
            settle(deed, program, "after");
        }
        assertThat(report.kills()).as("kills so far").isEqualTo(target);
    }

    /// Waits for the end, signs for the next in line as if nothing had been, looks, and takes down where it was.
    private void settle(Deed deed, Program program, String relation)
            throws IOException, InterruptedException, GeneralSecurityException {
        int code = program.awaitExit();
        assertThat(code).as(() -> "exit code; " + program.errorLines()).isIn(0, KILLED);
        Desk.Applicant next = desk.applicant();
        desk.must(next.sign("--out", next.certificate("next")));
        watch.handedOut(String.join("\n", program.outputLines()));
        watch.look();
        if (code == KILLED) {
            List<SystemCall> calls = SystemCall.read(trace, desk.lab().path(""));
            report.add(new Kill(
                    deed.name(),
                    calls.isEmpty() ? "before the first call" : relation + " " + calls.getLast(),
                    deed.phase()));
        }
        deed.finish(code == 0);
    }
}
