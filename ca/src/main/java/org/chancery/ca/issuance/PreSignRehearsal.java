package org.chancery.ca.issuance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.ExtendedKeyUsage;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.path.PathRehearsal;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.Purpose;

/// The judge whom the certificate will meet, asked before there is a signature: what he would refuse, such as
/// a name outside the constraints of any CA above, is not issued.
///
/// Thread safe. Kept as long as its CA signs: what is above the certificate is verified once.
final class PreSignRehearsal {
    private final PathRehearsal rehearsal;

    /// @param issuerFirst who is about to sign, up to the root
    PreSignRehearsal(CertificateChain issuerFirst) {
        this.rehearsal =
                PathRehearsal.under(issuerFirst, issuerFirst.certificates().getLast());
    }

    /// Passes what would be accepted for every purpose it names.
    ///
    /// @param tbsDer the same, as it will be signed
    /// @throws UnfitCertificateException with what it would be refused for
    void require(TbsCertificate tbs, byte[] tbsDer, Instant now) throws UnfitCertificateException {
        try {
            for (Purpose purpose : purposes(tbs)) {
                rehearsal.check(tbsDer, purpose, now);
            }
        } catch (PathValidationException e) {
            throw new UnfitCertificateException(
                    e.failure().name(), "it would not be accepted: " + e.getMessage() + " (RFC 5280 section 6)");
        } catch (UnreadableException e) {
            throw new UnfitCertificateException("MALFORMED", "extendedKeyUsage: " + e.getMessage());
        }
    }

    private static List<Purpose> purposes(TbsCertificate tbs) throws UnreadableException {
        List<Purpose> purposes = new ArrayList<>();
        Optional<Extension> usage = tbs.extension(Extensions.EXTENDED_KEY_USAGE);
        if (usage.isPresent()) {
            for (Tlv purpose : Tlv.parse(usage.get().der()).as(Tlv.SEQUENCE).children()) {
                String oid = purpose.oid();
                if (oid.equals(ExtendedKeyUsage.CLIENT_AUTH.oid())) {
                    purposes.add(Purpose.CLIENT);
                } else if (oid.equals(ExtendedKeyUsage.SERVER_AUTH.oid())) {
                    purposes.add(Purpose.SERVER);
                }
            }
        }
        return purposes.isEmpty() ? List.of(Purpose.ANY) : purposes;
    }
}
