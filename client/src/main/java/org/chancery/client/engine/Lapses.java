package org.chancery.client.engine;

import java.util.Optional;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.StoreException;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.LapsedSeen;

/// What was not fetched in time: the relay keeps letters for a while only. Both ends are told, with a number.
final class Lapses {
    private final Desk desk;
    private final Outside outside;
    private final Overview overview;
    private final Transcript transcript;

    Lapses(Desk desk, Outside outside, Overview overview) {
        this.desk = desk;
        this.outside = outside;
        this.overview = overview;
        this.transcript = new Transcript(desk.store().conversations());
    }

    /// Letters for this device are gone. The conversation goes on behind them. Taken in its turn, as a letter is: what
    /// is acknowledged up to its place includes what came before it.
    void gap(Frame.Gap gap) throws StoreException {
        Optional<Conversation> conversation = desk.store().conversations().find(gap.conversation());
        if (conversation.isPresent() && gap.through() > conversation.get().sequence()) {
            desk.store()
                    .commit(() -> desk.store()
                            .conversations()
                            .put(transcript.remember(conversation.get(), gap.through(), gap.transcript())));
        }
        String with = conversation
                .map(known -> " of " + overview.title(known.party()))
                .orElse("");
        desk.problems()
                .tell(
                        ProblemKind.LETTERS_LAPSED,
                        messages(gap.count()) + with
                                + " waited for this device for longer than the relay keeps them, and are gone",
                        "another device that was there may have them; or ask for them again");
    }

    /// Letters of this device were not fetched by somebody's.
    void lapsed(Frame.Lapsed lapsed) {
        desk.problems()
                .tell(
                        ProblemKind.LETTERS_LAPSED,
                        messages(lapsed.count()) + " to " + lapsed.address()
                                + " waited for one of their devices for longer than the relay keeps them, and are gone",
                        "a device of theirs that did come has them");
        outside.relay().accept(new LapsedSeen(lapsed.conversation(), lapsed.address(), lapsed.through()));
    }

    private static String messages(long count) {
        return count == 1 ? "1 message" : count + " messages";
    }
}
