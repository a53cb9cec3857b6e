package org.chancery.dist.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.DeviceState;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.ListedDevice;
import org.chancery.client.engine.EngineByHand.Cryptography;
import org.chancery.client.keys.DeviceKeys;
import org.chancery.client.keys.KeyDirectory;
import org.chancery.client.store.KeyRecord;
import org.chancery.client.store.Line;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreLocation;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The life of Bob's envelope keys, with real cryptography, files and a real log, and a clock that goes by weeks.
final class EnvelopeKeysLifeTest {
    private static final Duration RENEWED = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path directory;

    private World world;
    private Person alice;
    private Person bob;
    private Party party;

    @BeforeEach
    void begin() throws Exception {
        world = new World(Cryptography.REAL, directory, 1);
        alice = world.person("alice@lab.example");
        bob = world.person("bob@lab.example");
        party = Party.person(alice.address(), bob.address());
        world.settle();
    }

    @AfterEach
    void end() throws IOException {
        world.close();
    }

    /// Time passes, and revocation lists are published meanwhile as an authority does.
    private void pass(Duration time) {
        world.clock().pass(time);
        world.pki().advance(time);
        world.relay()
                .publish(world.pki()
                        .revoke(world.pki()
                                .client("somebody@lab.example")
                                .chain()
                                .leaf()));
    }

    private void say(String text) throws Exception {
        alice.ask(new Command.SendText(party, text));
    }

    private List<Line> lines(Person person) throws Exception {
        return person.store().history().newest(party.conversation(), 0, 100).stream()
                .map(StoredLine::line)
                .toList();
    }

    private List<String> texts(Person person) throws Exception {
        return lines(person).stream()
                .flatMap(line -> line.body().stream())
                .filter(Body.Text.class::isInstance)
                .map(body -> ((Body.Text) body).text())
                .toList();
    }

    /// The numbers of the keys that Bob's disk has a file of.
    private Set<Integer> held() throws IOException {
        Set<Integer> numbers = new TreeSet<>();
        try (Stream<Path> files = Files.list(keys())) {
            files.forEach(file ->
                    numbers.add(Integer.parseInt(file.getFileName().toString().replace(".key", ""))));
        }
        return numbers;
    }

    private Path keys() {
        return new StoreLocation(bobs().resolve("keys.p12")).envelopeKeys();
    }

    private Path bobs() {
        return directory.resolve("device1");
    }

    private int taken() throws Exception {
        return bob.store().envelopeKeys().all().stream()
                .filter(KeyRecord::accepted)
                .mapToInt(KeyRecord::number)
                .max()
                .orElseThrow();
    }

    @Test
    @Defends(Threat.KEY_OUTLIVES_ITS_LETTERS)
    void isRenewedAfterSevenDaysAndNotEarlier() throws Exception {
        assertThat(taken()).isEqualTo(1);
        pass(RENEWED.minus(Duration.ofHours(1)));
        world.settle();
        assertThat(taken()).isEqualTo(1);

        pass(Duration.ofHours(1));
        world.settle();
        assertThat(taken()).isEqualTo(2);
    }

    /// Without a break in the connection: who is always there has one key, and what the last one opened is gone.
    @Test
    @Defends(Threat.KEY_OUTLIVES_ITS_LETTERS)
    void theOneBeforeGoesWhileConnected() throws Exception {
        for (int number = 2; number <= 4; number++) {
            say("to key " + (number - 1));
            world.settle();
            pass(RENEWED);
            world.settle();

            assertThat(taken()).isEqualTo(number);
            assertThat(held()).containsExactly(number);
        }
        assertThat(texts(bob)).containsExactly("to key 1", "to key 2", "to key 3");
        assertThat(lines(bob)).allMatch(line -> line.failure().isEmpty());
    }

    /// Alice does not know the new key yet when she writes; the relay refuses the old one, and she seals anew.
    @Test
    void whoSealedToTheOneBeforeSealsAnew() throws Exception {
        say("before");
        world.settle();
        alice.link().breakConnection();
        alice.arriveAtClient(0);
        pass(RENEWED);
        world.settle(List.of(bob));
        say("after");
        world.settle();

        assertThat(texts(bob)).containsExactly("before", "after");
        assertThat(lines(bob)).allMatch(line -> line.failure().isEmpty());
    }

