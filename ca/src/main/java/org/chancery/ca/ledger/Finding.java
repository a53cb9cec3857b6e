package org.chancery.ca.ledger;

/// Something about the ledger that cannot have come about by what this program does.
///
/// @param detail what was found, and what was expected
public record Finding(Kind kind, String detail) {
    /// What is wrong.
    public enum Kind {
        /// The file's tables, indexes or triggers are not those this program makes.
        SCHEMA_ALTERED,
        /// The database contradicts itself: a damaged file.
        DAMAGED,
        /// Acts in the middle of the record are gone.
        ACTS_MISSING,
        /// An act is not the one that was recorded.
        ACT_ALTERED,
        /// Acts at the end of the record are gone, or an older copy has taken its place.
        TRUNCATED,
        /// The record holds together but is another one.
        REWRITTEN,
        /// The file that names the newest act is gone.
        HEAD_MISSING,
        /// It names nothing.
        HEAD_DAMAGED,
        /// A certificate, revocation, CRL number or key has no act.
        UNRECORDED,
        /// An act tells of a certificate, revocation or CRL number that is gone.
        ROW_MISSING,
        /// A certificate, revocation or CRL number says something else than its act.
        ROW_ALTERED
    }
}
