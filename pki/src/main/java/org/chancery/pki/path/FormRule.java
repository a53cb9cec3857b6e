package org.chancery.pki.path;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.name.DomainName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.path.constraint.Mailbox;
import org.chancery.pki.path.policy.CertificatePolicies;

/// The profile of RFC 5280 section 4: what a conforming CA must and must not write. Section 6 asks little
/// of this, but a certificate that breaks it was made by a tool that cannot be relied on, or by somebody
/// who tries readers out.
///
/// Of an anchor, only what bears on the paths below it: its serial number says nothing to us, and one of
/// version 1, from before there were extensions, is believed as it is.
///
/// Two musts are not insisted on, because NIST PKITS and the world do not: basicConstraints of a CA and
/// policyConstraints count where they are not critical, too.
final class FormRule implements LinkRule {
    private static final int MAX_SERIAL_OCTETS = 20;

    /// RFC 5280 sections 4.2.1.1, 4.2.1.2, 4.2.1.8, 4.2.1.15, 4.2.2.1, 4.2.2.2; RFC 9608 section 2.
    private static final Set<String> NEVER_CRITICAL = Set.of(
            Extensions.AUTHORITY_KEY_IDENTIFIER,
            Extensions.SUBJECT_KEY_IDENTIFIER,
            Extensions.AUTHORITY_INFORMATION_ACCESS,
            ExtensionSyntax.SUBJECT_INFORMATION_ACCESS,
            ExtensionSyntax.SUBJECT_DIRECTORY_ATTRIBUTES,
            ExtensionSyntax.FRESHEST_CRL,
            ExtensionSyntax.NO_REVOCATION_AVAILABLE);

    /// RFC 5280 sections 4.2.1.10 and 4.2.1.14.
    private static final Set<String> ALWAYS_CRITICAL =
            Set.of(Extensions.NAME_CONSTRAINTS, CertificatePolicies.INHIBIT_ANY_POLICY);

    /// Those that are judged by one of the rules, so that they may be critical.
    private static final Set<String> JUDGED = Set.of(
            Extensions.BASIC_CONSTRAINTS,
            Extensions.KEY_USAGE,
            Extensions.EXTENDED_KEY_USAGE,
            Extensions.SUBJECT_ALTERNATIVE_NAME,
            Extensions.NAME_CONSTRAINTS,
            Extensions.CRL_DISTRIBUTION_POINTS,
            CertificatePolicies.CERTIFICATE_POLICIES,
            CertificatePolicies.POLICY_MAPPINGS,
            CertificatePolicies.POLICY_CONSTRAINTS,
            CertificatePolicies.INHIBIT_ANY_POLICY);

    /// otherName, x400Address, ediPartyName, registeredID.
    private static final Set<Integer> OTHER_KINDS = Set.of(0, 3, 5, 8);

    private static final String WILDCARD = "*.";

    @Override
    public void check(Link link, Inquiry inquiry) throws PathValidationException {
        if (link.issuerIsAnchor()) {
            checkAnchor(link.issuer(), link.index() + 1, inquiry);
        }
        PathCertificate certificate = link.certificate();
        Findings findings = new Findings(link.index());
        findings.require(certificate.fault().isEmpty(), certificate.fault().orElse(""));
        CertificateFields fields = certificate.fields();
        findings.require(fields.version() == 3, "version %d, 3 required".formatted(fields.version()));
        checkSerialNumber(fields.serialNumber(), findings);
        checkCommon(certificate, findings);
        boolean signedByItself = certificate.isSelfIssued()
                && link.issuer().fault().isEmpty()
                && certificate.publicKey().equals(link.issuer().publicKey());
        findings.require(
                signedByItself
                        || certificate.extensions().authorityKeyIdentifier().isPresent(),
                "no authorityKeyIdentifier (RFC 5280 4.2.1.1)");
    }

    private static void checkAnchor(PathCertificate anchor, int index, Inquiry inquiry) throws PathValidationException {
        Findings findings = new Findings(index);
        findings.require(anchor.fault().isEmpty(), anchor.fault().orElse(""));
        if (anchor.fields().version() != 3) {
            return;
        }
        checkCommon(anchor, findings);
        Optional<KeyIdentifier> authority = anchor.extensions().authorityKeyIdentifier();
        findings.require(
                anchor.isSelfIssued() || authority.isPresent(), "no authorityKeyIdentifier (RFC 5280 4.2.1.1)");
        if (authority.isPresent() && anchor.isSelfIssued() && !pointsToItself(anchor, authority.get())) {
            // By a name of its own, but another's key: a change of keys. By its own key: it contradicts itself.
            findings.require(
                    !inquiry.signatures().isBy(anchor, anchor),
                    "signed by its own key, with the authorityKeyIdentifier of another");
        }
    }

    private static boolean pointsToItself(PathCertificate certificate, KeyIdentifier authority) {
        return certificate
                        .extensions()
                        .subjectKeyIdentifier()
                        .map(authority::isSameKeyAs)
                        .orElse(true)
                && authority.mayMean(certificate.issuer(), certificate.fields().serialNumber());
    }

