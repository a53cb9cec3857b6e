package org.chancery.dist.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.frame.PublishKey;

/// What the relay has taken and for whom, as somebody knows who sees everything: each letter once, in the order of
/// the log.
final class Ledger {
    /// Where something lies in the relay's log.
    record Place(ConversationId conversation, long sequence) {}

    /// A letter that the relay has called durable.
    record Taken(Place place, DeviceId sender, PublishKey key, Set<DeviceId> readers) {}

    private final List<Taken> taken = new ArrayList<>();
    private final Set<Place> places = new HashSet<>();
    private final Set<Place> lost = new HashSet<>();
    private int copied;
    private int restored;

    void took(Taken letter) {
        if (places.add(letter.place())) { // the same letter again has the same place
            taken.add(letter);
        }
    }

    /// A copy of the log has been made.
    void copied() {
        copied = taken.size();
    }

    /// The log is the copy again: what came after it is lost.
    void restored() {
        List<Taken> gone = taken.subList(copied, taken.size());
        for (Taken letter : gone) {
            places.remove(letter.place());
            lost.add(letter.place());
        }
        gone.clear();
        restored++;
    }

    List<Taken> taken() {
        return List.copyOf(taken);
    }

    /// Whether the log ever lost something that lay here.
    boolean hasLost(Place place) {
        return lost.contains(place);
    }

    /// How often the log has become an earlier one.
    int restorations() {
        return restored;
    }
}
