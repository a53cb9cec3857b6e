package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.chancery.console.log.JsonLines;
import org.chancery.console.log.PlainLines;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.Frame;
import org.chancery.server.testing.TestClient;
import org.chancery.server.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// People whose names want to write the relay's log: whatever they do, each event is one line, and ours.
@Timeout(60)
class HostileNamesTest {

    private static final String FORGED = "2026-11-22T10:00:00.000Z INFO  Relay all is well";
    private static final String HOSTILE = "Eve\n" + FORGED + "\r\u001b[2J\u009b31m\u202e\u2028";

    /// What the protocol lets through where it takes no control characters.
    private static final String BENT = "Eve\u202e\u2066\u200b\u2028";

    private final TestPki pki = TestPki.create();
    private final Identity eve = pki.client("eve@lab.example", "Eve");
    private final Logger root = (Logger) LoggerFactory.getLogger("org.chancery");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> documents = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> onlooker = new AppenderBase<>() {
        private final PlainLines plain = new PlainLines();
        private final JsonLines json = new JsonLines();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(plain.doLayout(event));
            documents.add(json.doLayout(event));
        }
    };

    @TempDir
    private Path directory;

    @BeforeEach
    void look() {
        root.setLevel(Level.DEBUG);
        onlooker.setContext(root.getLoggerContext());
        onlooker.start();
        root.addAppender(onlooker);
    }

    @AfterEach
    void lookAway() {
        root.detachAppender(onlooker);
        root.setLevel(null);
    }

    @Test
    void writeNoLineOfTheLog() throws Exception {
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            TestClient client = relay.connected(eve);
            client.say(new Frame.Hello(Frame.VERSION, Optional.of(BENT), BENT));
            client.expect(Frame.Welcome.class);
            client.line(new Address("nobody@lab.example"), eve).send(HOSTILE);
            client.expect(Frame.Refused.class);
            client.say(new Frame.Hello(7, Optional.empty(), BENT));
            client.awaitEnd();
            relay.awaitGuest("-eve@lab.example PROTOCOL");

            refused(relay, named(HOSTILE));
            relay.publish(pki.revoke(eve.chain().leaf()));
            TestClient witness = relay.greeted(pki.client("w@lab.example"));
            witness.expect(Frame.CrlsAnnounced.class);
            refused(relay, eve);
            garbage(relay);
            relay.awaitSample("chancery_handshakes_failed_total{failure=\"not_tls\"}", 1);
        }
        // What no path holds today, one may hold tomorrow.
        LoggerFactory.getLogger(HostileNamesTest.class).warn("{} said so", HOSTILE, new IOException(HOSTILE));
        assertThat(lines).as("what happened was logged").anyMatch(line -> line.contains("eve@lab.example"));
        for (String line : lines) {
            assertThat(line.lines().toList().getFirst()).matches("[0-9T:.-]+Z (DEBUG|INFO |WARN |ERROR) .*");
            assertThat(line.lines().skip(1)).allMatch(more -> more.startsWith("| "));
            assertThat(line).doesNotContain("\u001b", "\u009b", "\u202e", "\u2028", "\r");
        }
        for (String document : documents) {
            assertThat(document.lines()).hasSize(1);
            assertThat(document).doesNotContain("\u001b", "\u009b", "\u202e", "\u2028", "\r");
        }
    }

    /// Its own issuer, with names that no authority of ours would write.
    private static Identity named(String name) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X500Name subject = new X500Name(new RDN[] {new RDN(BCStyle.CN, new DERUTF8String(name))});
        X509CertificateHolder certificate = new X509v3CertificateBuilder(
                        subject,
                        BigInteger.ONE,
                        Date.from(TestPki.NOW.minusSeconds(60)),
                        Date.from(TestPki.NOW.plusSeconds(3600)),
                        subject,
                        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()))
                .addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.rfc822Name, "mallory@lab.example")))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
        return new Identity(
                SigningKey.of(pair.getPrivate(), pair.getPublic()),
                CertificateChain.of(Certificates.parse(certificate.getEncoded())));
    }

    private static void refused(TestRelay relay, Identity identity) throws Exception {
        try (TestClient client = relay.connected(identity)) {
            client.say(new Frame.Hello(Frame.VERSION, Optional.empty(), "test"));
            client.awaitEnd();
        } catch (IOException e) {
            return; // closed before it said a word
        }
    }

    private static void garbage(TestRelay relay) throws IOException {
        InetSocketAddress address = relay.relay().address();
        try (Socket stranger = new Socket(address.getAddress(), address.getPort())) {
            stranger.getOutputStream().write(HOSTILE.getBytes(StandardCharsets.UTF_8));
        }
    }
}
