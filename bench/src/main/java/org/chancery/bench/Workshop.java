package org.chancery.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.AuthorityHome;
import org.chancery.ca.issuance.Founding;
import org.chancery.ca.issuance.FoundingPlan;
import org.chancery.ca.issuance.Issuer;
import org.chancery.ca.profile.CertificateProfile;
import org.chancery.ca.profile.Grant;
import org.chancery.ca.profile.Namespace;
import org.chancery.ca.profile.Profiles;
import org.chancery.ca.profile.Wishes;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.KeyPairs;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.request.CertificateRequest;
import org.chancery.pki.request.CertificateRequestBuilder;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// An authority with an RSA-3072 issuing key on a real disk, and a queue of people with requests that have been parsed.
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls open first
public class Workshop {
    /// Each with a key of their own, so that nobody's history grows long.
    private static final int PEOPLE = 10_000;

    private static final Wishes NONE =
            new Wishes(Optional.empty(), Optional.empty(), List.of(), List.of(), OptionalInt.empty());

    private final AtomicInteger next = new AtomicInteger();
    private final List<CertificateRequest> requests = new ArrayList<>();
    private Path directory;
    private Authority authority;
    private Issuer issuer;
    private CertificateProfile profile;

    /// Founds it.
    @Setup(Level.Trial)
    public void open() throws Exception {
        SecureRandom random = new SecureRandom();
        directory = Files.createTempDirectory("bench");
        AuthorityHome home = new AuthorityHome(directory.resolve("ca"));
        FoundingPlan plan = new FoundingPlan(
                "Bench",
                Namespace.parse(List.of("lab.example"), Namespace.DEFAULT_RANGES),
                new FoundingPlan.Tier(KeyAlgorithm.EC_P256, 7300),
                new FoundingPlan.Tier(KeyAlgorithm.RSA_3072, 1825),
                Optional.empty());
        Profiles profiles = Profiles.below(Path.of("conf"));
        profile = profiles.leaf("client");
        try (Passphrase passphrase = Passphrase.none()) {
            new Founding(profiles.issuing(), Clock.systemUTC(), random).found(plan, home, passphrase, false);
            authority = Authority.open(home, Clock.systemUTC(), random);
            issuer = authority.issuer(passphrase);
        }
        for (int i = 0; i < PEOPLE; i++) {
            requests.add(CertificateRequest.parse(CertificateRequestBuilder.of(DistinguishedName.EMPTY)
                    .name(new GeneralName.Rfc822("p" + i + "@lab.example"))
                    .build(KeyPairs.generate(KeyAlgorithm.EC_P256, random))));
        }
    }

    /// Decides, checks, records the intent, signs, records the certificate: the whole way of `ca sign`.
    CertificateChain certify() throws Exception {
        CertificateRequest request = requests.get(Math.floorMod(next.getAndIncrement(), PEOPLE));
        return switch (authority.decide(request, profile, NONE)) {
            case Grant.Granted granted -> issuer.issue(issuer.prepare(granted));
            case Grant.Refused refused -> throw new IllegalStateException("refused: " + refused);
        };
    }

    /// Takes it away again.
    @TearDown(Level.Trial)
    public void close() throws Exception {
        authority.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                delete(file);
            }
        }
    }

    private static void delete(Path file) throws IOException {
        Files.delete(file);
    }
}
