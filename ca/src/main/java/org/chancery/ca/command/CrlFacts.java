package org.chancery.ca.command;

import java.util.List;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.RevokedCertificate;

/// A CRL in words.
final class CrlFacts {
    private CrlFacts() {}

    static Facts brief(Crl crl) {
        return new Facts()
                .put("issuer", NameText.of(crl.issuer()))
                .put("number", crl.number().toString())
                .put("thisUpdate", crl.thisUpdate())
                .put("nextUpdate", crl.nextUpdate())
                .put("revokedCount", crl.entries().size());
    }

    static Facts of(Crl crl) {
        List<Facts> each = crl.entries().stream().map(CrlFacts::of).toList();
        List<String> lines = crl.entries().stream()
                .map(revoked -> revoked.serialNumber().hex() + "  " + revoked.revokedAt() + "  "
                        + revoked.reason().cliName())
                .toList();
        return new Facts()
                .put("kind", "crl")
                .put("issuer", NameText.of(crl.issuer()))
                .put("number", crl.number().toString())
                .put("thisUpdate", crl.thisUpdate())
                .put("nextUpdate", crl.nextUpdate())
                .put("revoked", each, lines);
    }

    private static Facts of(RevokedCertificate revoked) {
        Facts facts = new Facts().put("serial", revoked.serialNumber().hex());
        EntryFacts.addRevocation(facts, revoked);
        return facts;
    }
}
