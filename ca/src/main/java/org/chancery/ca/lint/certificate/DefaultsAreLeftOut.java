package org.chancery.ca.lint.certificate;

import java.util.List;
import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;

/// `critical FALSE` and `cA FALSE` are defaults, and DER leaves defaults out.
final class DefaultsAreLeftOut implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "X.690 11.5";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        for (ReadExtension extension : certificate.extensions()) {
            if (extension.spelledDefault()) {
                return Optional.of("extension " + extension.oid() + " with critical FALSE spelled out");
            }
        }
        Optional<ReadExtension> constraints = certificate.extension(Extensions.BASIC_CONSTRAINTS);
        if (constraints.isPresent()) {
            List<Tlv> parts = constraints.get().tlv().as(Tlv.SEQUENCE).children();
            if (!parts.isEmpty()
                    && parts.getFirst().is(Tlv.BOOLEAN)
                    && !parts.getFirst().bool()) {
                return Optional.of("basicConstraints with CA:FALSE spelled out");
            }
        }
        return Optional.empty();
    }
}
