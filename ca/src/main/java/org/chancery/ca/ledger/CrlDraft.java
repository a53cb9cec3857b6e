package org.chancery.ca.ledger;

import java.math.BigInteger;
import java.util.List;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.revocation.RevokedCertificate;

/// A CRL number that has been drawn, for ever, and what a CRL of that number says.
///
/// @param revoked everything the issuer ever revoked, expired certificates too (expiredCertsOnCRL)
public record CrlDraft(DeviceId issuer, BigInteger number, List<RevokedCertificate> revoked) {
    public CrlDraft {
        revoked = List.copyOf(revoked);
    }
}
