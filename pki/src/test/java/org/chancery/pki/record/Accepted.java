package org.chancery.pki.record;

import java.util.ArrayList;
import java.util.List;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.testing.TestPki;

/// The paths of people, as a relay or a client comes by them.
final class Accepted {
    private Accepted() {}

    static List<ValidatedPath> by(TestPki pki, Identity... people) throws PathValidationException {
        PathValidator validator = new PathValidator(pki.trustAnchors());
        List<ValidatedPath> paths = new ArrayList<>();
        for (Identity person : people) {
            paths.add(validator.validate(ValidationRequest.of(person.chain().leaf())
                    .untrusted(person.chain().issuers())
                    .purpose(Purpose.CLIENT)
                    .at(pki.now())
                    .revocation(new Revocation.NotChecked())));
        }
        return paths;
    }
}
