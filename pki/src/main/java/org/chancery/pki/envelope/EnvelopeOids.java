package org.chancery.pki.envelope;

/// The object identifiers of our own. The arc is a UUID's (ITU-T X.667), which needs no registration.
final class EnvelopeOids {
    private static final String ARC = "2.25.241312635857176871309601094129990821706";

    /// One eContentType a purpose; see [ContentPurpose].
    static final String CONTENT_TYPES = ARC + ".1";

    /// The letter header: outside as originator information, inside as a signed attribute.
    static final String LETTER_HEADER = ARC + ".2.1";

    static final String SEAL = ARC + ".3.1";

    private EnvelopeOids() {}
}
