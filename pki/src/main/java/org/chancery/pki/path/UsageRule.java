package org.chancery.pki.path;

import java.util.List;
import org.chancery.pki.certificate.KeyUsage;

/// The target is for the purpose asked for, by key usage and extended key usage; where any purpose will do,
/// neither is looked at.
///
/// It must name the purpose itself. `anyExtendedKeyUsage` is no substitute (RFC 5280 section 4.2.1.12 lets
/// an application ask for that), and beside the purpose it is refused as well: a key for everything is a
/// key for what others sign with it, too. Nor is a certificate authority a person or a host.
final class UsageRule implements TargetRule {
    @Override
    public void check(PathCertificate target, ValidationRequest request) throws PathValidationException {
        Purpose purpose = request.purpose();
        if (purpose == Purpose.ANY) {
            return;
        }
        // In TLS 1.3 either side only signs.
        if (!target.allows(KeyUsage.DIGITAL_SIGNATURE)) {
            throw new PathValidationException(PathFailure.KEY_USAGE, 0, "key usage without digitalSignature");
        }
        List<String> usages = target.extensions().extendedKeyUsage().orElse(List.of());
        if (!usages.contains(purpose.oid())) {
            throw refuse("%s required, found %s".formatted(purpose, Purpose.inWords(usages)));
        }
        if (usages.contains(Purpose.ANY.oid())) {
            throw refuse("%s required, found it beside any purpose".formatted(purpose));
        }
        if (target.isAuthority()) {
            throw refuse("%s required, found a certificate authority".formatted(purpose));
        }
    }

    private static PathValidationException refuse(String message) {
        return new PathValidationException(PathFailure.PURPOSE_NOT_ALLOWED, 0, message);
    }
}
