package org.chancery.dist.relay;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.RecordException;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.MembershipException;

/// Verifies membership entries as every client does, each of them once for all clients of this process.
final class Notary {
    private final TestPki pki;
    private final List<X509Certificate> issuers;
    private final Map<X509Certificate, ValidatedPath> paths = new ConcurrentHashMap<>();
    private final Map<String, Amendment> verified = new ConcurrentHashMap<>();

    /// @param issuers between the signers' certificates and the root
    Notary(TestPki pki, List<X509Certificate> issuers) {
        this.pki = pki;
        this.issuers = List.copyOf(issuers);
    }

    /// What a record says of a room.
    ///
    /// @throws IllegalStateException if it is none, or its signature does not hold
    Amendment read(EncodedRecord record) {
        try {
            SignedRecord signed = record.parse();
            String hash = signed.hash().hex();
            Amendment known = verified.get(hash);
            if (known == null) {
                List<ValidatedPath> accepted = new ArrayList<>();
                for (X509Certificate signer : signed.signers()) {
                    accepted.add(path(signer));
                }
                known = Amendment.of(signed.verify(ContentPurpose.MEMBERSHIP, accepted));
                verified.put(hash, known);
            }
            return known;
        } catch (RecordException | PathValidationException | MembershipException e) {
            throw new IllegalStateException("brought what is no membership entry", e);
        }
    }

    private ValidatedPath path(X509Certificate signer) throws PathValidationException {
        ValidatedPath known = paths.get(signer);
        if (known == null) {
            known = new PathValidator(pki.trustAnchors())
                    .validate(ValidationRequest.of(signer)
                            .untrusted(issuers)
                            .purpose(Purpose.CLIENT)
                            .at(pki.now())
                            .revocation(new Revocation.NotChecked()));
            paths.put(signer, known);
        }
        return known;
    }
}