    /// A letter is still on the way to Bob, sealed to the key whose successor has been taken: he keeps it for that.
    @Test
    @Defends(Threat.KEY_GONE_TOO_SOON)
    void isNotDestroyedWhileWhatWasSealedToItIsOnTheWay() throws Exception {
        List<Frame> slow = new ArrayList<>();
        bob.link().inward(frame -> {
            if (frame instanceof Frame.Deliver) {
                slow.add(frame); // behind the answer, and before the relay says that it has caught up
                return List.of();
            }
            return frame instanceof Frame.CaughtUp
                    ? Stream.concat(slow.stream(), Stream.of(frame)).toList()
                    : List.of(frame);
        });
        pass(RENEWED);
        bob.timePassed(); // makes the second, and says so
        say("to key 1");
        world.settle(List.of(alice));
        while (bob.link().hasForRelay()) {
            bob.link().arriveAtRelay();
        }
        boolean read = false;
        boolean waited = false;
        while (bob.link().hasForClient() || bob.link().hasForRelay()) {
            if (!read) {
                assertThat(held()).as("before it is read").contains(1);
            }
            if (bob.link().hasForClient()) {
                bob.arriveAtClient(0);
            } else {
                bob.link().arriveAtRelay();
            }
            read = texts(bob).contains("to key 1");
            if (!read && taken() == 2) {
                waited = true;
            }
        }
        assertThat(read).isTrue();
        assertThat(waited).as("the next one was taken before").isTrue();
        assertThat(held()).containsExactly(2);
    }

    /// A relay that says "caught up" and keeps a letter back gets Bob to destroy what would have opened it: the letter
    /// is named when it comes, and nothing of it is shown.
    @Test
    void aLetterThatARelayKeptBackIsNamed() throws Exception {
        List<Frame> kept = new ArrayList<>();
        bob.link().inward(frame -> {
            if (frame instanceof Frame.Deliver) {
                kept.add(frame);
                return List.of();
            }
            return List.of(frame);
        });
        say("kept back");
        world.settle();
        assertThat(kept).isNotEmpty();
        pass(RENEWED);
        world.settle();
        assertThat(held()).containsExactly(2);

        bob.link().inward(List::of);
        bob.link().hear(kept.getFirst());
        world.settle();
        assertThat(lines(bob))
                .anySatisfy(line -> assertThat(line.failure().orElse("")).contains("KEY_DESTROYED"));
        assertThat(texts(bob)).doesNotContain("kept back");
    }

    /// Bob's laptop lay in a drawer. What was sealed to its key while others took it is there, and is read before the
    /// key goes.
    @Test
    void whoComesBackCatchesUpAndThenDestroys() throws Exception {
        bob.gone();
        pass(DAY.multipliedBy(29));
        say("on the last days");
        world.settle(List.of(alice));
        assertThat(held()).containsExactly(1);
        pass(DAY.multipliedBy(25)); // within thirty days of the letter, and sixty of the key
        assertThat(held()).containsExactly(1);

        world.settle();
        assertThat(texts(bob)).containsExactly("on the last days");
        assertThat(lines(bob)).allMatch(line -> line.failure().isEmpty());
        assertThat(held()).containsExactly(2);
    }

    @Test
    @Defends(Threat.KEY_OUTLIVES_ITS_LETTERS)
    void afterSixtyDaysItGoesWhateverWaits() throws Exception {
        bob.gone();
        pass(DAY.multipliedBy(60));
        assertThat(held()).containsExactly(1);
        bob.boot(); // before there is any connection
        bob.timePassed();
        assertThat(held()).containsExactly(2);
        assertThat(bob.store().envelopeKeys().all())
                .filteredOn(KeyRecord::destroyed)
                .extracting(KeyRecord::number)
                .containsExactly(1);
    }

