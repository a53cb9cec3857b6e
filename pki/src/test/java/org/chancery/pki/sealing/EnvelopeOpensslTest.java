package org.chancery.pki.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.testing.Openssl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A delivered letter by `openssl cms`, as anyone may check it.
final class EnvelopeOpensslTest {
    private final Room room = new Room();

    @TempDir
    private Path directory;

    @BeforeEach
    void writeCertificates() throws Exception {
        Openssl.require();
        PemFiles.write(directory, "bob", room.bob);
        PemFiles.writeCertificates(
                directory.resolve("alice.pem"), List.of(room.alice.chain().leaf()));
        PemFiles.writeCertificates(
                directory.resolve("chain.pem"),
                List.of(room.pki.issuing().certificate(), room.pki.root().certificate()));
    }

    @Test
    void decryptsAndVerifiesEveryLetterOfAnEpoch() throws Exception {
        try (SealedEpoch epoch = room.epoch()) {
            for (int counter = 1; counter <= 2; counter++) {
                Letter letter = room.letter(epoch, counter, "letter " + counter);
                Files.write(directory.resolve("letter.der"), room.deliver(epoch, letter));

                decrypt();
                verify();

                assertThat(directory.resolve("letter.txt")).hasContent("letter " + counter);
                assertThat(directory.resolve("signed.der"))
                        .hasBinaryContent(
                                room.openAsBob(room.deliver(epoch, letter)).signedData());
            }
        }
    }

    @Test
    void printsTheHeaderInTheOpen() throws Exception {
        try (SealedEpoch epoch = room.epoch()) {
            Files.write(directory.resolve("letter.der"), room.deliver(epoch, room.letter(epoch, 1, "text")));

            String printed = Openssl.succeed(
                            directory, "cms", "-cmsout", "-print", "-inform", "DER", "-in", "letter.der")
                    .out();

            assertThat(printed)
                    .contains("id-smime-ct-authEnvelopedData", "aes-256-gcm", "rsaesOaep")
                    .contains(LetterHeader.OID);
        }
    }

    private void decrypt() {
        Openssl.succeed(
                directory,
                "cms -decrypt -inform DER -in letter.der -recip bob.pem -inkey bob.key -binary -out signed.der"
                        .split(" "));
    }

    private void verify() {
        Openssl.succeed(
                directory,
                ("cms -verify -inform DER -in signed.der -certfile alice.pem -CAfile chain.pem -purpose any -binary"
                                + " -attime " + Room.NOW.getEpochSecond() + " -out letter.txt")
                        .split(" "));
    }
}
