package org.chancery.client.engine;

import java.util.HashSet;
import java.util.Set;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.DeviceId;

/// What has been asked for one letter, each question once: a letter that fails again after the answer has failed.
final class Enquiry {
    sealed interface Question {
        /// Whose device this is, and whether it is on its owner's chain: of the directory.
        record Signer(DeviceId device) implements Question {}

        /// Who belonged to a room, and when: of the room's record.
        record Entries(ConversationId room) implements Question {}
    }

    private final Set<Question> asked = new HashSet<>();
    private final Set<Question> answered = new HashSet<>();
    private final Set<DeviceId> unbelieved = new HashSet<>();

    /// Whether it is to be asked now: it has not been before.
    boolean begin(Question question) {
        return asked.add(question);
    }

    /// Nobody would answer for the moment.
    void again(Question question) {
        asked.remove(question);
    }

    void answered(Question question) {
        answered.add(question);
    }

    boolean isAnswered(Question question) {
        return answered.contains(question);
    }

    /// The certificate is shown, and holds for nobody.
    void unbelieved(DeviceId device) {
        unbelieved.add(device);
    }

    boolean isUnbelieved(DeviceId device) {
        return unbelieved.contains(device);
    }
}
