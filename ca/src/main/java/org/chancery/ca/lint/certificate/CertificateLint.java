package org.chancery.ca.lint.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Finding;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Severity;

/// Judges certificates by every rule there is for them.
public final class CertificateLint {
    static final List<Rule<ToBeSignedCertificate>> RULES = List.of(
            new VersionIsThree(),
            new SerialIsPositive(),
            new SerialFitsTwentyOctets(),
            new SerialIsUnpredictable(),
            new SignatureAlgorithmIsStrong(),
            new IssuerIsTheSigner(),
            new ValidityIsEncodedByYear(),
            new ValidityRunsForward(),
            new ValidityLiesWithinTheIssuers(),
            new NotBeforeIsNearSigning(),
            new RelaysAreRenewedYearly(),
            new SomebodyIsNamed(),
            new SubjectIsDirectoryString(),
            new CommonNameFits(),
            new CommonNameIsNoForeignHost(),
            new UniqueIdentifiersAreAbsent(),
            new KeyIsAccepted(),
            new CurveIsNamed(),
            new ExtensionsAreUnique(),
            new DefaultsAreLeftOut(),
            new CriticalExtensionsAreKnown(),
            new AuthorityKeyIdentifierIsTheIssuers(),
            new SubjectKeyIdentifierIsPresent(),
            new KeyUsageIsPresentAndCritical(),
            new KeyUsageMatchesTheKey(),
            new OnlyAuthoritiesCertify(),
            new AuthoritiesCertify(),
            new EverybodyElseSigns(),
            new BasicConstraintsArePresentAndCritical(),
            new PathLengthIsAnAuthoritys(),
            new PathLengthLiesBelowTheIssuers(),
            new NamesStandInTheAlternativeName(),
            new AlternativeNameIsCriticalWithoutSubject(),
            new NamesAreUnique(),
            new OneAddressAtMost(),
            new NamesAreWellFormed(),
            new ExtendedKeyUsageIsPresent(),
            new PurposesDoNotMix(),
            new PurposesHaveTheirNames(),
            new AuthoritiesHaveNoPurposes(),
            new NameConstraintsAreAnAuthoritysAndCritical(),
            new NameConstraintsSaySomething(),
            new CrlDistributionPointIsHttp(),
            new AuthorityInformationAccessIsHttp(),
            new OcspSignersSayNoCheck(),
            new NoRevAvailStandsAlone(),
            new PoliciesAreUnique());

    private CertificateLint() {}

    /// What does not hold of a TBSCertificate that an issuer is about to sign.
    ///
    /// @param now when it is signed
    public static List<Finding> beforeSigning(byte[] tbsCertificateDer, X509Certificate issuer, Instant now) {
        return judge(tbsCertificateDer, Optional.of(new ToBeSignedCertificate.Signing(issuer, now)));
    }

    /// What does not hold of a TBSCertificate from anywhere, or of one that signs itself.
    public static List<Finding> ofForeign(byte[] tbsCertificateDer) {
        return judge(tbsCertificateDer, Optional.empty());
    }

    private static List<Finding> judge(byte[] der, Optional<ToBeSignedCertificate.Signing> signing) {
        try {
            return Rule.findings(RULES, ToBeSignedCertificate.read(der, signing));
        } catch (UnreadableException e) {
            return List.of(new Finding(
                    "CertificateIsReadable", Severity.ERROR, "RFC 5280 4.1", "cannot be read: " + e.getMessage()));
        }
    }
}
