package org.chancery.ca.issuance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.chancery.ca.ledger.CrlDraft;
import org.chancery.ca.ledger.Ledger;
import org.chancery.ca.ledger.LedgerException;
import org.chancery.ca.lint.Finding;
import org.chancery.ca.lint.crl.CrlLint;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSigner;

/// One CA's CRLs: draws a number and what it must say from the ledger, signs, and puts the file in place.
/// Thread safe.
public final class CrlPublisher {
    /// The issuing CA's, where nobody says otherwise.
    public static final Duration ISSUING_LIFETIME = Duration.ofDays(7);

    /// The root's: its key is not at hand every week.
    public static final Duration ROOT_LIFETIME = Duration.ofDays(400);

    private final X509Certificate issuer;
    private final SigningKey key;
    private final Ledger ledger;
    private final Path file;
    private final Clock clock;

    CrlPublisher(X509Certificate issuer, SigningKey key, Ledger ledger, Path file, Clock clock) {
        this.issuer = issuer;
        this.key = key;
        this.ledger = ledger;
        this.file = file;
        this.clock = clock;
    }

    /// Publishes a CRL with everything revoked so far. Where another process was quicker with a newer one,
    /// that stays in the file: it says all that this one says.
    ///
    /// @param lifetime until nextUpdate; cut to the issuer's own
    public Crl publish(Duration lifetime) throws LedgerException {
        CrlDraft draft = ledger.drawCrl(key.deviceId());
        Instant thisUpdate = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant nextUpdate =
                earlier(thisUpdate.plus(lifetime), issuer.getNotAfter().toInstant());
        byte[] tbs = CrlSigner.toBeSigned(issuer, draft.number(), thisUpdate, nextUpdate, draft.revoked());
        requireFit(CrlLint.beforeSigning(tbs, issuer, clock.instant()));
        Crl crl = CrlSigner.sign(tbs, key);
        byte[] pem = Pem.encode(PemLabel.X509_CRL, crl.der()).getBytes(StandardCharsets.US_ASCII);
        ledger.publishCrl(draft, crl.der(), () -> AtomicFile.write(file, pem, Access.PUBLIC, true));
        return crl;
    }

    private static void requireFit(List<Finding> findings) {
        findings.stream().filter(Finding::isError).findFirst().ifPresent(finding -> {
            throw new IllegalStateException("a CRL that must not be signed: " + finding);
        });
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
