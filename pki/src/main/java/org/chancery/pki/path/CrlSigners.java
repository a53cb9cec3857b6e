package org.chancery.pki.path;

import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.name.CanonicalName;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.revocation.Crl;

/// Whose key signed a list, if it may (RFC 5280 section 6.3.3 (f) and (g)): the issuer of the certificate
/// in question, or another certificate under the name of the list, with a path of its own to the same
/// anchor.
final class CrlSigners {
    private final SignerPaths paths;
    private final RevocationJudge judge;

    /// A list that is to be believed, by the key that signed it.
    record SignedCrl(Crl crl, PublicKey key) {}

    CrlSigners(SignerPaths paths, RevocationJudge judge) {
        this.paths = paths;
        this.judge = judge;
    }

    /// Of lists of one issuer and scope those that are to be believed; none if nobody who may sign them did.
    ///
    /// Each key that may sign speaks for itself: after a change of keys, or where two authorities bear one
    /// name, a list by the one does not take the place of a list by the other, whatever its number.
    ///
    /// @param newestFirst at least one
    /// @param certificate the certificate in question
    /// @param issuer its issuer, which this very path has shown to be good
    /// @param named whether the certificate names the issuer of the lists in its cRLIssuer
    List<SignedCrl> believed(List<Crl> newestFirst, PathCertificate certificate, PathCertificate issuer, boolean named)
            throws PathValidationException {
        Crl first = newestFirst.getFirst();
        List<SignedCrl> believed = new ArrayList<>();
        CanonicalName name = name(first);
        if (name.equals(issuer.subject()) && issuer.allows(KeyUsage.CRL_SIGN)) {
            believed.addAll(by(issuer, newestFirst));
        }
        for (CandidatePath path : paths.toCrlSigners(name, issuer, keyIdentifiers(newestFirst))) {
            PathCertificate signer = path.target();
            List<SignedCrl> lists = by(signer, newestFirst);
            // Nobody vouches for himself, unless who issued his certificate has put into it that he does (NIST PKITS
            // 4.14.30); then those above him must be good.
            boolean itself = named && signer.equals(certificate);
            if (!lists.isEmpty() && judge.isGood(path, itself ? 1 : 0)) {
                believed.addAll(lists);
            }
        }
        return believed;
    }

    /// The newest by one key, and those with a lower number that were made later still: a list of version 1 has
    /// no number at all.
    private List<SignedCrl> by(PathCertificate signer, List<Crl> newestFirst) throws PathValidationException {
        List<SignedCrl> lists = new ArrayList<>();
        Instant latest = Instant.MIN;
        for (Crl crl : newestFirst) {
            if (crl.thisUpdate().isAfter(latest) && isBy(signer, crl)) {
                lists.add(new SignedCrl(crl, signer.publicKey().orElseThrow()));
                latest = crl.thisUpdate();
            }
        }
        return lists;
    }

    /// A list that names another key than the one that signed it contradicts itself.
    private boolean isBy(PathCertificate signer, Crl crl) throws PathValidationException {
        Optional<KeyIdentifier> said = keyIdentifier(crl);
        Optional<KeyIdentifier> has = signer.extensions().subjectKeyIdentifier();
        if (said.isPresent() && has.isPresent() && !said.get().isSameKeyAs(has.get())) {
            return false;
        }
        return signer.publicKey().isPresent()
                && paths.signatures().isBy(crl, signer.publicKey().get());
    }

    private static CanonicalName name(Crl crl) throws PathValidationException {
        try {
            return CanonicalName.parse(crl.issuer().getEncoded());
        } catch (MalformedNameException e) {
            throw new PathValidationException(
                    PathFailure.CRL_INVALID, PathValidationException.NO_CERTIFICATE, String.valueOf(e.getMessage()));
        }
    }

    private static Set<KeyIdentifier> keyIdentifiers(List<Crl> crls) {
        return crls.stream().flatMap(crl -> keyIdentifier(crl).stream()).collect(Collectors.toSet());
    }

    private static Optional<KeyIdentifier> keyIdentifier(Crl crl) {
        return crl.authorityKeyIdentifier()
                .map(hex -> new KeyIdentifier(HexFormat.of().parseHex(hex), null, null));
    }
}
