package org.chancery.pki.testing;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.certificate.ExtendedKeyUsage;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;

/// What a test's end-entity certificate says; each part can be made wrong by itself. Immutable.
record TestLeaf(
        SigningKey key,
        DistinguishedName subject,
        List<GeneralName> names,
        List<ExtendedKeyUsage> purposes,
        Validity validity) {
    static TestLeaf client(SigningKey key, String address, Optional<String> displayName, Validity validity) {
        return new TestLeaf(
                key,
                subject(address, displayName),
                List.of(new GeneralName.Rfc822(address)),
                List.of(ExtendedKeyUsage.CLIENT_AUTH, ExtendedKeyUsage.EMAIL_PROTECTION),
                validity);
    }

    /// IP literals become iPAddress, everything else dNSName, the first of which is the CN.
    static TestLeaf server(SigningKey key, List<String> hosts, Validity validity) {
        List<GeneralName> names = new ArrayList<>();
        DistinguishedName subject = DistinguishedName.EMPTY;
        for (String host : hosts) {
            if (host.matches("[0-9.]+") || host.contains(":")) {
                names.add(new GeneralName.Ip(InetAddress.ofLiteral(host)));
            } else {
                names.add(new GeneralName.Dns(host));
                subject = subject.isEmpty() ? subject(host, Optional.empty()) : subject;
            }
        }
        return new TestLeaf(key, subject, names, List.of(ExtendedKeyUsage.SERVER_AUTH), validity);
    }

    TestLeaf withNames(GeneralName... others) {
        return new TestLeaf(key, subject, List.of(others), purposes, validity);
    }

    TestLeaf withPurposes(ExtendedKeyUsage... others) {
        return new TestLeaf(key, subject, names, List.of(others), validity);
    }

    TbsCertificate issuedBy(DistinguishedName issuer, byte[] issuerKeyIdentifier, SecureRandom random) {
        TbsCertificate.Builder tbs = TbsCertificate.builder()
                .serialNumber(SerialNumber.random(random))
                .issuer(issuer)
                .validity(validity)
                .subject(subject)
                .publicKey(key.publicKey())
                .extension(Extensions.basicConstraintsOfEndEntity())
                .extension(Extensions.keyUsage(
                        key.publicKey() instanceof RSAKey
                                ? Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT)
                                : Set.of(KeyUsage.DIGITAL_SIGNATURE)))
                .extension(Extensions.extendedKeyUsage(purposes))
                .extension(Extensions.subjectKeyIdentifier(key.publicKey()))
                .extension(Extensions.authorityKeyIdentifier(issuerKeyIdentifier));
        if (!names.isEmpty()) {
            tbs.extension(Extensions.subjectAlternativeName(names, subject.isEmpty()));
        }
        return tbs.build();
    }

    static DistinguishedName subject(String commonName, Optional<String> displayName) {
        try {
            return DistinguishedName.of(commonName, displayName);
        } catch (MalformedNameException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
