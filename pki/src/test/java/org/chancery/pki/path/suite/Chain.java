package org.chancery.pki.path.suite;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.testing.TestPki;

/// A root, authorities below it and a leaf, and what is asked of them: as a client's, now, revocation not looked at.
///
/// Certificates travel as octets, as they do outside: one that cannot be read is left out, as `ca verify` leaves it
/// out, and a leaf that cannot be read is malformed.
final class Chain {
    private final List<Draft> authorities = new ArrayList<>();
    private final List<Draft> anchors = new ArrayList<>();
    private final List<Draft> others = new ArrayList<>();
    private Draft leaf;
    private UnaryOperator<ValidationRequest> question = request -> request;

    private Chain(int count) {
        Draft issuer = Draft.root("Root");
        anchors.add(issuer);
        authorities.add(issuer);
        for (int i = 1; i < count; i++) {
            issuer = Draft.authority("Authority " + i, issuer);
            authorities.add(issuer);
            others.add(issuer);
        }
        leaf = Draft.leaf(issuer);
    }

    /// Root, one authority, leaf.
    static Chain standard() {
        return new Chain(2);
    }

    /// With so many authorities, the root among them.
    static Chain withAuthorities(int count) {
        return new Chain(count);
    }

    Chain root(Consumer<Draft> change) {
        return authority(0, change);
    }

    /// The authority that issued the leaf.
    Chain issuing(Consumer<Draft> change) {
        return authority(authorities.size() - 1, change);
    }

    /// Counted from the root, which is 0.
    Chain authority(int index, Consumer<Draft> change) {
        change.accept(authorities.get(index));
        return this;
    }

    Chain everyAuthority(Consumer<Draft> change) {
        authorities.forEach(change);
        return this;
    }

    Chain leaf(Consumer<Draft> change) {
        change.accept(leaf);
        return this;
    }

    Draft root() {
        return authorities.getFirst();
    }

    Draft issuing() {
        return authorities.getLast();
    }

    /// One authority more below the last, and a leaf of its own.
    Chain continuedBy(Draft authority) {
        authorities.add(authority);
        others.add(authority);
        leaf = Draft.leaf(authority);
        return this;
    }

    /// Another leaf, of whoever issued it.
    Chain target(Draft other) {
        leaf = other;
        return this;
    }

    /// These as well, in no order.
    Chain also(Draft... certificates) {
        others.addAll(Arrays.asList(certificates));
        return this;
    }

    /// Without the authorities between root and leaf.
    Chain alone() {
        others.clear();
        return this;
    }

    /// These are trusted, and nobody else.
    Chain trusting(Draft... certificates) {
        anchors.clear();
        anchors.addAll(Arrays.asList(certificates));
        return this;
    }

    Chain asking(UnaryOperator<ValidationRequest> change) {
        UnaryOperator<ValidationRequest> before = question;
        question = request -> change.apply(before.apply(request));
        return this;
    }

    Chain asServer() {
        return asking(request -> request.purpose(Purpose.SERVER));
    }

    Chain forAnyPurpose() {
        return asking(request -> request.purpose(Purpose.ANY));
    }

    /// Signs everything, so that judging is all that is left to do.
    void make() {
        anchors.forEach(Draft::der);
        others.forEach(Draft::der);
        leaf.der();
    }

    /// Why it is refused; empty if it is accepted.
    Optional<PathFailure> judge() {
        try {
            validate();
            return Optional.empty();
        } catch (PathValidationException e) {
            return Optional.of(e.failure());
        } catch (MalformedCertificateException e) {
            return Optional.of(PathFailure.MALFORMED);
        }
    }

    /// @throws MalformedCertificateException if the leaf cannot be read, or if it is refused where another cannot
    ValidatedPath validate() throws PathValidationException, MalformedCertificateException {
        X509Certificate target = Certificates.parse(leaf.der());
        List<MalformedCertificateException> garbled = new ArrayList<>();
        Set<X509Certificate> trusted = new LinkedHashSet<>(readable(anchors, garbled));
        ValidationRequest request = ValidationRequest.of(target)
                .untrusted(readable(others, garbled))
                .purpose(Purpose.CLIENT)
                .at(TestPki.NOW)
                .revocation(new Revocation.NotChecked());
        try {
            return new PathValidator(new TrustAnchors(trusted)).validate(question.apply(request));
        } catch (PathValidationException e) {
            if (garbled.isEmpty()) {
                throw e;
            }
            throw garbled.getFirst();
        }
    }

    private static List<X509Certificate> readable(List<Draft> drafts, List<MalformedCertificateException> garbled) {
        List<X509Certificate> readable = new ArrayList<>();
        for (Draft draft : drafts) {
            try {
                readable.add(Certificates.parse(draft.der()));
            } catch (MalformedCertificateException e) {
                garbled.add(e);
            }
        }
        return readable;
    }
}
