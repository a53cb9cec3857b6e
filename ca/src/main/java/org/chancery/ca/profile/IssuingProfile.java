package org.chancery.ca.profile;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.DomainName;

/// The certificates of issuing CAs: decided when an authority is founded, and in the root's ceremony. Immutable.
///
/// No EKU: what they issue for is the leaves' business, and an EKU on a CA is read as a constraint by some and
/// ignored by others.
public final class IssuingProfile {
    /// As in the ledger, and the name of its file.
    public static final String NAME = "issuing";

    /// No CA stands below an issuing CA: the root would not let it.
    static final int PATH_LENGTH = 0;

    private final KeyRules keys;
    private final Lifetime lifetime;
    private final References references;

    IssuingProfile(KeyRules keys, Lifetime lifetime, References references) {
        this.keys = keys;
        this.lifetime = lifetime;
        this.references = references;
    }

    /// How long such a certificate is valid where nobody says.
    public int days() {
        return lifetime.days();
    }

    /// Decides: constrained to the names of `circumstances.namespace()`, never outliving the root, which is
    /// `circumstances.issuer()`. Signs nothing and remembers nothing.
    ///
    /// @param days from now
    public Grant decide(DistinguishedName subject, PublicKey key, int days, Circumstances circumstances) {
        List<String> notes = new ArrayList<>();
        try {
            keys.check(key);
            Validity validity = Period.decide(days, lifetime, circumstances, notes);
            return new Grant.Granted(
                    NAME,
                    Optional.empty(),
                    subject.commonName().orElse(subject.toString()),
                    certificate(subject, key, validity, circumstances),
                    List.of(),
                    notes);
        } catch (Refusal refusal) {
            return refusal.refused();
        }
    }

    private TbsCertificate certificate(
            DistinguishedName subject, PublicKey key, Validity validity, Circumstances circumstances) {
        TbsCertificate.Builder certificate = TbsCertificate.builder()
                .serialNumber(circumstances.serialNumber())
                .issuer(DistinguishedName.of(circumstances.issuer().getSubjectX500Principal()))
                .validity(validity)
                .subject(subject)
                .publicKey(key)
                .extension(Extensions.basicConstraintsOfAuthority(PATH_LENGTH))
                .extension(Extensions.keyUsage(keys.usages(key)))
                .extension(nameConstraints(circumstances.namespace()))
                .extension(Extensions.subjectKeyIdentifier(key))
                .extension(
                        Extensions.authorityKeyIdentifier(Certificates.subjectKeyIdentifier(circumstances.issuer())));
        references.ofIssuing(circumstances.publication()).forEach(certificate::extension);
        return certificate.build();
    }

    /// What holds an issuing CA to the authority's names: its domains, as hosts and below and as mail domains, and its
    /// ranges.
    public static Extension nameConstraints(Namespace namespace) {
        List<String> domains =
                namespace.domains().stream().map(DomainName::value).toList();
        return Extensions.nameConstraints(domains, domains, namespace.ranges());
    }
}
