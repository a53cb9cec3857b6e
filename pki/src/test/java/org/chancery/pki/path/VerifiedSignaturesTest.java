package org.chancery.pki.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What was found good once is not verified again, and nothing else is taken for it.
class VerifiedSignaturesTest {
    private final Forge root = Forge.root("Root");
    private final Forge issuing = Forge.authority("Issuing", root);

    @Test
    void knowsThisCertificateUnderThisKeyOnly() {
        PublicKey key = root.key().publicKey();
        PathCertificate good = PathCertificate.of(issuing.certificate());
        PathCertificate broken = PathCertificate.of(issuing.withBrokenSignature());
        VerifiedSignatures verified = new VerifiedSignatures();
        verified.add(good, key);
        assertThat(verified.contains(good, key)).isTrue();
        assertThat(verified.contains(good, issuing.key().publicKey())).isFalse();
        assertThat(verified.contains(broken, key)).isFalse();
    }

    @Test
    void refusesBrokenSignatureAfterTheGoodOneWasAccepted() {
        Forge leaf = Forge.leaf(issuing);
        List<X509Certificate> issuers = List.of(issuing.certificate());
        TrustAnchors anchors = TrustAnchors.of(root.certificate());
        PathValidator validator = new PathValidator(anchors);
        PathAssert.validating(validator, PathAssert.of(leaf.certificate(), issuers))
                .isAccepted();
        PathAssert.validating(validator, PathAssert.of(leaf.withBrokenSignature(), issuers))
                .isRefusedFor(PathFailure.SIGNATURE_INVALID, 0);
    }
}
