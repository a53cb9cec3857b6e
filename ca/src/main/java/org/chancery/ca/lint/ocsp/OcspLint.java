package org.chancery.ca.lint.ocsp;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Finding;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Severity;

/// Judges OCSP answers by every rule there is for them.
public final class OcspLint {
    static final List<Rule<ToBeSignedResponse>> RULES = List.of(
            new ResponderIsNamedByKey(),
            new VersionIsLeftOut(),
            new SomethingIsAnswered(),
            new AnswersAreUnique(),
            new AnswersExpire(),
            new AnswersExpireSoon(),
            new AnswersAreNotFromTheFuture(),
            new NonceHasItsLength(),
            new CertIdsAreSha256(),
            new StatusIsMeaningful(),
            new ResponseExtensionsAreUnique(),
            new SignerIsAuthorised());

    private OcspLint() {}

    /// What does not hold of a ResponseData that is about to be signed.
    ///
    /// @param signer whose key signs: the CA itself, or whom it delegated to
    /// @param issuer the CA whose certificates are answered for
    /// @param now when it is signed
    public static List<Finding> beforeSigning(
            byte[] responseDataDer, X509Certificate signer, X509Certificate issuer, Instant now) {
        return judge(responseDataDer, Optional.of(new ToBeSignedResponse.Signing(signer, issuer, now)));
    }

    /// What does not hold of a ResponseData from anywhere.
    public static List<Finding> ofForeign(byte[] responseDataDer) {
        return judge(responseDataDer, Optional.empty());
    }

    private static List<Finding> judge(byte[] der, Optional<ToBeSignedResponse.Signing> signing) {
        try {
            return Rule.findings(RULES, ToBeSignedResponse.read(der, signing));
        } catch (UnreadableException e) {
            return List.of(new Finding(
                    "ResponseIsReadable", Severity.ERROR, "RFC 6960 4.2.1", "cannot be read: " + e.getMessage()));
        }
    }
}
