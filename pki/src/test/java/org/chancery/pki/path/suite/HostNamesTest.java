package org.chancery.pki.path.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chancery.pki.path.PathFailure.NAME_MISMATCH;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERTaggedObject;
import org.chancery.pki.path.PathFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 9525: whether a certificate is the server's that was asked for.
class HostNamesTest {
    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({
        "lab.example, lab.example, true",
        "localhost, localhost, true",
        "LAB.example, lab.EXAMPLE, true",
        "xn--bcher-kva.example, xn--bcher-kva.example, true",
        "chat.lab.example, lab.example, false",
        "lab.example, chat.lab.example, false",
        "lab.example., lab.example, false",
        "lab.example, lab.example., false",
        "bücher.example, xn--bcher-kva.example, false",
        // Section 6.3: a wildcard is the whole left-most label and stands for one label.
        "*.lab.example, chat.lab.example, true",
        "*.lab.example, xn--bcher-kva.lab.example, true",
        "*.lab.example, lab.example, false",
        "*.lab.example, a.b.lab.example, false",
        "*.lab.example, .lab.example, false",
        "*.lab.example, *.lab.example, false",
        "chat*.lab.example, chat1.lab.example, false",
        "*chat.lab.example, achat.lab.example, false",
        "c*t.lab.example, chat.lab.example, false",
        "xn--*.lab.example, xn--bcher-kva.lab.example, false",
        "**.lab.example, chat.lab.example, false",
        "*.*.example, chat.lab.example, false",
        "chat.*.example, chat.lab.example, false",
        "chat.lab.*, chat.lab.example, false",
        // Nobody is for a whole top-level domain.
        "*.example, lab.example, false",
        "*, lab.example, false",
        "*, example, false",
        "*., example, false",
        // Section 6.2: an address is no domain name.
        "192.0.2.1, 192.0.2.1, false",
        "*.0.2.1, 192.0.2.1, false"
    })
    void matchesDnsNames(String presented, String asked, boolean matches) {
        ASN1Encodable name = presented.chars().allMatch(c -> c < 128)
                ? Ext.dns(presented)
                : new DERTaggedObject(false, 2, new DEROctetString(presented.getBytes(StandardCharsets.UTF_8)));
        Optional<PathFailure> judged = Chain.standard()
                .leaf(c -> c.with(Ext.names(name)))
                .asServer()
                .asking(request -> request.host(asked))
                .judge();

        assertThat(judged.isEmpty()).as("%s", judged).isEqualTo(matches);
    }

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1, true",
        "2001:db8::1, 2001:db8::2, false",
        "::, 0.0.0.0, false"
    })
    void matchesAddresses(String presented, String asked, boolean matches) {
        Optional<PathFailure> judged = Chain.standard()
                .leaf(c -> c.with(Ext.names(Ext.dns("chat.lab.example"), Ext.ip(presented))))
                .asServer()
                .asking(request -> request.ip(InetAddress.ofLiteral(asked)))
                .judge();

        assertThat(judged).isEqualTo(matches ? Optional.empty() : Optional.of(NAME_MISMATCH));
    }

    @Test
    void looksAtEveryName() {
        assertThat(Chain.standard()
                        .leaf(c -> c.with(Ext.names(
                                Ext.email("chat.lab.example@other.example"),
                                Ext.uri("https://other.example/"),
                                Ext.dns("other.example"),
                                Ext.dns("chat.lab.example"))))
                        .asServer()
                        .asking(request -> request.host("chat.lab.example"))
                        .judge())
                .isEmpty();
    }

    /// Section 2: the common name is no identifier, with and without a subjectAltName.
    @Test
    void takesNothingFromTheSubject() {
        assertThat(Chain.standard()
                        .leaf(c -> c.named("CN=chat.lab.example").with(Ext.names(Ext.dns("other.example"))))
                        .asServer()
                        .asking(request -> request.host("chat.lab.example"))
                        .judge())
                .contains(NAME_MISMATCH);
        assertThat(Chain.standard()
                        .leaf(c -> c.named("CN=chat.lab.example").without(Ext.SUBJECT_ALTERNATIVE_NAME))
                        .asServer()
                        .asking(request -> request.host("chat.lab.example"))
                        .judge())
                .contains(NAME_MISMATCH);
        assertThat(Chain.standard()
                        .leaf(c -> c.with(
                                Ext.names(Ext.uri("https://chat.lab.example/"), Ext.email("x@chat.lab.example"))))
                        .asServer()
                        .asking(request -> request.host("chat.lab.example"))
                        .judge())
                .contains(NAME_MISMATCH);
    }
}
