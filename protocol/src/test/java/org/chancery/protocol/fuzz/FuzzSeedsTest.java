package org.chancery.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chancery.pki.fuzz.Rehearsal;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.FrameReader;
import org.chancery.protocol.membership.MembershipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The laws of the fuzzer in every build, in a JVM of 256 MiB.
final class FuzzSeedsTest {
    @TempDir
    Path directory;

    @Test
    @Defends({Threat.PARSER_FALLS_OVER, Threat.LENGTH_OR_DEPTH_BOMB})
    void onlyDeclaredErrorsEscapeAndNothingTakesMuch() throws Exception {
        Path output = directory.resolve("output");
        boolean passes = Rehearsal.passes(ProtocolTarget.class.getName(), output);
        assertThat(Files.readString(output)).isEmpty();
        assertThat(passes).isTrue();
    }

    /// The parsers take the seeds in: a fuzzer that starts from what is refused at once finds nothing.
    @Test
    void seedsAreWhatTheParsersTake() throws Exception {
        for (byte[] seed : ProtocolTarget.FRAME.seeds()) {
            assertThat(new FrameReader(new ByteArrayInputStream(seed), FrameLimits.DEFAULT).read())
                    .isPresent();
        }
        for (byte[] seed : ProtocolTarget.CONTENT.seeds()) {
            Content.decode(seed);
        }
        for (byte[] seed : ProtocolTarget.MEMBERSHIP.seeds()) {
            MembershipEntry.decode(seed);
        }
        for (byte[] seed : ProtocolTarget.DEVICE.seeds()) {
            DeviceEntry.decode(seed);
        }
    }
}
