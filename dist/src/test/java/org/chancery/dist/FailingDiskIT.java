package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.chancery.ca.command.CaHere;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk that is full, or fails: what could not be recorded was not issued, the error is a sentence, the ledger is
/// whole, and when the disk is well again so is everything else.
final class FailingDiskIT {
    private static final int BAD_INPUT = 3;
    /// More than any command here needs.
    private static final int ENOUGH_BLOCKS = 24;

    @TempDir
    Path directory;

    private Desk desk;
    private AuthorityWatch watch;

    @BeforeEach
    void found() throws Exception {
        desk = Desk.open(directory);
        watch = new AuthorityWatch(desk);
    }

    @Test
    @Defends(Threat.ISSUED_BUT_NOT_RECORDED)
    void fullDiskIssuesNothingAndRevokesNothing() throws Exception {
        try (SmallDisk disk = moveOntoSmallDisk()) {
            int failures = 0;
            for (int free = 0; free <= ENOUGH_BLOCKS; free++) {
                Desk.Applicant applicant = desk.applicant();
                Desk.Applicant victim = desk.applicant();
                desk.must(victim.sign("--out", victim.certificate("one")));

                disk.fillBut(free);
                CaHere.Answer signed = desk.run(applicant.sign("--out", applicant.certificate("one")));
                CaHere.Answer revoked = desk.run("revoke", victim.certificate("one"), "--reason", "superseded");
                disk.empty();

                watch.look();
                for (CaHere.Answer answer : List.of(signed, revoked)) {
                    if (answer.code() != 0) {
                        failures++;
                        assertSaidPlainly(answer.code(), answer.err());
                    }
                }
                assertThat(Files.exists(Path.of(applicant.certificate("one"))))
                        .as("a certificate where sign said %s", signed)
                        .isEqualTo(signed.code() == 0);
                if (revoked.code() == 0) {
                    assertThat(watch.entriesOf(victim.address())).allMatch(AuthorityWatch.Entry::isRevoked);
                }
                desk.must(applicant.sign("--out", applicant.certificate("again")));
            }
            assertThat(failures).as("commands that met the full disk").isGreaterThan(4);
            assertThat(desk.run(desk.applicant().sign()).code()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 9, 12})
    @Defends(Threat.ISSUED_BUT_NOT_RECORDED)
    void nothingLeavesWhereTheDiskDoesNotTakeIt(int from) throws Exception {
        Strace.require();
        Desk.Applicant applicant = desk.applicant();
        Program sign = Strace.startFailing(
                "fsync,fdatasync",
                "EIO",
                from,
                desk.lab(),
                desk.lab().path("trace"),
                "ca",
                applicant.sign("--out", applicant.certificate("one")));
        int code = sign.awaitExit();
        watch.look();
        List<AuthorityWatch.Entry> entries = watch.entriesOf(applicant.address());
        boolean out = Files.exists(Path.of(applicant.certificate("one")));
        if (code == 0) {
            assertThat(entries).singleElement().matches(entry -> !entry.isIntended());
            assertThat(out).isTrue();
        } else {
            assertSaidPlainly(code, String.join("\n", sign.errorLines()));
        }
        if (from == 1) {
            assertThat(code).as("nothing at all reached the disk").isNotZero();
            assertThat(out).isFalse();
        }
        desk.must(applicant.sign("--out", applicant.certificate("again")));
    }

    private static void assertSaidPlainly(int code, String errors) {
        assertThat(code).as(errors).isEqualTo(BAD_INPUT);
        assertThat(errors)
                .startsWith("error: ")
                .containsPattern("disk is full|No space left|cannot be read or written|Input/output error")
                .doesNotContain("Exception", "\tat ", "SQLITE", "VFS");
    }

    /// The authority's directory, moved to where space can run out.
    private SmallDisk moveOntoSmallDisk() throws IOException, InterruptedException {
        Path home = desk.lab().path("ca");
        Path aside = Files.move(home, desk.lab().path("aside"));
        SmallDisk disk = SmallDisk.on(home);
        try (Stream<Path> files = Files.walk(aside)) {
            for (Path file : files.toList()) {
                if (!file.equals(aside)) {
                    Files.copy(
                            file, home.resolve(aside.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return disk;
    }
}
