package org.chancery.client.store;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import org.chancery.client.transfer.Upload;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.name.DeviceId;

/// Makes of a backup a store that goes on: what may have happened since is to be asked for, nothing is sent
/// once more, and every chain of one's own ends where the backup knows it.
final class GoingOn {
    private static final String UNSENT = "it waited when the backup was made; whether it was sent since is not known";

    private final MessageStore store;
    private final DeviceId device;
    private final SecureRandom random;
    private int unsent;

    /// @param device whose chains those are
    GoingOn(MessageStore store, DeviceId device, SecureRandom random) {
        this.store = store;
        this.device = device;
        this.random = random;
    }

    /// In one commit.
    ///
    /// @return how many messages and files were on their way, and are not sent
    int prepare() throws StoreException {
        store.commit(() -> {
            store.settings().putBehind(); // so that rooms and read positions are asked for anew
            long lines = store.history().newest();
            for (Conversation conversation : store.conversations().all()) {
                store.continuations().begin(conversation, device, lines, true);
                store.conversations().put(conversation.restarted(ChainId.random(random)));
            }
            for (OutboxEntry entry : store.outbox().entries()) {
                keepUnsent(entry);
            }
            for (Upload upload : store.uploads().all()) {
                store.uploads().remove(upload.id());
                unsent++;
            }
        });
        return unsent;
    }

    private void keepUnsent(OutboxEntry entry) throws StoreException {
        Optional<StoredLine> line = store.history().find(entry.message());
        if (line.isPresent()) {
            Origin draft = new Origin.Draft(new UUID(random.nextLong(), random.nextLong()));
            store.history().replace(draft, line.get().with(line.get().line().failed(UNSENT)));
            store.history().dropEvidence(entry.message());
            store.setAside().drop(entry);
        }
        store.outbox().remove(entry.message());
        unsent++;
    }
}
