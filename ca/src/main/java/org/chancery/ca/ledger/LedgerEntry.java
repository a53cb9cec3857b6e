package org.chancery.ca.ledger;

import org.chancery.pki.revocation.RevokedCertificate;

/// One certificate as the ledger has it now.
public sealed interface LedgerEntry {
    Particulars particulars();

    /// About to be signed, or signed by a process that died before it could say so. No one was handed it by
    /// us, yet it may exist: revoking its key revokes it too.
    record Intended(Particulars particulars) implements LedgerEntry {}

    /// Signed, recorded and handed out.
    record Issued(Particulars particulars) implements LedgerEntry {}

    /// On every CRL of its issuer from the next one on, for ever.
    record Revoked(Particulars particulars, RevokedCertificate revocation) implements LedgerEntry {}
}
