package org.chancery.client.trust;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.client.store.HeldCrls;
import org.chancery.client.store.StoreException;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.MalformedCrlException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The CRLs this client goes by: handed over by the relay, verified here, kept in the store, newest number wins.
///
/// A list counts only under the key of an issuer that is an anchor or lies on a path that ends at one: otherwise anyone
/// could displace a real list by an empty one with a higher number. For the engine's thread.
public final class HeldRevocations {
    private static final Logger LOG = LoggerFactory.getLogger(HeldRevocations.class);

    /// What became of the lists that came.
    ///
    /// @param news whether one of them is newer than what was held
    /// @param refused how many are malformed, or signed by none of the issuers known
    public record Intake(boolean news, int refused) {}

    private final HeldCrls store;
    private final Duration grace;
    private final Set<X509Certificate> issuers;
    private CrlSet held;
    private List<byte[]> offered = List.of();

    /// @param issuers the anchors, and the authorities on one's own path
    /// @param grace how long past its nextUpdate a list still counts
    public HeldRevocations(HeldCrls store, Collection<X509Certificate> issuers, Duration grace) throws StoreException {
        this.store = store;
        this.grace = grace;
        this.issuers = new LinkedHashSet<>(issuers);
        this.held = store.all();
    }

    /// The lists held, for judging what happens now.
    public Revocation required() {
        return new Revocation.Required(held, grace);
    }

    /// The lists held.
    public CrlSet held() {
        return held;
    }

    public Duration grace() {
        return grace;
    }

    /// The highest number among the lists held; 0 without any. It goes into every message, so that a reader who holds
    /// older lists learns of it. Beyond 63 bits it says the most it can.
    public long number() {
        BigInteger highest = held.highestNumber();
        return highest.bitLength() < Long.SIZE ? highest.longValueExact() : Long.MAX_VALUE;
    }

    /// Verifies what the relay offers, and keeps what is newer than what was held.
    ///
    /// @param crlsDer all the relay holds
    public Intake accept(List<byte[]> crlsDer) throws StoreException {
        offered = crlsDer;
        CrlSet before = held;
        int refused = 0;
        for (byte[] der : crlsDer) {
            Optional<Crl> verified = verified(der);
            if (verified.isEmpty()) {
                refused++;
            } else if (held.isNews(verified.get())) {
                store.put(verified.get());
                held = held.merge(CrlSet.of(List.of(verified.get())));
            }
        }
        return new Intake(!held.equals(before), refused);
    }

    /// Believes the lists of one more authority, which lies on a validated path, and looks again at what the relay
    /// offered last.
    ///
    /// @return whether that made one of them count
    public boolean believe(X509Certificate issuer) throws StoreException {
        return issuers.add(issuer) && accept(offered).news();
    }

    private Optional<Crl> verified(byte[] der) {
        try {
            Crl crl = Crl.parse(der);
            boolean known = issuers.stream()
                    .filter(issuer -> issuer.getSubjectX500Principal().equals(crl.issuer()))
                    .anyMatch(crl::verifiedBy);
            if (!known) {
                LOG.info("a CRL of {} is signed by no authority known here", crl.issuer());
            }
            return known ? Optional.of(crl) : Optional.empty();
        } catch (MalformedCrlException e) {
            LOG.warn("the relay handed over a malformed CRL: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
