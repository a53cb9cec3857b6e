package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.chancery.client.chat.Standing;
import org.chancery.client.store.Line;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Mention;
import org.chancery.protocol.content.MessageReference;
import org.junit.jupiter.api.Test;

class FoldTest {
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final MessageReference TARGET =
            new MessageReference(new DeviceId("d1".repeat(32)), new ChainId("c1".repeat(16)), 1);

    private static StoredLine line(long id, long sequence, Address from, Body body, Optional<String> failure) {
        return new StoredLine(
                id,
                Optional.empty(),
                new Line(
                        Party.person(ALICE, BOB),
                        from,
                        Optional.empty(),
                        from.equals(ALICE),
                        Optional.of(body),
                        Instant.EPOCH,
                        Optional.empty(),
                        sequence == 0 ? OptionalLong.empty() : OptionalLong.of(sequence),
                        Optional.empty(),
                        failure));
    }

    private static StoredLine edit(long id, long sequence, String text) {
        return line(id, sequence, ALICE, new Body.Edit(TARGET, text, List.of()), Optional.empty());
    }

    private static StoredLine reaction(long id, long sequence, Address from, String emoji, boolean takenBack) {
        return line(id, sequence, from, new Body.Reaction(TARGET, emoji, takenBack), Optional.empty());
    }

    private static String words(StoredLine... edits) {
        return Fold.lastEdit(List.of(edits)).map(Body.Edit::text).orElse("");
    }

    /// Stored last, but before the other in the relay's log: it came late.
    @Test
    void lastEditIsThatOfTheLog() {
        assertThat(words(edit(1, 7, "later"), edit(2, 5, "earlier"))).isEqualTo("later");
    }

    @Test
    void whatHasNoPlaceYetIsLast() {
        assertThat(words(edit(1, 0, "just now"), edit(2, 5, "earlier"))).isEqualTo("just now");
        assertThat(words(edit(1, 0, "just now"), edit(2, 0, "even later"))).isEqualTo("even later");
    }

    @Test
    void whatCouldNotBeSentCountsForNothing() {
        StoredLine failed =
                line(3, 0, ALICE, new Body.Edit(TARGET, "never said", List.of()), Optional.of("nobody can read it"));
        assertThat(words(edit(1, 4, "said"), failed)).isEqualTo("said");
    }

    @Test
    void everyoneReactsOnceWithEachEmoji() {
        List<Standing.Reacted> reacted = Fold.reactions(List.of(
                reaction(1, 1, BOB, "k", false),
                reaction(2, 2, ALICE, "k", false),
                reaction(3, 3, BOB, "k", false),
                reaction(4, 4, BOB, "x", false),
                reaction(5, 5, BOB, "x", true)));
        assertThat(reacted).containsExactly(new Standing.Reacted("k", List.of(BOB, ALICE)));
    }

    /// However lines come to this device, everybody ends with the same.
    @Test
    void orderOfArrivalDoesNotMatter() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<StoredLine> lines = new ArrayList<>();
            for (int i = 1; i <= 8; i++) {
                lines.add(reaction(
                        i,
                        i,
                        random.nextBoolean() ? ALICE : BOB,
                        random.nextBoolean() ? "k" : "x",
                        random.nextBoolean()));
            }
            List<Standing.Reacted> inOrder = Fold.reactions(lines);
            Collections.shuffle(lines, random);
            assertThat(Fold.reactions(lines)).isEqualTo(inOrder);
        }
    }

    @Test
    void mentionsAreThoseOfWholeAddressesOfPeopleThere() {
        List<Address> people = List.of(ALICE, BOB);
        assertThat(Mentions.in("@bob@lab.example: ask @Alice@lab.example.", people))
                .containsExactly(new Mention(0, 16, BOB), new Mention(22, 18, ALICE));
        assertThat(Mentions.in("mail bob@lab.example", people)).isEmpty();
        assertThat(Mentions.in("@bob@lab.example.org", people)).isEmpty();
        assertThat(Mentions.in("@carol@lab.example", people)).isEmpty();
        assertThat(Mentions.in("x@bob@lab.example", people)).isEmpty();
        assertThat(Mentions.in("@bob@lab.example ".repeat(100), people)).hasSize(Body.Text.MAX_MENTIONS);
    }
}
