package org.chancery.protocol.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.record.RecordException;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.record.VerifiedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;

/// People who sign records, and the verification that everybody else makes of them.
public final class People {
    private final TestPki pki = TestPki.create();
    private final PathValidator validator = new PathValidator(pki.trustAnchors());
    private final Map<Identity, ValidatedPath> paths = new HashMap<>();

    /// A device of a person, by names of the test's own; the same one whenever asked for within a test.
    public Identity device(String person, String device) {
        return pki.client(person + "@lab.example", TestKeys.ec(person + " " + device));
    }

    /// Signed by all of these, and verified.
    public VerifiedRecord signed(ContentPurpose purpose, byte[] content, Identity... signers) throws Exception {
        SignedRecord signed = RecordSigner.sign(signers[0], purpose, content, pki.now());
        for (int i = 1; i < signers.length; i++) {
            signed = RecordSigner.countersign(signed, signers[i], pki.now());
        }
        return verified(purpose, signed, signers);
    }

    private VerifiedRecord verified(ContentPurpose purpose, SignedRecord signed, Identity... signers)
            throws PathValidationException, RecordException {
        List<ValidatedPath> accepted = new ArrayList<>();
        for (Identity signer : signers) {
            ValidatedPath path = paths.get(signer);
            if (path == null) {
                path = validator.validate(ValidationRequest.of(signer.chain().leaf())
                        .untrusted(signer.chain().issuers())
                        .purpose(Purpose.CLIENT)
                        .at(pki.now())
                        .revocation(new Revocation.NotChecked()));
                paths.put(signer, path);
            }
            accepted.add(path);
        }
        return signed.verify(purpose, accepted);
    }
}