    private static void checkSerialNumber(BigInteger serialNumber, Findings findings) throws PathValidationException {
        int octets = serialNumber.toByteArray().length;
        findings.require(serialNumber.signum() > 0, "serial number not positive (RFC 5280 4.1.2.2)");
        findings.require(
                octets <= MAX_SERIAL_OCTETS,
                "serial number of %d octets, at most %d (RFC 5280 4.1.2.2)".formatted(octets, MAX_SERIAL_OCTETS));
    }

    private static void checkCommon(PathCertificate certificate, Findings findings) throws PathValidationException {
        checkCriticality(certificate.extensions(), findings);
        checkNames(certificate, findings);
        checkAuthority(certificate, findings);
        findings.require(
                certificate
                        .extensions()
                        .authorityKeyIdentifier()
                        .map(KeyIdentifier::hasOctets)
                        .orElse(true),
                "authorityKeyIdentifier without keyIdentifier (RFC 5280 4.2.1.1)");
    }

    private static void checkCriticality(PathExtensions extensions, Findings findings) throws PathValidationException {
        for (String oid : extensions.critical()) {
            findings.require(!NEVER_CRITICAL.contains(oid), "extension %s critical".formatted(oid));
            if (!JUDGED.contains(oid)) {
                throw findings.refuse(
                        PathFailure.UNKNOWN_CRITICAL_EXTENSION, "critical extension %s is not known".formatted(oid));
            }
        }
        if (extensions.isCritical(CertificatePolicies.CERTIFICATE_POLICIES)
                && extensions.policies().hasUnknownQualifier()) {
            throw findings.refuse(
                    PathFailure.UNKNOWN_CRITICAL_EXTENSION,
                    "critical policies with a qualifier that is not known (RFC 5280 4.2.1.4)");
        }
        for (String oid : ALWAYS_CRITICAL) {
            findings.require(
                    !extensions.has(oid) || extensions.isCritical(oid), "extension %s not critical".formatted(oid));
        }
    }

    private static void checkNames(PathCertificate certificate, Findings findings) throws PathValidationException {
        findings.require(!certificate.issuer().isEmpty(), "empty issuer (RFC 5280 4.1.2.4)");
        if (certificate.subject().isEmpty()) {
            findings.require(!certificate.isAuthority(), "a CA with an empty subject (RFC 5280 4.1.2.6)");
            findings.require(
                    certificate.extensions().isCritical(Extensions.SUBJECT_ALTERNATIVE_NAME),
                    "empty subject without critical subjectAltName (RFC 5280 4.1.2.6)");
        }
        for (GeneralName name : certificate.extensions().subjectAlternativeNames()) {
            try {
                checkSyntax(name);
            } catch (MalformedNameException e) {
                throw findings.refuse(PathFailure.MALFORMED, name + ": " + e.getMessage());
            }
        }
    }

    /// RFC 5280 section 4.2.1.6: the preferred name syntax for hosts, which RFC 9525 section 6.3 lets begin
    /// with a wildcard; a Mailbox for mailboxes.
    private static void checkSyntax(GeneralName name) throws MalformedNameException {
        switch (name) {
            case GeneralName.Dns(String host) ->
                DomainName.parse(host.startsWith(WILDCARD) ? host.substring(WILDCARD.length()) : host);
            case GeneralName.Rfc822(String mailbox) -> Mailbox.parse(mailbox);
            case GeneralName.Other other
            when !OTHER_KINDS.contains(other.tag()) ->
                throw MalformedNameException.malformed("a general name of no kind there is");
            case GeneralName.Ip _, GeneralName.Uri _, GeneralName.Directory _, GeneralName.Other _ -> {}
        }
    }

    /// What only a CA may have, and what each must have (RFC 5280 sections 4.2.1.2, 4.2.1.3, 4.2.1.9,
    /// 4.2.1.10).
    private static void checkAuthority(PathCertificate certificate, Findings findings) throws PathValidationException {
        PathExtensions extensions = certificate.extensions();
        boolean limited = extensions
                .basicConstraints()
                .map(constraints -> constraints.pathLength() != null)
                .orElse(false);
        boolean signs = extensions
                .keyUsage()
                .map(usages -> usages.contains(KeyUsage.KEY_CERT_SIGN))
                .orElse(false);
        if (certificate.isAuthority()) {
            findings.require(extensions.subjectKeyIdentifier().isPresent(), "a CA without subjectKeyIdentifier");
            findings.require(
                    !extensions.has(ExtensionSyntax.NO_REVOCATION_AVAILABLE), "a CA with noRevAvail (RFC 9608 2)");
            return;
        }
        findings.require(!limited, "pathLenConstraint, but no CA (RFC 5280 4.2.1.9)");
        findings.require(!signs, "keyCertSign, but no CA (RFC 5280 4.2.1.3)");
        findings.require(
                !extensions.has(Extensions.NAME_CONSTRAINTS), "name constraints, but no CA (RFC 5280 4.2.1.10)");
    }

    /// Turns what is not as required into a refusal of one certificate.
    private record Findings(int index) {
        void require(boolean met, String otherwise) throws PathValidationException {
            if (!met) {
                throw refuse(PathFailure.MALFORMED, otherwise);
            }
        }

        PathValidationException refuse(PathFailure failure, String message) {
            return new PathValidationException(failure, index, message);
        }
    }
}
