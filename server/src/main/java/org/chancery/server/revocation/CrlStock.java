package org.chancery.server.revocation;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;

/// The CRLs that count. One counts if a known authority signed it, and replaces an older one of its line only:
/// nothing that a source shows undoes a revocation. Thread safe.
///
/// Known are the anchors, who vouches for the relay, and who vouches for anybody that was ever let in: where the
/// issuing CA is being replaced, people come with certificates of both. Lists of authorities that are not known
/// yet are held aside, the newest showing of each source; the path validator is given them too, for it verifies
/// lists itself.
final class CrlStock {

    /// Authorities met, all of them below our anchors: more than anybody sets up. Lists of further ones still count,
    /// but are not handed to clients.
    private static final int MAX_MET = 64;

    /// Lists of authorities not known yet, a source.
    private static final int MAX_ASIDE = 16;

    /// Of a list by somebody with a known authority's name and another key: a millisecond's hashing.
    private static final int MAX_OCTETS_OF_A_NAMESAKE = 1 << 20;

    /// Guards what follows, between the sources, whoever is let in, and who reloads the trust.
    private final ReentrantLock lock = new ReentrantLock();

    private Authorities authorities;
    private final Map<String, List<Crl>> strangers = new HashMap<>();

    /// Of each line the newest that was ever believed, so that a root that comes back brings nothing old with it.
    private CrlSet ever = CrlSet.EMPTY;

    private volatile Set<X509Certificate> met = Set.of();
    private volatile Grounds grounds;

    CrlStock(Authorities authorities) {
        this.authorities = authorities;
        this.grounds = new Grounds(authorities.anchors(), CrlSet.EMPTY);
    }

    Grounds grounds() {
        return grounds;
    }

    /// What became of what a source shows.
    ///
    /// @param news those that count from now on
    /// @param known whether a known authority signed any of them
    record Taken(List<Crl> news, boolean known) {}

    /// What a source shows now.
    Taken take(String source, List<Crl> crls) {
        lock.lock();
        try {
            List<Crl> news = new ArrayList<>();
            List<Crl> aside = new ArrayList<>();
            boolean known = false;
            Set<X509Certificate> issuers = issuers();
            for (Crl crl : crls) {
                if (issuers.stream().noneMatch(crl::verifiedBy)) {
                    putAside(crl, aside, issuers);
                    continue;
                }
                known = true;
                if (ever.isNews(crl)) {
                    ever = ever.merge(CrlSet.of(List.of(crl)));
                    news.add(crl);
                }
            }
            strangers.put(source, List.copyOf(aside));
            settle(issuers);
            return new Taken(news, known);
        } finally {
            lock.unlock();
        }
    }

    /// What nobody known signed may be a forgery, and every judgement of its issuer's people would hash it again.
    private static void putAside(Crl crl, List<Crl> aside, Set<X509Certificate> issuers) {
        boolean named = issuers.stream()
                .anyMatch(issuer -> issuer.getSubjectX500Principal().equals(crl.issuer()));
        if (aside.size() < MAX_ASIDE && (!named || crl.length() <= MAX_OCTETS_OF_A_NAMESAKE)) {
            aside.add(crl);
        }
    }

    /// Believes these authorities from now on; others are to be met anew where the anchors are other ones.
    void believe(Authorities others) {
        lock.lock();
        try {
            Set<X509Certificate> before = new LinkedHashSet<>(met);
            before.addAll(authorities.own().issuers());
            met = others.anchors().equals(authorities.anchors()) ? Set.copyOf(before) : Set.of();
            authorities = others;
            sift();
        } finally {
            lock.unlock();
        }
    }

    /// Somebody was let in: believes whoever vouches for them.
    ///
    /// @return whether that makes a list count that did not
    boolean meet(ValidatedPath path) {
        if (met.containsAll(path.chain().issuers())) { // without the lock, and nearly always
            return false;
        }
        lock.lock();
        try {
            Set<X509Certificate> all = new LinkedHashSet<>(met);
            all.addAll(path.chain().issuers());
            if (all.size() > MAX_MET) {
                return false;
            }
            met = Set.copyOf(all);
            int before = grounds.crls().crls().size();
            sift();
            return grounds.crls().crls().size() > before;
        } finally {
            lock.unlock();
        }
    }

    /// A list has ceased to count by the clock alone: other grounds, for whoever is in the middle of a
    /// handshake has been judged by what held before, and may hold it back until everybody else has been judged
    /// again.
    void ranOut() {
        lock.lock();
        try {
            grounds = new Grounds(authorities.anchors(), issuers(), grounds.crls(), grounds.forJudging());
        } finally {
            lock.unlock();
        }
    }

    /// Looks again at what lies aside.
    private void sift() {
        Set<X509Certificate> issuers = issuers();
        List<Crl> aside = strangers.values().stream().flatMap(List::stream).toList();
        ever = ever.merge(CrlSet.verifiedBy(issuers, aside));
        strangers.replaceAll((_, crls) -> crls.stream()
                .filter(crl -> issuers.stream().noneMatch(crl::verifiedBy))
                .toList());
        settle(issuers);
    }

    /// New grounds, unless they would be the same: whoever holds the old ones would be judged for nothing.
    private void settle(Set<X509Certificate> issuers) {
        CrlSet believed = CrlSet.verifiedBy(issuers, ever.crls());
        List<Crl> all = new ArrayList<>(ever.crls());
        strangers.values().forEach(all::addAll);
        boolean same = grounds.anchors().equals(authorities.anchors())
                && grounds.crls().crls().equals(believed.crls())
                && grounds.forJudging().crls().containsAll(all);
        if (!same) {
            grounds = new Grounds(authorities.anchors(), issuers, believed, CrlSet.unverified(all));
        }
    }

    private Set<X509Certificate> issuers() {
        Set<X509Certificate> issuers = new LinkedHashSet<>(authorities.issuers());
        issuers.addAll(met);
        return issuers;
    }
}
