package org.chancery.pki.revocation;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/// The newest CRL of each issuer, as one snapshot. Immutable; whoever holds one sees no change until handed another.
///
/// It orders by CRLNumber and believes what it is given. Before CRLs of strangers go in, [#verifiedBy] keeps out
/// those that nobody known signed: an unsigned one with a high number would hide the true one.
public final class CrlSet {
    /// Nothing known of anybody.
    public static final CrlSet EMPTY = new CrlSet(Map.of());

    /// By CRLNumber; of two with one number (a renewed list of an authority restored from backup) the later made.
    private static final Comparator<Crl> AGE = Comparator.comparing(Crl::number).thenComparing(Crl::thisUpdate);

    private final Map<X500Principal, Crl> newest;

    private CrlSet(Map<X500Principal, Crl> newest) {
        this.newest = Map.copyOf(newest);
    }

    /// The newest of each issuer among these.
    public static CrlSet of(Collection<Crl> crls) {
        Map<X500Principal, Crl> newest = HashMap.newHashMap(crls.size());
        crls.forEach(crl -> newest.merge(crl.issuer(), crl, CrlSet::newer));
        return new CrlSet(newest);
    }

    /// Those that one of the issuers signed.
    public static CrlSet verifiedBy(Collection<X509Certificate> issuers, Collection<Crl> crls) {
        return of(crls.stream()
                .filter(crl -> issuers.stream().anyMatch(crl::verifiedBy))
                .toList());
    }

    /// Both, keeping the higher number of each issuer.
    public CrlSet merge(CrlSet other) {
        Map<X500Principal, Crl> both = new HashMap<>(newest);
        other.newest.forEach((issuer, crl) -> both.merge(issuer, crl, CrlSet::newer));
        return new CrlSet(both);
    }

    /// The newest of an issuer; empty if there is none.
    public Optional<Crl> newest(X500Principal issuer) {
        return Optional.ofNullable(newest.get(issuer));
    }

    /// Whether a CRL would take the place of its issuer's here, or be the first.
    public boolean isNews(Crl crl) {
        Crl held = newest.get(crl.issuer());
        return held == null || AGE.compare(crl, held) > 0;
    }

    /// One of each issuer, in the order of their names.
    public List<Crl> crls() {
        return newest.values().stream()
                .sorted(Comparator.comparing(crl -> crl.issuer().getName()))
                .toList();
    }

    /// The highest CRLNumber of all; zero if there is no CRL.
    public BigInteger highestNumber() {
        return newest.values().stream()
                .map(Crl::number)
                .max(Comparator.naturalOrder())
                .orElse(BigInteger.ZERO);
    }

    private static Crl newer(Crl one, Crl other) {
        return AGE.compare(other, one) > 0 ? other : one;
    }

    @Override
    public String toString() {
        return "CrlSet" + crls();
    }
}
