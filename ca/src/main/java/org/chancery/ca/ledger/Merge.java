package org.chancery.ca.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.RevokedCertificate;

/// Takes over from a published CRL what the ledger does not know, within one transaction.
record Merge(Connection connection, Instant now) {
    List<RevokedCertificate> of(DeviceId issuer, Crl crl) throws SQLException {
        ActTable acts = new ActTable(connection);
        RevocationTable revocations = new RevocationTable(connection);
        List<RevokedCertificate> news = new ArrayList<>();
        for (RevokedCertificate revoked : crl.entries()) {
            if (revocations.find(revoked.serialNumber()).isEmpty()) {
                revocations.add(issuer, revoked);
                acts.append(now, Act.revoked(issuer.hex(), revoked));
                news.add(revoked);
            }
        }
        String sha256 = Sha256.hex(crl.der());
        if (new CrlTable(connection).merge(issuer, crl.number(), sha256, crl.thisUpdate())) {
            acts.append(now, Act.crlMerged(Act.crl(issuer, crl.number()), sha256));
        }
        return List.copyOf(news);
    }
}
