package org.chancery.server.revocation;

import java.util.ArrayList;
import java.util.List;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.protocol.frame.AnnouncedCrl;
import org.chancery.protocol.frame.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The CRLs that clients are handed, and how they are announced. One for all clients.
///
/// @param crls those that an announcement has room for
public record CrlOffer(List<Crl> crls, Frame.CrlsAnnounced announcement) {

    private static final Logger LOG = LoggerFactory.getLogger(CrlOffer.class);

    public CrlOffer {
        crls = List.copyOf(crls);
    }

    static CrlOffer of(CrlSet believed) {
        List<Crl> crls = new ArrayList<>();
        long octets = 0;
        for (Crl crl : believed.crls()) {
            boolean fits =
                    crls.size() < Frame.CrlsAnnounced.MOST && octets + crl.length() <= Frame.CrlsAnnounced.MAX_OCTETS;
            if (fits) {
                crls.add(crl);
                octets += crl.length();
            } else {
                LOG.warn(
                        "CRL {} of {} is not handed to clients: they take {} lists of {} octets together",
                        crl.number(),
                        crl.issuer(),
                        Frame.CrlsAnnounced.MOST,
                        Frame.CrlsAnnounced.MAX_OCTETS);
            }
        }
        return new CrlOffer(
                crls,
                new Frame.CrlsAnnounced(crls.stream().map(AnnouncedCrl::of).toList()));
    }
}
