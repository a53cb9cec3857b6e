package org.chancery.ca.command;

import java.time.Instant;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.ca.ledger.Origin;
import org.chancery.ca.ledger.Particulars;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.name.Address;
import org.chancery.pki.revocation.RevokedCertificate;

/// An entry of the ledger in words.
final class EntryFacts {
    private EntryFacts() {}

    static Facts of(LedgerEntry entry) {
        Particulars p = entry.particulars();
        Facts facts = new Facts()
                .put("serial", p.serial().hex())
                .put("profile", p.profile())
                .put("name", p.name())
                .putIfPresent("address", p.address().map(Address::value))
                .put("device", p.device().hex())
                .put("notBefore", p.validity().notBefore())
                .put("notAfter", p.validity().notAfter());
        addOrigin(facts, p.origin());
        if (entry instanceof LedgerEntry.Revoked revoked) {
            addRevocation(facts, revoked.revocation());
        }
        return facts;
    }

    static void addOrigin(Facts facts, Origin origin) {
        facts.put("origin", origin.kind().code())
                .putIfPresent("parent", origin.parent().map(SerialNumber::hex));
    }

    static void addRevocation(Facts facts, RevokedCertificate revocation) {
        facts.put("revokedAt", revocation.revokedAt())
                .put("reason", revocation.reason().cliName());
        revocation.invalidityDate().ifPresent(date -> facts.put("invalidityDate", date));
    }

    static Facts of(LedgerEntry entry, Instant now) {
        return of(entry).put("status", Status.of(entry, now).cliName());
    }
}
