package org.chancery.pki.revocation;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.name.CanonicalName;
import org.chancery.pki.name.MalformedNameException;

/// The lists known, as one snapshot: of each [CrlLine] the newest. Immutable; whoever holds one sees no
/// change until handed another.
///
/// It orders by CRLNumber and believes what it is given. Before CRLs of strangers go in, [#verifiedBy]
/// keeps out those that nobody known signed: an unsigned one with a high number would hide the true one.
/// Where nobody can be asked yet, [#unverified] keeps all, and leaves it to the path validator to find the
/// newest that is true.
public final class CrlSet {
    /// Nothing known of anybody.
    public static final CrlSet EMPTY = new CrlSet(Map.of());

    /// By CRLNumber; of two with one number (a renewed list of an authority restored from backup) the later
    /// made.
    private static final Comparator<Crl> AGE = Comparator.comparing(Crl::number).thenComparing(Crl::thisUpdate);

    /// Newest first; one of each line but for unverified ones.
    private final Map<CanonicalName, List<Crl>> byIssuer;

    private CrlSet(Map<CanonicalName, List<Crl>> byIssuer) {
        this.byIssuer = Map.copyOf(byIssuer);
    }

    private static CrlSet keeping(Stream<Crl> crls) {
        Map<CanonicalName, List<Crl>> byIssuer = new HashMap<>();
        crls.forEach(crl -> byIssuer.computeIfAbsent(canonical(crl.issuer()), _ -> new ArrayList<>())
                .add(crl));
        byIssuer.replaceAll((_, of) -> of.stream().sorted(AGE.reversed()).toList());
        return new CrlSet(byIssuer);
    }

    /// The newest of each line among these.
    public static CrlSet of(Collection<Crl> crls) {
        Map<CrlLine, Crl> newest = HashMap.newHashMap(crls.size());
        crls.forEach(crl -> newest.merge(crl.line(), crl, CrlSet::newer));
        return keeping(newest.values().stream());
    }

    /// Those that one of the issuers signed.
    public static CrlSet verifiedBy(Collection<X509Certificate> issuers, Collection<Crl> crls) {
        return of(crls.stream()
                .filter(crl -> issuers.stream().anyMatch(crl::verifiedBy))
                .toList());
    }

    /// All of these, forged ones among them: for one judgement, not to be kept.
    public static CrlSet unverified(Collection<Crl> crls) {
        return keeping(crls.stream());
    }

    /// Both, keeping the higher number of each line: nothing goes back, whatever is handed over again.
    public CrlSet merge(CrlSet other) {
        List<Crl> both = new ArrayList<>(crls());
        both.addAll(other.crls());
        return of(both);
    }

    /// The newest of an issuer that covers all its certificates; empty if there is none.
    public Optional<Crl> newest(X500Principal issuer) {
        return of(issuer).stream()
                .filter(crl -> !crl.isDelta() && crl.scope().equals(CrlScope.COMPLETE))
                .findFirst();
    }

    /// Every list of an issuer, deltas too, newest first.
    public List<Crl> of(X500Principal issuer) {
        return byIssuer.getOrDefault(canonical(issuer), List.of());
    }

    /// As RFC 5280 section 7.1 compares names; one that cannot be read is nobody's.
    private static CanonicalName canonical(X500Principal name) {
        try {
            return CanonicalName.of(name);
        } catch (MalformedNameException e) {
            return CanonicalName.EMPTY;
        }
    }

    /// Whether the newest list of its issuer that covers all certificates has this one. Says only who is
    /// certain to be revoked: that somebody is not takes the path validator.
    public boolean isListed(X509Certificate certificate) {
        return newest(certificate.getIssuerX500Principal())
                .flatMap(crl -> crl.find(SerialNumber.of(certificate)))
                .isPresent();
    }

    /// Whether a CRL would take the place of the one of its line here, or be the first.
    public boolean isNews(Crl crl) {
        return of(crl.issuer()).stream()
                .filter(held -> held.line().equals(crl.line()))
                .noneMatch(held -> AGE.compare(crl, held) <= 0);
    }

    /// All of them, in the order of the issuers' names, newest first.
    public List<Crl> crls() {
        return byIssuer.values().stream()
                .sorted(Comparator.comparing(crls -> crls.getFirst().issuer().getName()))
                .flatMap(List::stream)
                .toList();
    }

    /// The highest CRLNumber of all; zero if there is no CRL.
    public BigInteger highestNumber() {
        return crls().stream().map(Crl::number).max(Comparator.naturalOrder()).orElse(BigInteger.ZERO);
    }

    private static Crl newer(Crl one, Crl other) {
        return AGE.compare(other, one) > 0 ? other : one;
    }

    @Override
    public String toString() {
        return "CrlSet" + crls();
    }
}
