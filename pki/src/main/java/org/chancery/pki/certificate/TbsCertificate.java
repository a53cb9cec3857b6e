package org.chancery.pki.certificate;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.name.DistinguishedName;
import org.jspecify.annotations.Nullable;

/// What a certificate is going to say (RFC 5280 section 4.1.2), before anyone has signed it.
///
/// @param extensions in the order they are written, each object identifier once
public record TbsCertificate(
        SerialNumber serialNumber,
        DistinguishedName issuer,
        Validity validity,
        DistinguishedName subject,
        PublicKey publicKey,
        List<Extension> extensions) {
    /// @throws IllegalArgumentException if it could not be a certificate of RFC 5280
    public TbsCertificate {
        extensions = List.copyOf(extensions);
        if (!serialNumber.isPositive()) {
            throw new IllegalArgumentException("serial number not positive (RFC 5280 4.1.2.2)");
        }
        if (issuer.isEmpty()) {
            throw new IllegalArgumentException("issuer is empty (RFC 5280 4.1.2.4)");
        }
        Set<String> seen = new HashSet<>();
        for (Extension extension : extensions) {
            if (!seen.add(extension.oid())) {
                throw new IllegalArgumentException("extension %s twice (RFC 5280 4.2)".formatted(extension.oid()));
            }
        }
        if (subject.isEmpty() && !seen.contains(Extensions.SUBJECT_ALTERNATIVE_NAME)) {
            throw new IllegalArgumentException("neither subject nor subjectAlternativeName (RFC 5280 4.1.2.6)");
        }
    }

    /// Begins one; every part but extensions must be given.
    public static Builder builder() {
        return new Builder();
    }

    /// The extension of an object identifier; empty if there is none.
    public Optional<Extension> extension(String oid) {
        return extensions.stream()
                .filter(extension -> extension.oid().equals(oid))
                .findFirst();
    }

    /// Gathers the parts. Not thread safe.
    public static final class Builder {
        private @Nullable SerialNumber serialNumber;
        private @Nullable DistinguishedName issuer;
        private @Nullable Validity validity;
        private @Nullable DistinguishedName subject;
        private @Nullable PublicKey publicKey;
        private final List<Extension> extensions = new ArrayList<>();

        private Builder() {}

        public Builder serialNumber(SerialNumber serialNumber) {
            this.serialNumber = serialNumber;
            return this;
        }

        public Builder issuer(DistinguishedName issuer) {
            this.issuer = issuer;
            return this;
        }

        public Builder validity(Validity validity) {
            this.validity = validity;
            return this;
        }

        public Builder subject(DistinguishedName subject) {
            this.subject = subject;
            return this;
        }

        public Builder publicKey(PublicKey publicKey) {
            this.publicKey = publicKey;
            return this;
        }

        /// Adds an extension after those there are.
        public Builder extension(Extension extension) {
            extensions.add(extension);
            return this;
        }

        /// The one check.
        ///
        /// @throws NullPointerException naming the part that was not given
        /// @throws IllegalArgumentException if it could not be a certificate of RFC 5280
        public TbsCertificate build() {
            return new TbsCertificate(
                    Objects.requireNonNull(serialNumber, "serialNumber"),
                    Objects.requireNonNull(issuer, "issuer"),
                    Objects.requireNonNull(validity, "validity"),
                    Objects.requireNonNull(subject, "subject"),
                    Objects.requireNonNull(publicKey, "publicKey"),
                    extensions);
        }
    }
}
