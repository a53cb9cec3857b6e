package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many processes at one authority: each gets its certificate, each certificate a serial number of its own. A dozen in
/// every build, 64 by `bin/kill-campaign`.
final class SimultaneousSigningIT {
    private static final int SIGNERS = Integer.getInteger("signers", 12);

    @TempDir
    Path directory;

    @Test
    @Defends({Threat.SERIAL_GUESSED_OR_REPEATED, Threat.KILLED_ON_THE_WAY})
    void asManyCertificatesAndSerialNumbersAsSigners() throws Exception {
        Desk desk = Desk.open(directory);
        AuthorityWatch watch = new AuthorityWatch(desk);
        List<Program> signers = new ArrayList<>();
        for (int i = 0; i < SIGNERS; i++) {
            Desk.Applicant applicant = desk.applicant();
            signers.add(desk.lab().start("ca", applicant.sign("--json", "--out", applicant.certificate("one"))));
        }
        Set<String> serials = new HashSet<>();
        for (Program signer : signers) {
            assertThat(signer.awaitExit())
                    .as(() -> signer.errorLines().toString())
                    .isZero();
            serials.add(Desk.member("serial", String.join("\n", signer.outputLines()))
                    .orElseThrow());
        }
        watch.look();
        watch.compareAll();
        assertThat(serials).hasSize(SIGNERS).allMatch(watch::isOut, "lies in a file");
    }

    /// The same key for two people, asked for at the same moment: one of them gets it.
    @Test
    void oneKeyGoesToOneAddressHoweverCloseTheRequests() throws Exception {
        Desk desk = Desk.open(directory);
        List<Desk.Applicant> twins = desk.twins();
        List<Program> signers = new ArrayList<>();
        for (Desk.Applicant twin : twins) {
            signers.add(desk.lab().start("ca", twin.sign("--out", twin.certificate("one"))));
        }
        List<Integer> codes = new ArrayList<>();
        for (Program signer : signers) {
            codes.add(signer.awaitExit());
        }
        assertThat(codes).containsExactlyInAnyOrder(0, 4);
    }
}
