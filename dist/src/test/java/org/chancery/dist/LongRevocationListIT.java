package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An authority that has revoked a hundred thousand certificates, one of them of somebody here: the list, four
/// times as long as a frame may be, reaches the client, which then seals nothing to who is on it.
final class LongRevocationListIT {
    private static final int ENTRIES = 100_000;

    @TempDir
    Path directory;

    private final TestPki pki = TestPki.at(Instant.now());

    @Test
    void aListOfAHundredThousandReachesTheClient() throws Exception {
        Identity alice = pki.client("alice@lab.example");
        Identity bob = pki.client("bob@lab.example");
        try (Lab lab = Lab.emptyIn(directory)) {
            lab.writeKeystore("alice", contents(alice));
            lab.writeKeystore("bob", contents(bob));
            lab.writeKeystore("relay", contents(pki.server("127.0.0.1")));
            Files.writeString(
                    lab.path("root.pem"),
                    Pem.encode(PemLabel.CERTIFICATE, pki.root().certificate().getEncoded()));
            publish(lab, issued(1, List.of()));
            Program relay = lab.start(
                    "server",
                    "run",
                    "--listen",
                    "127.0.0.1:0",
                    "--keystore",
                    "relay.p12",
                    "--trust",
                    "root.pem",
                    "--crl",
                    "crls.pem",
                    "--data",
                    "relay");
            String listening = relay.awaitLine("[*] Listening on 127.0.0.1:");
            String address = listening.substring(listening.indexOf("127."));

            try (Program b = lab.start("client", "listen", "--keystore", "bob.p12", "--server", address)) {
                relay.awaitLine("bob@lab.example");
                lab.must(
                        "client",
                        "send",
                        "--keystore",
                        "alice.p12",
                        "--server",
                        address,
                        "--to",
                        "bob@lab.example",
                        "one");
                b.awaitLine("one");
            }
            Crl list = issued(2, revoked(bob));
            assertThat(list.length()).isGreaterThan(3 << 20);
            publish(lab, list);
            relay.awaitError("CRL 2 of CN=Lab Issuing CA: " + ENTRIES + " entries");

            Outcome sent = lab.run(
                    "client", "send", "--keystore", "alice.p12", "--server", address, "--to", "bob@lab.example", "two");
            assertThat(sent.code()).as(sent.toString()).isEqualTo(1);
            assertThat(sent.toString()).contains("every device of bob@lab.example is revoked");
        }
    }

    private KeyStoreFile.Contents contents(Identity identity) {
        return new KeyStoreFile.Contents(
                identity.key(),
                identity.chain().certificates(),
                List.of(pki.root().certificate()));
    }

    private List<RevokedCertificate> revoked(Identity last) {
        List<RevokedCertificate> revoked = new ArrayList<>(ENTRIES);
        for (int i = 1; i < ENTRIES; i++) {
            revoked.add(entry(new SerialNumber(BigInteger.ONE.shiftLeft(150).add(BigInteger.valueOf(i)))));
        }
        revoked.add(entry(SerialNumber.of(last.chain().leaf())));
        return revoked;
    }

    private RevokedCertificate entry(SerialNumber serial) {
        return new RevokedCertificate(serial, pki.now(), RevocationReason.SUPERSEDED, Optional.empty());
    }

    private Crl issued(long number, List<RevokedCertificate> revoked) {
        return pki.issuing().crl(number, pki.now(), Duration.ofDays(7), revoked);
    }

    private void publish(Lab lab, Crl issued) throws IOException {
        Crl root = pki.root().crl(1, pki.now(), Duration.ofDays(7), List.of());
        String pem = Pem.encode(PemLabel.X509_CRL, root.der()) + Pem.encode(PemLabel.X509_CRL, issued.der());
        AtomicFile.write(lab.path("crls.pem"), pem.getBytes(StandardCharsets.US_ASCII), Access.PUBLIC, true);
    }
}