    /// Thirty days after its start nobody seals to a key, and who writes is told why nobody can read it. With the
    /// owner's return it is over.
    @Test
    @Defends(Threat.DEVICE_LONG_GONE)
    void aDormantDeviceIsNotSealedToAndTheSenderIsTold() throws Exception {
        bob.gone();
        pass(DAY.multipliedBy(30).minus(Duration.ofHours(1)));
        say("in time");
        world.settle(List.of(alice));

        pass(Duration.ofHours(2));
        alice.news();
        say("too late");
        world.settle(List.of(alice));
        assertThat(failures(alice)).anySatisfy(why -> assertThat(why).contains("they are dormant"));

        alice.ask(new Command.ListDirectory(bob.address().value()));
        world.settle(List.of(alice));
        assertThat(alice.news().stream()
                        .filter(Event.DirectoryListed.class::isInstance)
                        .flatMap(event -> ((Event.DirectoryListed) event).listings().stream())
                        .flatMap(listing -> listing.devices().stream())
                        .map(ListedDevice::state))
                .containsExactly(DeviceState.DORMANT);

        world.settle();
        say("welcome back");
        world.settle();
        assertThat(texts(bob)).contains("in time", "welcome back");
        assertThat(held()).containsExactly(2);
    }

    private static List<String> failures(Person person) {
        return person.news().stream()
                .filter(Event.MessageChanged.class::isInstance)
                .flatMap(event -> ((Event.MessageChanged) event).message().failure().stream())
                .toList();
    }

    /// After it is destroyed no octet of it, nor of what wraps it, is in any file of Bob's: not in the database, its
    /// write-ahead log, a temporary file or a backup. The same search has found the wrapping before.
    @Test
    @Defends(Threat.KEY_OUTLIVES_ITS_LETTERS)
    void nothingOfADestroyedKeyIsInAnyFileOfTheClient() throws Exception {
        say("something that fills the database");
        world.settle();
        Path file = keys().resolve("1.key");
        byte[] octets = Files.readAllBytes(file);
        Map<String, byte[]> traces = new LinkedHashMap<>();
        traces.put("the file's secret", Arrays.copyOfRange(octets, 17, 49));
        traces.put("the wrapped key, its beginning", Arrays.copyOfRange(octets, 61, 93));
        traces.put("the wrapped key, its end", Arrays.copyOfRange(octets, octets.length - 32, octets.length));
        assertThat(found(traces)).as("before").containsExactlyElementsOf(traces.keySet());
        traces.put(
                "the wrapping key",
                bob.store().exposedFileKey(traces.get("the file's secret")).getEncoded());
        RSAPrivateCrtKey key = newestOfBobs();
        traces.put("PKCS #8", key.getEncoded());
        traces.put("the private exponent", unsigned(key.getPrivateExponent().toByteArray()));
        traces.put("the prime p", unsigned(key.getPrimeP().toByteArray()));
        traces.put("the prime q", unsigned(key.getPrimeQ().toByteArray()));
        traces.put("d mod (p - 1)", unsigned(key.getPrimeExponentP().toByteArray()));
        traces.put("the coefficient", unsigned(key.getCrtCoefficient().toByteArray()));

        pass(RENEWED);
        world.settle();
        assertThat(held()).containsExactly(2);
        assertThat(found(traces)).as("with the store open").isEmpty();
        bob.gone();
        assertThat(found(traces)).as("and closed").isEmpty();
        // The search sees what lies in a database: the same key, put where it never should be.
        Files.write(bobs().resolve("careless.tmp"), traces.get("PKCS #8"));
        assertThat(found(traces)).contains("PKCS #8", "the prime p", "the private exponent");
    }

    /// As his process has it, and no file of his.
    private RSAPrivateCrtKey newestOfBobs() throws Exception {
        byte[] der = DeviceKeys.exposedPrivateKeysDer(KeyDirectory.open(keys()), bob.store())
                .getFirst();
        return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static byte[] unsigned(byte[] number) {
        return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
    }

    /// What of these is in any file below Bob's directory, every octet of it.
    private Set<String> found(Map<String, byte[]> traces) throws IOException {
        Set<String> found = new TreeSet<>();
        int files = 0;
        try (Stream<Path> all = Files.walk(bobs())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files++;
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                traces.forEach((name, trace) -> {
                    if (content.contains(new String(trace, StandardCharsets.ISO_8859_1))) {
                        found.add(name);
                    }
                });
            }
        }
        assertThat(files).as("a database and a key at least").isGreaterThan(1);
        return found;
    }
}
