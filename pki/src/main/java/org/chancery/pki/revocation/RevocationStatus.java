package org.chancery.pki.revocation;

/// What is known of one certificate's revocation at one time.
public sealed interface RevocationStatus {
    /// Not revoked, says a CRL that covers it and is current.
    record Good() implements RevocationStatus {}

    /// Revoked, by this entry.
    record Revoked(RevokedCertificate entry) implements RevocationStatus {}

    /// Nobody entitled has said anything current; `why` is for people.
    record Unknown(String why) implements RevocationStatus {}
}
