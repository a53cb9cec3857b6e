package org.chancery.client.engine;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.ProblemKind;

/// What goes wrong, for the audience: each sentence once on a connection. For the engine's thread.
final class Problems {
    /// More different problems than these on one connection are somebody's doing, and tell nothing new.
    private static final int MAX_TOLD = 1_000;

    private final Audience audience;
    private final Set<String> told = new HashSet<>();

    Problems(Audience audience) {
        this.audience = audience;
    }

    /// There is something wrong about which a person can do nothing.
    void tell(ProblemKind kind, String sentence) {
        tell(kind, sentence, Optional.empty());
    }

    /// @param action what a person may do about it
    void tell(ProblemKind kind, String sentence, String action) {
        tell(kind, sentence, Optional.of(action));
    }

    /// Something waits for newer revocation lists.
    void wantsLists(String sentence) {
        tell(
                ProblemKind.REVOCATION_LIST,
                sentence,
                "publish fresh lists (ca crl) and start the relay with --crl for each authority");
    }

    private void tell(ProblemKind kind, String sentence, Optional<String> action) {
        if (told.size() < MAX_TOLD && told.add(sentence)) {
            audience.tell(new Event.Problem(kind, sentence, action));
        }
    }

    /// Something that was asked for cannot be done.
    void refuse(String sentence) {
        audience.tell(new Event.Problem(ProblemKind.NOT_DONE, sentence, Optional.empty()));
    }

    /// There is a new connection: what is still wrong is told again.
    void forget() {
        told.clear();
    }
}
