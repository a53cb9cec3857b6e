package org.chancery.ca.issuance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.key.CaKey;
import org.chancery.ca.key.CaKeyException;
import org.chancery.ca.key.KeyFile;
import org.chancery.ca.key.TokenKey;
import org.chancery.ca.ledger.KeyTakenException;
import org.chancery.ca.ledger.Ledger;
import org.chancery.ca.ledger.LedgerException;
import org.chancery.ca.ledger.Origin;
import org.chancery.ca.ledger.Particulars;
import org.chancery.ca.profile.Circumstances;
import org.chancery.ca.profile.IssuingProfile;
import org.chancery.ca.profile.Publication;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.CertificateSigner;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;

/// Makes CAs: key, certificate, files, first CRL. When the authority is founded, and at every ceremony after.
///
/// A CA being made is not at work: only `chain.pem` says so, which whoever calls writes at the end. Killed
/// before, the ledger has a certificate too many, and no name is used twice.
record CaFoundry(AuthorityHome home, AuthorityProperties properties, Ledger ledger, Clock clock, SecureRandom random) {
    UnlockedCa root(String name, FoundingPlan.Tier tier, Passphrase passphrase)
            throws IOException, AuthorityException, CaKeyException {
        CaKey place = place(name, tier);
        SigningKey key = newKey(place, tier, passphrase);
        TbsCertificate tbs = CaTemplates.root(
                properties.name() + CaTemplates.ROOT_SUFFIX + ordinal(name),
                key.publicKey(),
                tier.days(),
                clock.instant(),
                random);
        X509Certificate certificate = issue(Ledger.ROOT, tbs, fit(tbs, Optional.empty()), key, Origin.NEW);
        place.keep(key, List.of(certificate), passphrase, random);
        return begin(name, certificate, place, key, CrlPublisher.ROOT_LIFETIME);
    }

    UnlockedCa issuing(
            String name, IssuingProfile profile, FoundingPlan.Tier tier, UnlockedCa root, Passphrase passphrase)
            throws IOException, AuthorityException, CaKeyException {
        CaKey place = place(name, tier);
        SigningKey key = newKey(place, tier, passphrase);
        X509Certificate certificate = certify(name, profile, key.publicKey(), tier.days(), root, Origin.NEW);
        place.keep(key, List.of(certificate, root.ca().certificate()), passphrase, random);
        return begin(name, certificate, place, key, CrlPublisher.ISSUING_LIFETIME);
    }

    /// A certificate of the root for the key of an issuing CA, new or not.
    X509Certificate certify(
            String name, IssuingProfile profile, PublicKey key, int days, UnlockedCa root, Origin origin)
            throws AuthorityException, LedgerException {
        Circumstances circumstances = new Circumstances(
                root.ca().certificate(),
                properties.namespace(),
                properties.url().map(url -> Publication.of(url, root.ca().name(), name)),
                Optional.empty(),
                SerialNumber.random(random),
                clock.instant());
        String commonName = properties.name() + CaTemplates.ISSUING_SUFFIX + ordinal(name);
        TbsCertificate tbs = CaTemplates.issuing(profile, commonName, key, days, circumstances);
        byte[] tbsDer = fit(tbs, Optional.of(root.ca().certificate()));
        return issue(Ledger.ISSUING, tbs, tbsDer, root.key(), origin);
    }

    /// Puts two CAs to work, in one step.
    void putToWork(X509Certificate issuing, X509Certificate root) throws IOException {
        write(home.chainPem(), List.of(issuing, root));
    }

    void write(Path file, List<X509Certificate> certificates) throws IOException {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            pem.append(Pem.encode(PemLabel.CERTIFICATE, Certificates.der(certificate)));
        }
        AtomicFile.write(file, pem.toString().getBytes(StandardCharsets.US_ASCII), Access.PUBLIC, true);
    }

    private UnlockedCa begin(
            String name, X509Certificate certificate, CaKey place, SigningKey key, Duration crlLifetime)
            throws IOException, AuthorityException {
        write(home.certificate(name), List.of(certificate));
        new CrlPublisher(certificate, key, ledger, home.crl(name), clock).publish(crlLifetime);
        return new UnlockedCa(new Ca(name, certificate, place, home.crl(name)), key);
    }

    /// @param issuer empty for a root, which signs itself
    private byte[] fit(TbsCertificate tbs, Optional<X509Certificate> issuer) throws AuthorityException {
        try {
            return issuer.isEmpty()
                    ? PreSignCheck.requireSelfSigned(tbs)
                    : new PreSignCheck(CertificateChain.of(issuer.get())).require(tbs, clock.instant());
        } catch (UnfitCertificateException e) {
            throw new AuthorityException(AuthorityFailure.PLAN, e.rule() + ": " + e.getMessage(), e);
        }
    }

    private X509Certificate issue(
            String profile, TbsCertificate tbs, byte[] tbsDer, SigningKey issuerKey, Origin origin)
            throws LedgerException {
        Particulars particulars = new Particulars(
                tbs.serialNumber(),
                issuerKey.deviceId(),
                profile,
                Optional.empty(),
                DeviceId.of(tbs.publicKey()),
                tbs.subject().commonName().orElseThrow(),
                tbs.validity(),
                origin);
        try {
            ledger.recordIntent(particulars, tbs.publicKey());
        } catch (KeyTakenException e) {
            throw new IllegalStateException("the key of a CA is taken", e);
        }
        X509Certificate certificate = CertificateSigner.sign(tbsDer, issuerKey);
        ledger.recordIssued(tbs.serialNumber(), Certificates.der(certificate));
        return certificate;
    }

    /// Two CAs never share a key: a token that has one of that name already may be the other's.
    private SigningKey newKey(CaKey place, FoundingPlan.Tier tier, Passphrase passphrase)
            throws IOException, CaKeyException, AuthorityException {
        SigningKey key = place.make(tier.keyAlgorithm(), passphrase, random);
        if (ledger.holder(key.deviceId()).isPresent()) {
            throw new AuthorityException(
                    AuthorityFailure.PLAN,
                    "the key at " + place + " is that of another CA or device already: name another object, such as "
                            + "object=issuing-2");
        }
        return key;
    }

    private CaKey place(String name, FoundingPlan.Tier tier) {
        return tier.token().<CaKey>map(TokenKey::new).orElseGet(() -> new KeyFile(home.keyStore(name)));
    }

    /// A new key has a new name: CRLs are found by the name of their issuer.
    private static String ordinal(String name) {
        int number = Cas.number(name);
        return number == 1 ? "" : " " + number;
    }
}
