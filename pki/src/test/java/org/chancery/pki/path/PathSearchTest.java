package org.chancery.pki.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.chancery.pki.path.PathAssert.validating;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.Threat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever is laid out for it, a search ends, and soon.
class PathSearchTest {
    private static final int AUTHORITIES = 12;

    private final Forge root = Forge.root("Root");

    /// Between twelve authorities that certify each other lie some 10^8 paths.
    @Test
    void endsInRingOfAuthoritiesThatNobodyVouchesFor() {
        List<X509Certificate> mesh = mesh();
        Forge leaf = Forge.leaf(member(0, root));
        long start = System.nanoTime();
        assertThat(refusal(Forge.root("Elsewhere"), leaf, mesh)).isEqualTo(PathFailure.NO_PATH);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void findsTheOneWayOutOfSuchRing() {
        List<X509Certificate> mesh = mesh();
        mesh.add(member(AUTHORITIES - 1, root).certificate());
        validating(root, PathAssert.of(Forge.leaf(member(0, root)).certificate(), mesh))
                .isAccepted();
    }

    /// An impostor of the anchor's name costs one signature for each that it could have issued, not one for
    /// each path.
    @Test
    void endsInRingBelowAnImpostor() {
        List<X509Certificate> mesh = mesh();
        mesh.add(member(AUTHORITIES - 1, root).certificate());
        Forge impostor = Forge.root("Root").key(TestKeys.ec("impostor"));
        assertThat(refusal(impostor, Forge.leaf(member(0, root)), mesh)).isEqualTo(PathFailure.SIGNATURE_INVALID);
    }

    @Test
    @Defends(Threat.VALIDATION_BLOW_UP)
    void refusesMoreNamesUnderConstraintsThanAnybodyHas() {
        List<String> domains =
                IntStream.range(0, 900).mapToObj(i -> "d" + i + ".example").toList();
        Extension constraints = Extensions.nameConstraints(domains, List.of(), List.of());
        Forge issuing = Forge.authority("Issuing", root).with(constraints);
        Forge leaf = Forge.leaf(issuing)
                .names(IntStream.range(0, 900)
                        .mapToObj(_ -> new GeneralName.Dns("a.d899.example"))
                        .toArray(GeneralName[]::new));
        validating(root, PathAssert.request(leaf, issuing)).isRefusedFor(PathFailure.TOO_COMPLEX, -1);
    }

    /// Which certificate is at fault depends on the way that was looked at first.
    private static PathFailure refusal(Forge anchor, Forge leaf, List<X509Certificate> untrusted) {
        PathValidator validator = new PathValidator(TrustAnchors.of(anchor.certificate()));
        return catchThrowableOfType(
                        PathValidationException.class,
                        () -> validator.validate(PathAssert.of(leaf.certificate(), untrusted)))
                .failure();
    }

    /// Each of the authorities certified by each other.
    private static List<X509Certificate> mesh() {
        List<X509Certificate> mesh = new ArrayList<>();
        for (int issuer = 0; issuer < AUTHORITIES; issuer++) {
            for (int subject = 0; subject < AUTHORITIES; subject++) {
                if (issuer != subject) {
                    mesh.add(member(subject, member(issuer, null)).certificate());
                }
            }
        }
        return mesh;
    }

    private static Forge member(int number, @Nullable Forge issuer) {
        String name = "Member " + number;
        return issuer == null ? Forge.root(name) : Forge.authority(name, issuer);
    }
}
