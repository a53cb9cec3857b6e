package org.chancery.ca.profile;

import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.ca.ledger.KeyHolder;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.ExtendedKeyUsage;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.key.KeyPolicy;
import org.chancery.pki.key.WeakKeyException;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.request.CertificateRequest;

/// A kind of certificate, and the one place that decides what such a certificate says.
///
/// From the request come the public key and those names that policy allows, nothing else: no extension, no
/// usage, no subject, no validity. The rest is written here.
///
/// @param name as on the command line and in the ledger
/// @param subjects whose certificates these are
/// @param purposes the extended key usages, all of them
/// @param defaultDays where the operator does not say
public record CertificateProfile(
        String name, Subjects subjects, List<ExtendedKeyUsage> purposes, KeyPolicy keyPolicy, int defaultDays) {
    /// Whom a profile certifies.
    public enum Subjects {
        PERSON,
        HOST
    }

    /// People and their devices.
    public static final CertificateProfile CLIENT = new CertificateProfile(
            "client",
            Subjects.PERSON,
            List.of(ExtendedKeyUsage.CLIENT_AUTH, ExtendedKeyUsage.EMAIL_PROTECTION),
            KeyPolicy.ISSUE,
            397);

    /// Relays.
    public static final CertificateProfile SERVER = new CertificateProfile(
            "server", Subjects.HOST, List.of(ExtendedKeyUsage.SERVER_AUTH), KeyPolicy.ISSUE, 397);

    /// Ten years: beyond, a slip is likelier than a plan.
    static final int MAX_DAYS = 3650;

    public CertificateProfile {
        purposes = List.copyOf(purposes);
    }

    /// The built-in profile of that name.
    public static Optional<CertificateProfile> named(String name) {
        return List.of(CLIENT, SERVER).stream()
                .filter(profile -> profile.name.equals(name))
                .findFirst();
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
        checkKey(request);
        Names names = switch (subjects) {
            case PERSON -> PersonNames.decide(request, wishes, circumstances.namespace());
            case HOST -> HostNames.decide(request, wishes, circumstances.namespace());
        };
        checkHolder(names, circumstances.holder());
        List<String> notes = new ArrayList<>();
        Validity validity = Period.decide(wishes.days().orElse(defaultDays), circumstances, notes);
        if (subjects == Subjects.PERSON && !isRsa(request)) {
            notes.add("an EC key signs, but nothing can be sealed to it");
        }
        return new Grant.Granted(
                name,
                names.address(),
                names.label(),
                certificate(request, names, validity, circumstances),
                RequestedItems.of(request, names),
                notes);
    }

    private void checkKey(CertificateRequest request) throws Refusal {
        try {
            keyPolicy.check(request.publicKey());
        } catch (WeakKeyException e) {
            throw new Refusal(RefusalReason.WEAK_KEY, e.getMessage());
        }
    }

    private void checkHolder(Names names, Optional<KeyHolder> holder) throws Refusal {
        if (holder.isEmpty() || holder.get().admits(name, names.address())) {
            return;
        }
        RefusalReason reason = holder.get().compromised() ? RefusalReason.KEY_COMPROMISED : RefusalReason.KEY_TAKEN;
        throw new Refusal(reason, "it was certified for " + holder.get().inWords());
    }

    private TbsCertificate certificate(
            CertificateRequest request, Names names, Validity validity, Circumstances circumstances) {
        TbsCertificate.Builder certificate = TbsCertificate.builder()
                .serialNumber(circumstances.serialNumber())
                .issuer(DistinguishedName.of(circumstances.issuer().getSubjectX500Principal()))
                .validity(validity)
                .subject(names.subject())
                .publicKey(request.publicKey())
                .extension(Extensions.basicConstraintsOfEndEntity())
                .extension(Extensions.keyUsage(keyUsages(request)))
                .extension(Extensions.extendedKeyUsage(purposes))
                .extension(Extensions.subjectAlternativeName(
                        names.alternatives(), names.subject().isEmpty()))
                .extension(Extensions.subjectKeyIdentifier(request.publicKey()))
                .extension(
                        Extensions.authorityKeyIdentifier(Certificates.subjectKeyIdentifier(circumstances.issuer())));
        circumstances
                .publication()
                .ifPresent(where -> certificate
                        .extension(Extensions.crlDistributionPoints(where.issuingCrl()))
                        .extension(Extensions.authorityInformationAccess(where.issuingCertificate())));
        return certificate.build();
    }

    /// Key usage follows the key: only an RSA key can be sealed to.
    private static Set<KeyUsage> keyUsages(CertificateRequest request) {
        return isRsa(request)
                ? Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT)
                : Set.of(KeyUsage.DIGITAL_SIGNATURE);
    }

    private static boolean isRsa(CertificateRequest request) {
        return request.publicKey() instanceof RSAPublicKey;
    }
}
