package org.chancery.ca.lint.crl;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Finding;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Severity;

/// Judges CRLs by every rule there is for them.
public final class CrlLint {
    static final List<Rule<ToBeSignedCrl>> RULES = List.of(
            new CrlVersionIsTwo(),
            new CrlSignatureAlgorithmIsStrong(),
            new CrlIssuerIsTheSigner(),
            new CrlTimesAreEncodedByYear(),
            new NextUpdateIsPresent(),
            new NextUpdateFollowsThisUpdate(),
            new NextUpdateIsNear(),
            new ThisUpdateIsNow(),
            new RevokedCertificatesAreNotEmpty(),
            new EntriesAreUnique(),
            new EntrySerialsArePositive(),
            new RevocationDatesAreEncodedByYear(),
            new RevocationIsNotInTheFuture(),
            new ReasonCodeIsMeaningful(),
            new InvalidityDateIsGeneralized(),
            new EntryExtensionsAreNotCritical(),
            new CrlExtensionsAreUnique(),
            new CriticalCrlExtensionsAreKnown(),
            new CrlAuthorityKeyIdentifierIsTheIssuers(),
            new CrlNumberIsPresent(),
            new IssuingDistributionPointIsCritical(),
            new DeltaCrlIndicatorIsCritical(),
            new ExpiredCertsOnCrlIsGeneralized());

    private CrlLint() {}

    /// What does not hold of a TBSCertList that an issuer is about to sign.
    ///
    /// @param now when it is signed
    public static List<Finding> beforeSigning(byte[] tbsCertListDer, X509Certificate issuer, Instant now) {
        return judge(tbsCertListDer, Optional.of(new ToBeSignedCrl.Signing(issuer, now)));
    }

    /// What does not hold of a TBSCertList from anywhere.
    public static List<Finding> ofForeign(byte[] tbsCertListDer) {
        return judge(tbsCertListDer, Optional.empty());
    }

    private static List<Finding> judge(byte[] der, Optional<ToBeSignedCrl.Signing> signing) {
        try {
            return Rule.findings(RULES, ToBeSignedCrl.read(der, signing));
        } catch (UnreadableException e) {
            return List.of(
                    new Finding("CrlIsReadable", Severity.ERROR, "RFC 5280 5.1", "cannot be read: " + e.getMessage()));
        }
    }
}
