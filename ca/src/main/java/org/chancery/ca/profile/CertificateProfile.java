package org.chancery.ca.profile;

import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.ledger.KeyHolder;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.ExtendedKeyUsage;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.request.CertificateRequest;

/// A kind of end-entity certificate, and the one place that decides what such a certificate says. Immutable;
/// [Profiles] reads them, and nothing that the standards forbid becomes one.
///
/// From the request come the public key and those names that policy allows, nothing else: no extension, no
/// usage, no subject, no validity. The rest is written here, as the profile's file has it.
public final class CertificateProfile {
    private final String name;
    private final NamePolicy names;
    private final KeyRules keys;
    private final List<String> purposes;
    private final boolean noCheck;
    private final Lifetime lifetime;
    private final References references;

    CertificateProfile(
            String name,
            NamePolicy names,
            KeyRules keys,
            List<String> purposes,
            boolean noCheck,
            Lifetime lifetime,
            References references) {
        this.name = name;
        this.names = names;
        this.keys = keys;
        this.purposes = List.copyOf(purposes);
        this.noCheck = noCheck;
        this.lifetime = lifetime;
        this.references = references;
    }

    /// As on the command line and in the ledger.
    public String name() {
        return name;
    }

    /// Decides. Signs nothing and remembers nothing: the same arguments give the same answer.
    public Grant decide(CertificateRequest request, Wishes wishes, Circumstances circumstances) {
        try {
            return grant(request, wishes, circumstances);
        } catch (Refusal refusal) {
            return refusal.refused();
        }
    }

    private Grant grant(CertificateRequest request, Wishes wishes, Circumstances circumstances) throws Refusal {
        if (request.requestsAuthority()) {
            throw new Refusal(RefusalReason.REQUESTS_AUTHORITY, "basicConstraints CA:TRUE, keyCertSign or cRLSign");
        }
        keys.check(request.publicKey());
        Names decided = names.decide(request, wishes, circumstances.namespace());
        checkHolder(decided, circumstances.holder());
        List<String> notes = new ArrayList<>();
        Validity validity = Period.decide(wishes.days().orElse(lifetime.days()), lifetime, circumstances, notes);
        if (purposes.contains(ExtendedKeyUsage.EMAIL_PROTECTION.oid())
                && !(request.publicKey() instanceof RSAPublicKey)) {
            notes.add("an EC key signs, but nothing can be sealed to it");
        }
        TbsCertificate certificate = certificate(request, decided, validity, circumstances);
        return new Grant.Granted(
                name,
                decided.address(),
                decided.label(),
                certificate,
                RequestedItems.of(request, decided, certificate),
                notes);
    }

    private void checkHolder(Names decided, Optional<KeyHolder> holder) throws Refusal {
        if (holder.isEmpty() || holder.get().admits(name, decided.address())) {
            return;
        }
        RefusalReason reason = holder.get().compromised() ? RefusalReason.KEY_COMPROMISED : RefusalReason.KEY_TAKEN;
        throw new Refusal(reason, "it was certified for " + holder.get().inWords());
    }

    private TbsCertificate certificate(
            CertificateRequest request, Names decided, Validity validity, Circumstances circumstances) {
        TbsCertificate.Builder certificate = TbsCertificate.builder()
                .serialNumber(circumstances.serialNumber())
                .issuer(DistinguishedName.of(circumstances.issuer().getSubjectX500Principal()))
                .validity(validity)
                .subject(decided.subject())
                .publicKey(request.publicKey())
                .extension(Extensions.basicConstraintsOfEndEntity())
                .extension(Extensions.keyUsage(keys.usages(request.publicKey())))
                .extension(Extensions.extendedKeyUsageOf(purposes));
        if (!decided.alternatives().isEmpty()) {
            certificate.extension(Extensions.subjectAlternativeName(
                    decided.alternatives(), decided.subject().isEmpty()));
        }
        certificate
                .extension(Extensions.subjectKeyIdentifier(request.publicKey()))
                .extension(
                        Extensions.authorityKeyIdentifier(Certificates.subjectKeyIdentifier(circumstances.issuer())));
        if (noCheck) {
            certificate.extension(Extensions.ocspNoCheck());
        }
        references.ofLeaf(circumstances.publication()).forEach(certificate::extension);
        return certificate.build();
    }
}
