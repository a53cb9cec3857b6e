package org.chancery.pki.path;

import static org.chancery.pki.path.PathAssert.request;
import static org.chancery.pki.path.PathAssert.validating;

import java.net.InetAddress;
import java.util.List;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.IpRange;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whose certificate it is, and whose an issuer may make it.
class NameRuleTest {
    private static final Address ALICE = new Address("alice@lab.example");

    private final Forge root = Forge.root("Root");
    private final Forge issuing = Forge.authority("Issuing CA", root);
    private final Forge leaf = Forge.leaf(issuing);

    @Test
    void acceptsTheOneAddressWhateverItsCase() {
        leaf.names(new GeneralName.Rfc822("Alice@LAB.example"));
        validating(root, request(leaf, issuing).email(ALICE)).isAccepted();
    }

    @Test
    void refusesAnotherAddress() {
        validating(root, request(leaf, issuing).email(new Address("bob@lab.example")))
                .isRefusedFor(PathFailure.NAME_MISMATCH, 0);
    }

    @Test
    void refusesTwoAddresses() {
        leaf.names(new GeneralName.Rfc822("alice@lab.example"), new GeneralName.Rfc822("bob@lab.example"));
        validating(root, request(leaf, issuing).email(ALICE)).isRefusedFor(PathFailure.NAME_MISMATCH, 0);
    }

    @Test
    void doesNotTakeTheSubjectForAnAddress() {
        leaf.without(Extensions.SUBJECT_ALTERNATIVE_NAME);
        validating(root, request(leaf, issuing).email(ALICE)).isRefusedFor(PathFailure.NAME_MISMATCH, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "chat.lab.example, chat.lab.example, true",
        "CHAT.Lab.Example, chat.lab.example, true",
        "chat.lab.example, CHAT.lab.EXAMPLE, true",
        "*.lab.example, chat.lab.example, true",
        "*.LAB.example, chat.lab.example, true",
        "xn--bcher-kva.example, xn--bcher-kva.example, true",
        "lab.example, chat.lab.example, false",
        "chat.lab.example, lab.example, false",
        "*.lab.example, lab.example, false",
        "*.lab.example, a.chat.lab.example, false",
        "*.example, lab.example, false",
        "xn--bcher-kva.example, bücher.example, false",
        "chat.lab.example, chat.lab.example., false",
        "chat.lab.example.evil.example, chat.lab.example, false"
    })
    void matchesHostsAsRfc9525(String presented, String expected, boolean accepted) {
        leaf.names(new GeneralName.Dns("first.lab.example"), new GeneralName.Dns(presented));
        PathAssert validation =
                validating(root, request(leaf, issuing).purpose(Purpose.SERVER).host(expected));
        if (accepted) {
            validation.isAccepted();
        } else {
            validation.isRefusedFor(PathFailure.NAME_MISMATCH, 0);
        }
    }

    /// RFC 5280 section 4.2.1.6: a dNSName is in preferred name syntax, whoever asks for which name.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "c*.lab.example",
                "*t.lab.example",
                "chat.*.example",
                "*.*.example",
                "xn--*-1b3c148a.example",
                "chat.lab.example.",
                ".lab.example",
                "chat_.lab.example",
                "-chat.lab.example",
                "127.0.0.1",
                "chat..lab.example"
            })
    void refusesHostThatIsNoDomainName(String presented) {
        leaf.names(new GeneralName.Dns("chat.lab.example"), new GeneralName.Dns(presented));
        validating(root, request(leaf, issuing).host("chat.lab.example")).isRefusedFor(PathFailure.MALFORMED, 0);
    }

    @Test
    @Defends(Threat.NAME_CONSTRAINT_BYPASS)
    void doesNotTakeTheSubjectForHost() {
        leaf.without(Extensions.SUBJECT_ALTERNATIVE_NAME);
        validating(root, request(leaf, issuing).host("alice@lab.example")).isRefusedFor(PathFailure.NAME_MISMATCH, 0);
    }

    @Test
    void comparesAddressesAsAddresses() {
        leaf.names(new GeneralName.Ip(InetAddress.ofLiteral("127.0.0.1")), new GeneralName.Dns("lab.example"));
        validating(root, request(leaf, issuing).ip(InetAddress.ofLiteral("127.0.0.1")))
                .isAccepted();
        validating(root, request(leaf, issuing).ip(InetAddress.ofLiteral("127.0.0.2")))
                .isRefusedFor(PathFailure.NAME_MISMATCH, 0);
    }

    @Test
    @Defends(Threat.NAME_CONSTRAINT_BYPASS)
    void refusesAddressOutsideWhatItsIssuerMayName() throws MalformedNameException {
        issuing.with(constraints());
        leaf.names(new GeneralName.Rfc822("alice@elsewhere.example"));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.NAME_CONSTRAINT, 0);
    }

    @Test
    @Defends(Threat.NAME_CONSTRAINT_BYPASS)
    void refusesHostOutsideWhatItsIssuerMayName() throws MalformedNameException {
        issuing.with(constraints());
        leaf.names(new GeneralName.Dns("chat.elsewhere.example"));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.NAME_CONSTRAINT, 0);
    }

    @Test
    @Defends(Threat.NAME_CONSTRAINT_BYPASS)
    void refusesIpOutsideWhatItsIssuerMayName() throws MalformedNameException {
        issuing.with(constraints());
        leaf.names(new GeneralName.Ip(InetAddress.ofLiteral("192.0.2.1")));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.NAME_CONSTRAINT, 0);
    }

    @Test
    void holdsToTheConstraintsOfAnAnchor() throws MalformedNameException {
        root.with(constraints());
        leaf.names(new GeneralName.Rfc822("alice@elsewhere.example"));
        validating(root, request(leaf, issuing)).isRefusedFor(PathFailure.NAME_CONSTRAINT, 0);
    }

    @Test
    void acceptsNamesWithinTheConstraints() throws MalformedNameException {
        issuing.with(constraints());
        leaf.names(
                new GeneralName.Rfc822("alice@lab.example"),
                new GeneralName.Dns("chat.lab.example"),
                new GeneralName.Ip(InetAddress.ofLiteral("127.0.0.1")));
        validating(root, request(leaf, issuing)).isAccepted();
    }

    private static Extension constraints() throws MalformedNameException {
        return Extensions.nameConstraints(
                List.of("lab.example"), List.of("lab.example"), List.of(IpRange.parse("127.0.0.0/8")));
    }
}
