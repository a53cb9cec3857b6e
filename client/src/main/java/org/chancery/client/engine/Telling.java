package org.chancery.client.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.client.chat.Event;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;

/// What a commit leaves to be told, in this order: what is new, what is another than before, what else
/// happened.
final class Telling {
    private final List<StoredLine> stored = new ArrayList<>();
    private final List<StoredLine> changed = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Schedule.Task> tasks = new ArrayList<>();

    void stored(StoredLine line) {
        stored.add(line);
    }

    void stored(Optional<StoredLine> line) {
        line.ifPresent(stored::add);
    }

    void stored(List<StoredLine> lines) {
        stored.addAll(lines);
    }

    void changed(StoredLine line) {
        changed.add(line);
    }

    void entered(Amending.Effect effect) {
        stored.add(effect.stored());
        effect.changed().ifPresent(changed::add);
    }

    void happened(Event event) {
        events.add(event);
    }

    /// Something to do then.
    void then(Schedule.Task task) {
        tasks.add(task);
    }

    /// Whether there is a new line.
    boolean isNew() {
        return !stored.isEmpty();
    }

    void tell(Overview overview) throws StoreException {
        overview.stored(stored);
        for (StoredLine line : changed) {
            overview.changed(line);
        }
        events.forEach(overview::happened);
        for (Schedule.Task task : tasks) {
            task.run();
        }
    }
}
