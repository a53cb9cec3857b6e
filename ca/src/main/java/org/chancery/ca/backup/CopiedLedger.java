package org.chancery.ca.backup;

import java.time.Instant;
import java.util.List;
import org.chancery.ca.ledger.AuditReport;
import org.chancery.ca.ledger.Head;
import org.chancery.ca.ledger.Ledger;
import org.chancery.ca.ledger.LedgerException;
import org.chancery.ca.ledger.RecordedAct;

/// A ledger that came out of a copy, and has to stand a proof before anybody relies on it.
final class CopiedLedger {
    private CopiedLedger() {}

    /// Passes a ledger that ends where the copy says, and stands an audit. Its `audit.head`, which no copy has,
    /// is made anew.
    ///
    /// @param why for the record
    static void prove(Ledger ledger, Head head, String why) throws LedgerException, BackupException {
        List<RecordedAct> newest = ledger.acts(1, Instant.EPOCH);
        if (newest.isEmpty()
                || newest.getLast().sequence() != head.sequence()
                || !newest.getLast().hash().equals(head.hash())) {
            throw new BackupException(
                    BackupFailure.DAMAGED, "the ledger in the copy does not end with act " + head.sequence());
        }
        ledger.renewHead(why);
        AuditReport report = ledger.audit();
        if (!report.findings().isEmpty()) {
            throw new BackupException(
                    BackupFailure.DAMAGED,
                    "the ledger in the copy does not stand an audit: "
                            + report.findings().getFirst().detail());
        }
    }
}
