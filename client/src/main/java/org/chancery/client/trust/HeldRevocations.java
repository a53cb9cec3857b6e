package org.chancery.client.trust;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.chancery.client.store.HeldCrls;
import org.chancery.client.store.StoreException;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlFingerprint;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.MalformedCrlException;
import org.chancery.protocol.frame.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The CRLs this client goes by: handed over by the relay, verified here, kept in the store, newest number
/// wins.
///
/// A list counts only under the key of an issuer that is an anchor or lies on a path that ends at one:
/// otherwise anyone could displace a real list by an empty one with a higher number. For the engine's thread.
public final class HeldRevocations {
    private static final Logger LOG = LoggerFactory.getLogger(HeldRevocations.class);

    /// A list of nobody known yet.
    @SuppressWarnings("ArrayRecordComponent") // made here, never compared
    private record Aside(X500Principal issuer, byte[] der) {}

    private final HeldCrls store;
    private final Duration grace;
    private final Set<X509Certificate> issuers;
    private CrlSet held;
    private boolean underWay;

    /// By fingerprint, in the order they came; bounded as an announcement is, the oldest dropped first.
    private final Map<CrlFingerprint, Aside> aside = new LinkedHashMap<>();

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

    /// The highest number among the lists held; 0 without any. It goes into every message, so that a reader who
    /// holds older lists learns of it. Beyond 63 bits it says the most it can.
    public long number() {
        BigInteger highest = held.highestNumber();
        return highest.bitLength() < Long.SIZE ? highest.longValueExact() : Long.MAX_VALUE;
    }

    /// By what the relay is told which lists it need not send: the newest, if there are too many for it.
    public List<CrlFingerprint> fingerprints() {
        Stream<CrlFingerprint> all = Stream.concat(
                held.crls().stream()
                        .sorted(Comparator.comparing(Crl::thisUpdate).reversed())
                        .map(Crl::fingerprint),
                aside.keySet().stream());
        return all.distinct().limit(Frame.CrlsAnnounced.MOST).toList();
    }

    /// Notes whether the relay goes by lists that are still to come.
    public void underWay(boolean areUnderWay) {
        underWay = areUnderWay;
    }

    /// Whether the relay goes by lists that are still to come.
    public boolean areUnderWay() {
        return underWay;
    }

    /// Verifies a list that the relay handed over, and keeps it where it is newer than the one held. One that is
    /// signed by no issuer known here is looked at again when one becomes known; a malformed one is dropped.
    public void accept(byte[] crlDer) throws StoreException {
        try {
            Crl crl = Crl.parse(crlDer);
            if (issuers.stream().anyMatch(crl::verifiedBy)) {
                aside.remove(crl.fingerprint());
                keep(crl);
            } else {
                LOG.warn("a CRL of {} is signed by no authority known here", crl.issuer());
                putAside(crl);
            }
        } catch (MalformedCrlException e) {
            LOG.warn("the relay handed over a malformed CRL: {}", e.getMessage());
        }
    }

    private void keep(Crl crl) throws StoreException {
        if (held.isNews(crl)) {
            store.put(crl);
            held = held.merge(CrlSet.of(List.of(crl)));
        }
    }

    private void putAside(Crl crl) {
        aside.put(crl.fingerprint(), new Aside(crl.issuer(), crl.der()));
        long octets =
                aside.values().stream().mapToLong(list -> list.der().length).sum();
        Iterator<Aside> eldest = aside.values().iterator();
        while (octets > Frame.CrlsAnnounced.MAX_OCTETS || aside.size() > Frame.CrlsAnnounced.MOST) {
            octets -= eldest.next().der().length;
            eldest.remove();
        }
    }

    /// Believes the lists of one more authority, which lies on a validated path, and looks again at those that
    /// nobody known had signed.
    public void believe(X509Certificate issuer) throws StoreException {
        if (!issuers.add(issuer)) {
            return;
        }
        for (Aside list : List.copyOf(aside.values())) {
            if (list.issuer().equals(issuer.getSubjectX500Principal())) {
                accept(list.der());
            }
        }
    }
}
