package org.chancery.dist.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.chancery.client.engine.Command;
import org.chancery.client.engine.EngineByHand.Cryptography;
import org.chancery.client.store.Line;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoredLine;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Alice says three things to bob, with real cryptography, through a relay that does as it likes with what it delivers.
final class HostileRelayTest {
    private static final List<String> SAID = List.of("one", "two", "three");

    @TempDir
    private Path directory;

    static List<RelayAttack> attacks() {
        return RelayAttack.all();
    }

    @Test
    void everythingIsSaidAndNobodyComplainsWhereNothingIsDone() throws Exception {
        List<Line> heard = heard(List::of);

        assertThat(heard).extracting(HostileRelayTest::text).containsExactlyElementsOf(SAID);
        assertThat(heard).allMatch(line -> line.failure().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isCalledByItsName(RelayAttack attack) throws Exception {
        List<Line> heard = heard(attack.meddling());

        // Whatever is shown has been said, and in this order; what is missing is named.
        List<String> shown = heard.stream()
                .map(HostileRelayTest::text)
                .filter(text -> !text.isEmpty())
                .toList();
        assertThat(SAID).containsSubsequence(shown);
        assertThat(shown).doesNotHaveDuplicates();
        if (attack.outcome().isEmpty()) {
            assertThat(shown).isEqualTo(SAID);
            assertThat(heard).allMatch(line -> line.failure().isEmpty());
        } else {
            assertThat(heard)
                    .anySatisfy(line -> assertThat(line.failure().orElse("")).endsWith("(" + attack.outcome() + ")"));
        }
    }

    private List<Line> heard(Function<Frame, List<Frame>> meddling) throws Exception {
        try (World world = new World(Cryptography.REAL, directory, 1)) {
            Person alice = world.person("alice@lab.example");
            Person bob = world.person("bob@lab.example");
            world.settle();
            bob.meddle(meddling);
            Party party = Party.person(alice.address(), bob.address());
            for (String text : SAID) {
                alice.ask(new Command.SendText(party, text));
            }
            world.settle();
            return bob.store().history().newest(party.conversation(), 0, 100).stream()
                    .map(StoredLine::line)
                    .toList();
        }
    }

    private static String text(Line line) {
        Optional<Body> body = line.body();
        return body.isPresent() && body.get() instanceof Body.Text said ? said.text() : "";
    }
}
