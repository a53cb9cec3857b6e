package org.chancery.pki.envelope;

/// What a signature is for, as the eContentType of the SignedData (RFC 5652 section 5.2). Whoever opens says which
/// purpose is expected, so nothing signed for one purpose passes for another.
public enum ContentPurpose {
    CONTENT(EnvelopeOids.CONTENT_TYPES + ".1"),
    MEMBERSHIP(EnvelopeOids.CONTENT_TYPES + ".2"),
    DEVICE_ENTRY(EnvelopeOids.CONTENT_TYPES + ".3"),
    ENVELOPE_KEY(EnvelopeOids.CONTENT_TYPES + ".4"),
    RECEIPT(EnvelopeOids.CONTENT_TYPES + ".5"),
    /// A file for anyone with a CMS tool: id-data, and never the content of a letter.
    FILE("1.2.840.113549.1.7.1");

    private final String oid;

    ContentPurpose(String oid) {
        this.oid = oid;
    }

    public String oid() {
        return oid;
    }
}
