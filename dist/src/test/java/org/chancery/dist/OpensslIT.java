package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.StapledEnvelope;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.EnvelopeFailure;
import org.chancery.pki.sealing.EnvelopeOpener;
import org.chancery.pki.sealing.ReceivingKeys;
import org.chancery.pki.sealing.SignerPath;
import org.chancery.pki.testing.Openssl;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Content;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What travels through a relay that runs, and `openssl cms` beside it; and files between the two, both ways.
final class OpensslIT {
    private static final String TEXT = "the bridge at noon";
    private static final String PSS = " -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:32";
    private static final String OAEP =
            " -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256 -keyopt rsa_mgf1_md:sha256";

    @TempDir
    Path directory;

    private Lab lab;

    @BeforeEach
    void open() throws Exception {
        Openssl.require();
        lab = Lab.in(directory);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    /// The line of the README, on a letter that a client wrote, a relay kept, and another client has read.
    @Test
    void opensslOpensAndVerifiesWhatTheRelayDelivers() throws Exception {
        Lab.RunningRelay relay = lab.startRelay();
        Program bob = listen(relay);
        receiver(relay);
        send(relay);
        bob.awaitLine(TEXT);
        bob.terminate();
        bob.awaitExit();
        captureAndExport();

        assertThat(openssl(decrypt("letter.cms")).code()).isZero();
        Outcome verified = openssl(verify());
        assertThat(verified.code()).as(verified.toString()).isZero();

        Content content = Content.decode(Files.readAllBytes(lab.path("content")));
        assertThat(content.body()).isEqualTo(new Body.Text(TEXT, List.of(), Optional.empty()));
        assertThat(content.with().orElseThrow()).hasToString(Lab.address("bob"));

        // And with nobody's help but the same key: what openssl took apart is what our own opener signs for.
        byte[] delivered = Files.readAllBytes(lab.path("letter.cms"));
        try (EnvelopeOpener opener = opener()) {
            assertThat(opener.open(delivered, ContentPurpose.CONTENT, alice()).signedData())
                    .isEqualTo(Files.readAllBytes(lab.path("signed")));
        }
    }

    /// One octet altered: the opener refuses wherever it is, and openssl wherever it looks. It tries its key whatever
    /// the wrap says, and does not know the header in the open, which is what the signed one is for.
    @Test
    void neitherOpensItWithAnOctetAltered() throws Exception {
        Lab.RunningRelay relay = lab.startRelay();
        listen(relay);
        receiver(relay);
        send(relay);
        captureAndExport();
        byte[] delivered = Files.readAllBytes(lab.path("letter.cms"));

        Set<EnvelopeFailure> refusals = EnumSet.noneOf(EnvelopeFailure.class);
        SignerPath alice = alice();
        try (EnvelopeOpener opener = opener()) {
            assertThat(opener.open(delivered, ContentPurpose.CONTENT, alice).content())
                    .isNotEmpty();
            for (int i = 0; i < delivered.length; i++) {
                byte[] altered = altered(delivered, i);
                Throwable refusal = catchThrowable(() -> opener.open(altered, ContentPurpose.CONTENT, alice));
                assertThat(refusal).as("octet %d", i).isInstanceOf(EnvelopeException.class);
                refusals.add(((EnvelopeException) refusal).failure());
            }
        }
        assertThat(refusals)
                .contains(
                        EnvelopeFailure.MALFORMED,
                        EnvelopeFailure.NOT_ADDRESSED,
                        EnvelopeFailure.WRAP_MISMATCH,
                        EnvelopeFailure.COMMITMENT_MISMATCH,
                        EnvelopeFailure.DECRYPTION_FAILED);

        for (Map.Entry<String, Integer> place : places(delivered).entrySet()) {
            Files.write(lab.path("altered.cms"), altered(delivered, place.getValue()));
            Outcome outcome = openssl(decrypt("altered.cms"));
            assertThat(outcome.code()).as("%s: %s", place.getKey(), outcome).isNotZero();
        }
        assertThat(openssl(decrypt("letter.cms")).code()).as("as it was").isZero();
        byte[] signed = Files.readAllBytes(lab.path("signed"));
        Files.write(lab.path("signed"), altered(signed, signed.length - 1));
        assertThat(openssl(verify()).code()).as("the signature altered").isNotZero();
        Files.write(lab.path("signed"), signed);
        assertThat(openssl(verify()).code()).isZero();
    }

    /// The relay's disk has rotted while nobody was there: Bob's client says so, and shows nothing.
    @Test
    void theClientShowsNothingOfALetterAlteredAtTheRelay() throws Exception {
        Lab.RunningRelay relay = lab.startRelay();
        Program bob = listen(relay);
        receiver(relay);
        bob.terminate();
        bob.awaitExit();
        send(relay);
        relay.program().terminate();
        relay.program().awaitExit();
        try (RelayDatabase database = RelayDatabase.forWriting(lab.path("relay/relay.db"))) {
            database.alterTheCiphertextOfEveryLetter();
        }

        Program again = listen(lab.startRelay(relay.port()));
        again.awaitLine("DECRYPTION_FAILED");
        assertThat(again.outputLines()).noneMatch(line -> line.contains(TEXT));
    }

    @Test
    void filesGoBothWays() throws Exception {
        Files.writeString(lab.path("plain"), TEXT);
        Files.writeString(
                lab.path("alice.key"),
                Pem.encode(
                        PemLabel.PRIVATE_KEY,
                        lab.keystore("alice").key().exposedPrivateKey().getEncoded()));
        assertThat(openssl("cms -sign -nodetach -binary -md sha256 -in plain -signer alice.pem -inkey alice.key"
                                + " -certfile ca/chain.pem -outform DER -out theirs" + PSS)
                        .code())
                .isZero();
        assertThat(openssl("cms -encrypt -binary -aes-256-gcm -in theirs -outform DER -out theirs.cms -recip bob.pem"
                                + OAEP)
                        .code())
                .isZero();
        String[] opening = {"open", "--keystore", "bob.p12", "--from", "alice.pem", "--out", "opened", "theirs.cms"};
        lab.must("client", opening);
        assertThat(lab.path("opened")).hasContent(TEXT);
        Files.delete(lab.path("opened"));

        byte[] theirs = Files.readAllBytes(lab.path("theirs.cms"));
        Files.write(lab.path("theirs.cms"), altered(theirs, theirs.length - 1));
        assertThat(lab.run("client", opening).code()).as("the tag altered").isEqualTo(1);
        assertThat(lab.path("opened")).doesNotExist();

        lab.must("client", "seal", "--keystore", "alice.p12", "--to", "bob.pem", "--out", "letter.cms", "plain");
        Files.writeString(
                lab.path("bob.key"),
                Pem.encode(
                        PemLabel.PRIVATE_KEY,
                        lab.keystore("bob").key().exposedPrivateKey().getEncoded()));
        assertThat(openssl(decrypt("letter.cms")).code()).isZero();
        Outcome verified = openssl(
                "cms -verify -inform DER -in signed -CAfile ca/chain.pem -purpose any -binary" + " -out content");
        assertThat(verified.code()).as(verified.toString()).isZero();
        assertThat(lab.path("content")).hasContent(TEXT);
    }

    private Program listen(Lab.RunningRelay relay) throws Exception {
        return lab.start(
                "client", "listen", "--json", "--no-read-notes", "--keystore", "bob.p12", "--server", relay.address());
    }

    /// Until Bob can be sealed to.
    private void receiver(Lab.RunningRelay relay) throws Exception {
        relay.program().awaitLine(Lab.address("bob"));
        try (RelayDatabase database = RelayDatabase.open(lab.path("relay/relay.db"))) {
            database.awaitReceiver(Lab.address("bob"));
        }
    }

    private void send(Lab.RunningRelay relay) throws Exception {
        lab.must(
                "client",
                "send",
                "--keystore",
                "alice.p12",
                "--server",
                relay.address(),
                "--to",
                Lab.address("bob"),
                TEXT);
    }

    /// `letter.cms` as the relay delivers it, and `bob.key` that opens it, from the store of a client that is gone.
    private void captureAndExport() throws Exception {
        try (RelayDatabase database = RelayDatabase.open(lab.path("relay/relay.db"))) {
            Files.write(lab.path("letter.cms"), database.delivered(Lab.address("bob")));
        }
        lab.close(); // and with it Bob's client, whose store it is
        lab.must("client", "keys", "--keystore", "bob.p12", "--out", "bob.key");
    }

    private static String decrypt(String file) {
        return "cms -decrypt -inform DER -in " + file + " -inkey bob.key -binary -out signed";
    }

    private static String verify() {
        return "cms -verify -inform DER -in signed -certfile alice.pem -CAfile ca/chain.pem -purpose any -binary"
                + " -out content";
    }

    private Outcome openssl(String command) throws Exception {
        return lab.run("openssl", command.split(" "));
    }

    /// With every key that `client keys` has written.
    private EnvelopeOpener opener() throws Exception {
        List<PrivateKey> keys = new ArrayList<>();
        for (byte[] der : Pem.derOf(Files.readAllBytes(lab.path("bob.key")), PemLabel.PRIVATE_KEY)) {
            keys.add(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
        }
        assertThat(keys).hasSize(1);
        byte[] wanted = EnvelopeStapler.parse(Files.readAllBytes(lab.path("letter.cms")))
                .recipient()
                .subjectKeyIdentifier();
        return new EnvelopeOpener(identifier -> Arrays.equals(identifier, wanted)
                ? new ReceivingKeys.Found.Held(keys.getFirst())
                : new ReceivingKeys.Found.Unknown());
    }

    private SignerPath alice() throws Exception {
        KeyStoreFile alice = lab.keystore("alice");
        ValidatedPath path = new PathValidator(alice.anchors())
                .validate(ValidationRequest.of(alice.identity().chain().leaf())
                        .untrusted(alice.identity().chain().issuers())
                        .purpose(Purpose.CLIENT)
                        .at(Instant.now())
                        .revocation(new Revocation.NotChecked()));
        return _ -> Optional.of(path);
    }

    /// Where the parts of an envelope are that openssl looks at, at either end of each.
    private static Map<String, Integer> places(byte[] delivered) throws Exception {
        StapledEnvelope envelope = EnvelopeStapler.parse(delivered);
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("wrap", envelope.recipient().encryptedKey());
        parts.put("nonce", envelope.letter().nonce());
        parts.put("ciphertext", envelope.letter().ciphertext());
        parts.put("tag", envelope.letter().tag());
        Map<String, Integer> places = new LinkedHashMap<>();
        parts.forEach((name, octets) -> {
            int start = indexOf(delivered, octets);
            places.put("first octet of the " + name, start);
            places.put("last octet of the " + name, start + octets.length - 1);
        });
        return places;
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int i = 0; i <= all.length - part.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    private static byte[] altered(byte[] octets, int index) {
        byte[] altered = octets.clone();
        altered[index] ^= 1;
        return altered;
    }
}
