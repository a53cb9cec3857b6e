package org.chancery.dist.relay;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chancery.dist.Program;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;

/// A relay as a process, honest clients on it, and what attackers need: everything that an attack takes place in.
final class Scene implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// A relay that has just begun is interpreted: nobody's figures.
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Pattern METRICS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/metrics");

    private final RelayHouse house;
    private final Program relay;
    private final URI metrics;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Bystanders bystanders;

    /// Starts the relay, and brings everybody in.
    ///
    /// @param directory empty
    /// @param options of the relay; none for what is shipped
    Scene(Path directory, List<String> options) throws Exception {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--metrics", "127.0.0.1:0"));
        this.house = RelayHouse.in(directory, all.toArray(String[]::new));
        TestPki pki = house.pki();
        List<Identity> people = house.people(2 * Bystanders.PAIRS);
        List<Identity> honest = new ArrayList<>(people);
        honest.add(pki.client("newcomer@lab.example", TestKeys.ec("newcomer")));
        Arsenal arsenal = arsenal(pki, people);
        arsenal.write(house.path("arsenal"));
        int count = 0;
        for (Crl crl : pki.revoke(arsenal.revoked().chain().leaf()).crls()) {
            Files.writeString(house.path("crl" + count++ + ".pem"), Pem.encode(PemLabel.X509_CRL, crl.der()));
        }
        this.relay = house.start();
        Matcher found = METRICS.matcher(relay.awaitError("/metrics"));
        if (!found.find()) {
            throw new AssertionError("no address of the metrics");
        }
        this.metrics = URI.create(found.group());
        this.bystanders = new Bystanders(pki, honest, house.port());
        introduce(arsenal.members());
        bystanders.talk(WARM_UP);
    }

    /// Who has never been here cannot be written to.
    private void introduce(List<Identity> members) throws IOException {
        for (int i = 0; i < members.size(); i++) {
            HostileLink.open(HostileLink.context(members.get(i)), Arsenal.home(i), house.port())
                    .greet()
                    .close();
        }
    }

    private static Arsenal arsenal(TestPki pki, List<Identity> people) throws Exception {
        List<Identity> members = new ArrayList<>();
        for (int i = 0; i < Arsenal.MEMBERS; i++) {
            members.add(pki.client("mallory" + i + "@lab.example", TestKeys.rsa("mallory" + i)));
        }
        BlankLetters letters = new BlankLetters(people.get(0), people.get(1));
        return new Arsenal(
                members,
                people.subList(0, 2),
                pki.otherAuthority().client("stranger@lab.example", TestKeys.ec("stranger")),
                pki.client("revoked@lab.example", TestKeys.ec("revoked")),
                BlankLetters.octets(letters.next()),
                0);
    }

    /// A quiet time, and then the attack for as long.
    Outcome stage(Attack attack, Duration length, boolean defended) throws Exception {
        Usage usage = new Usage();
        Bystanders.Measured quiet = bystanders.talk(length);
        double quietCpu = usage.share();
        String before = text();
        try (Program attackers = attackers(attack)) {
            if (attackers.lineBeforeEnd("[*] attacking").isEmpty()) {
                throw new AssertionError("no attack: " + attackers.errorLines());
            }
            usage = new Usage();
            Bystanders.Measured attacked = bystanders.talk(length);
            double attackedCpu = usage.share();
            if (defended) {
                awaitRefusals(attack, before);
            }
            long rssMib = rssMib();
            attackers.endInput();
            double attempts = Double.parseDouble(
                    attackers.awaitLine("[*] attempts a second: ").replaceAll("[^0-9.]", ""));
            Map<String, Long> refused = new TreeMap<>();
            String after = text();
            for (String name : attack.refusals()) {
                refused.put(name, sample(after, name) - sample(before, name));
            }
            return new Outcome(attack, quiet, attacked, quietCpu, attackedCpu, refused, rssMib, attempts);
        }
    }

    private Program attackers(Attack attack) throws IOException {
        return Program.start(
                "attackers",
                Path.of("."), // the class path may be relative
                Map.of(),
                List.of(
                        "nice",
                        "-n",
                        "5",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AttackerProcess.class.getName(),
                        attack.name(),
                        Integer.toString(house.port()),
                        house.path("arsenal").toString()));
    }

    /// Every refusal is counted, and where it says so, named in the log.
    private void awaitRefusals(Attack attack, String before) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (String name : attack.refusals()) {
            long known = sample(before, name);
            while (sample(text(), name) <= known) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(attack + " is not counted: " + name + " is " + known);
                }
                TimeUnit.MILLISECONDS.sleep(100); // a metric tells nobody that it has risen
            }
        }
        if (!attack.logged().isEmpty()) {
            relay.awaitError(attack.logged());
        }
    }

    private String text() throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(metrics).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static long sample(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name));
    }

    /// Processor time of the relay from here on.
    private final class Usage {
        private final long startNanos = System.nanoTime();
        private final Duration before = cpu();

        /// As a share of one core.
        double share() {
            return (double) cpu().minus(before).toNanos() / (System.nanoTime() - startNanos);
        }

        private Duration cpu() {
            return ProcessHandle.of(relay.pid())
                    .flatMap(process -> process.info().totalCpuDuration())
                    .orElseThrow();
        }
    }

    private long rssMib() throws IOException {
        Optional<String> line = Files.readAllLines(Path.of("/proc", Long.toString(relay.pid()), "status")).stream()
                .filter(each -> each.startsWith("VmRSS:"))
                .findFirst();
        return Long.parseLong(line.orElseThrow().replaceAll("[^0-9]", "")) / 1024;
    }

    @Override
    public void close() throws IOException {
        try (house) {
            bystanders.close();
        }
    }
}
