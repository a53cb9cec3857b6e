package org.chancery.ca.issuance;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import org.chancery.ca.ledger.KeyTakenException;
import org.chancery.ca.ledger.Ledger;
import org.chancery.ca.ledger.LedgerException;
import org.chancery.ca.ledger.Origin;
import org.chancery.ca.ledger.Particulars;
import org.chancery.ca.profile.Grant;
import org.chancery.ca.profile.RefusalReason;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.CertificateSigner;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.DeviceId;

/// The issuing CA with its key at hand. Thread safe.
///
/// Granted, prepared (checked, then the intent committed), issued (signed, then committed), and only then
/// handed out. Killed anywhere on the way, what may exist stands in the ledger.
public final class Issuer {
    private final CertificateChain chain;
    private final PreSignCheck check;
    private final SigningKey key;
    private final Ledger ledger;
    private final Clock clock;

    /// @param chain the issuing CA, then the root
    /// @param key its own: what it signs is verified by it before it leaves
    Issuer(CertificateChain chain, SigningKey key, Ledger ledger, Clock clock) {
        if (!key.deviceId().equals(DeviceId.of(chain.leaf().getPublicKey()))) {
            throw new IllegalArgumentException(
                    "the key is not that of " + chain.leaf().getSubjectX500Principal());
        }
        this.chain = chain;
        this.check = new PreSignCheck(chain);
        this.key = key;
        this.ledger = ledger;
        this.clock = clock;
    }

    /// As [#prepare(Grant.Granted,Origin)], for a certificate that takes over from none.
    public PreparedCertificate prepare(Grant.Granted granted)
            throws UnfitCertificateException, KeyTakenException, LedgerException {
        return prepare(granted, Origin.NEW);
    }

    /// Checks a decided certificate against every rule and commits the intent to sign it. A refusal is recorded.
    ///
    /// @throws UnfitCertificateException if a rule does not hold: a slip of a profile, caught before it is
    ///     signed
    /// @throws KeyTakenException if another process certified the key for somebody else meanwhile
    /// @throws LedgerException if the intent could not be committed; nothing will be signed
    public PreparedCertificate prepare(Grant.Granted granted, Origin origin)
            throws UnfitCertificateException, KeyTakenException, LedgerException {
        TbsCertificate tbs = granted.certificate();
        byte[] tbsDer = fit(tbs);
        Particulars particulars = new Particulars(
                tbs.serialNumber(),
                key.deviceId(),
                granted.profile(),
                granted.address(),
                DeviceId.of(tbs.publicKey()),
                granted.name(),
                tbs.validity(),
                origin);
        try {
            ledger.recordIntent(particulars, tbs.publicKey());
        } catch (KeyTakenException e) {
            ledger.recordRefusal(particulars.device(), RefusalReason.KEY_TAKEN + ": " + e.getMessage());
            throw e;
        }
        return new PreparedCertificate(this, tbs.serialNumber(), tbsDer);
    }

    private byte[] fit(TbsCertificate tbs) throws UnfitCertificateException, LedgerException {
        try {
            return check.require(tbs, clock.instant());
        } catch (UnfitCertificateException e) {
            ledger.recordRefusal(DeviceId.of(tbs.publicKey()), e.rule() + ": " + e.getMessage());
            throw e;
        }
    }

    /// Signs, commits what was signed, and only then returns it: leaf, then this CA. A signature that went wrong (a
    /// failing card, a bit that flipped) can give a key away; the signer lets out none that does not verify.
    ///
    /// @throws LedgerException if it could not be committed; what was signed is forgotten, its intent stays
    public CertificateChain issue(PreparedCertificate prepared) throws LedgerException {
        X509Certificate issued = CertificateSigner.sign(prepared.redeem(this), key);
        ledger.recordIssued(prepared.serialNumber(), Certificates.der(issued));
        return new CertificateChain(List.of(issued, chain.leaf()));
    }
}
