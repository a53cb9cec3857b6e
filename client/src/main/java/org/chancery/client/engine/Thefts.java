package org.chancery.client.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.chancery.client.chat.Doubt;
import org.chancery.client.store.Line;
import org.chancery.pki.name.DeviceId;

/// The devices whose key was stolen, and since when, as far as the revocation lists held here say. Replaced as
/// a whole by the engine's thread whenever those change, so that what was read long ago is judged by what is
/// known today; read by any.
final class Thefts {
    private volatile Map<DeviceId, Instant> since = Map.of();

    /// Takes what the lists held say now.
    ///
    /// @return whether something is another than before
    boolean replace(Map<DeviceId, Instant> now) {
        boolean changed = !since.equals(now);
        since = Map.copyOf(now);
        return changed;
    }

    /// What is to be thought of a message, by when the relay took it; one's own from this device came from nobody else.
    Optional<Doubt> of(Line line) {
        if (line.device().isEmpty()
                || line.body().isEmpty()
                || line.receivedAt().isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> theft = Optional.ofNullable(since.get(line.device().get()));
        return theft.map(then -> line.receivedAt().get().isBefore(then) ? Doubt.BEFORE_THEFT : Doubt.AFTER_THEFT);
    }
}
