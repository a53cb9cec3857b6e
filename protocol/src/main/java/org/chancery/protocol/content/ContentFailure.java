package org.chancery.protocol.content;

/// Why octets are no content.
public enum ContentFailure {
    /// Not the one encoding of a content.
    MALFORMED,
    /// Longer than a content may be.
    TOO_LARGE,
    /// Not padded as every content is: whoever made it may want its length to be seen.
    PADDING,
    /// Nothing is said in it.
    NO_BODY
}
