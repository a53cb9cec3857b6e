package org.chancery.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.junit.jupiter.api.Test;

final class HeadingsTest {
    private static final Party BOB = Party.person(new Address("alice@lab.example"), new Address("bob@lab.example"));
    private static final Party ROOM = Party.room(new ConversationId("ab".repeat(32)));

    private final List<String> notices = new ArrayList<>();

    private Headings headings(Optional<Party> to) {
        return new Headings(to, party -> party.equals(ROOM) ? "in Incident 42" : "with bob", notices::add);
    }

    @Test
    void sayNothingOfWhomOneTalksWith() {
        Headings headings = headings(Optional.of(BOB));
        headings.before(BOB);
        headings.before(BOB);
        assertThat(notices).isEmpty();
    }

    @Test
    void sayOnceThatAnotherConversationBegins() {
        Headings headings = headings(Optional.of(BOB));
        headings.before(ROOM);
        headings.before(ROOM);
        headings.before(BOB);
        assertThat(notices).containsExactly("in Incident 42:", "with bob:");
    }

    @Test
    void sayItOfTheFirstWhereOneTalksWithNobody() {
        headings(Optional.empty()).before(BOB);
        assertThat(notices).containsExactly("with bob:");
    }

    /// What was typed stands between, and went to Bob.
    @Test
    void sayItAgainAfterSomethingWasTypedElsewhere() {
        Headings headings = headings(Optional.of(BOB));
        headings.before(ROOM);
        headings.turned(BOB);
        headings.before(ROOM);
        assertThat(notices).containsExactly("in Incident 42:", "in Incident 42:");
    }
}
