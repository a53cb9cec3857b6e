package org.chancery.pki.pem;

/// Why a text is not PEM.
public enum PemFailure {
    /// More than [Pem#MAX_OCTETS].
    TOO_LARGE,
    /// More than [Pem#MAX_BLOCKS].
    TOO_MANY_BLOCKS,
    /// Neither PEM nor DER, or no block with the label wanted.
    NO_BLOCK,
    /// A label the project does not read.
    UNKNOWN_LABEL,
    /// A boundary that is none: no end, an end without beginning, another label at the end, ragged dashes.
    BOUNDARY,
    /// Not canonical Base64 in lines of 64.
    BASE64
}
