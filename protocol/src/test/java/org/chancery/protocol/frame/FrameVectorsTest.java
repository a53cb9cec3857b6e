package org.chancery.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.testing.VectorFile;
import org.chancery.pki.testing.VectorFile.Case;
import org.junit.jupiter.api.Test;

/// `docs/vectors/frames.txt`: at least one frame of every kind, as it is on the wire.
final class FrameVectorsTest {
    private static List<Frame> frames() throws Exception {
        Case letter = VectorFile.read("letter.txt").getFirst();
        CertificateChain chain = CertificateChain.of(
                Certificates.parse(letter.octets("sender")), Certificates.parse(letter.octets("issuer")));
        return SampleFrames.all(DeviceId.of(chain.leaf().getPublicKey()), chain);
    }

    private static byte[] encoded(Frame frame) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(out, FrameLimits.DEFAULT);
        writer.write(frame);
        writer.flush();
        return out.toByteArray();
    }

    private static String text(byte[] encoded) throws Exception {
        var wire =
                org.chancery.protocol.wire.Frame.parseFrom(Arrays.copyOfRange(encoded, Integer.BYTES, encoded.length));
        return TextFormat.printer().emittingSingleLine(true).printToString(wire).strip();
    }

    @Test
    void areWhatIsOnTheWire() throws Exception {
        VectorFile file = new VectorFile("""
                Frames: `frame` is what is on the wire, the length first; `says` is the same protobuf. Records, letters
                and lists in them are of the right length at most, and of no meaning.""");
        for (Frame frame : frames()) {
            byte[] encoded = encoded(frame);
            file.add(new Case().with("says", text(encoded)).with("frame", encoded));
        }
        file.requireIn("frames.txt");

        List<Frame> read = new ArrayList<>();
        for (Case vector : VectorFile.read("frames.txt")) {
            byte[] octets = vector.octets("frame");
            Frame frame = new FrameReader(new ByteArrayInputStream(octets), FrameLimits.DEFAULT)
                    .read()
                    .orElseThrow();
            assertThat(encoded(frame)).isEqualTo(octets);
            assertThat(text(octets)).isEqualTo(vector.text("says"));
            read.add(frame);
        }
        assertThat(read).hasSameSizeAs(frames());
    }
}
