package org.chancery.pki.name;

/// Why a name was refused.
public enum NameFailure {
    /// It has no meaning as the kind of name it claims to be.
    MALFORMED,
    /// It means something, but there is another, canonical way to write it.
    NOT_CANONICAL,
    /// It exceeds the bound of its kind.
    TOO_LONG,
    /// The certificate has none of the kind asked for.
    MISSING,
    /// The certificate has several where one is meant.
    AMBIGUOUS
}
