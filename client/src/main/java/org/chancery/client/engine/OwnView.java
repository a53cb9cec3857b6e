package org.chancery.client.engine;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.chancery.client.chat.SelfView;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;

/// One's own certificate, as its owner reads it.
public final class OwnView {
    private OwnView() {}

    /// Shown whether it holds or not: an expired certificate is exactly the one its owner wants to look at.
    public static SelfView of(EngineConfig config, Instant now) {
        Identity identity = config.identity();
        TrustAnchors anchors = config.anchors();
        CertificateChain chain = identity.chain();
        Instant end = chain.leaf().getNotAfter().toInstant();
        List<String> names;
        X509Certificate root;
        try {
            ValidatedPath path = new PathValidator(anchors)
                    .validate(ValidationRequest.of(chain.leaf())
                            .untrusted(chain.issuers())
                            .purpose(Purpose.ANY)
                            .at(now.isBefore(end) ? now : end)
                            .revocation(new Revocation.NotChecked()));
            names = PathNames.of(path);
            root = path.anchor();
        } catch (PathValidationException e) {
            names = PathNames.of(chain);
            root = anchors.certificates().stream().findFirst().orElse(chain.leaf());
        }
        return new SelfView(
                config.self(),
                PathNames.displayName(chain).orElse(config.self().value()),
                identity.key().deviceId(),
                end,
                names,
                Certificates.sha256Fingerprint(root));
    }
}
