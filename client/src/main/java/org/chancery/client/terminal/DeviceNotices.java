package org.chancery.client.terminal;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.DeviceStanding;
import org.chancery.client.chat.DevicesView;
import org.chancery.client.chat.DevicesView.Waiting;
import org.chancery.client.chat.Event;
import org.chancery.pki.name.DeviceId;

/// What a person in the terminal hears of their own devices: that one waits to be approved, and what became of it.
/// Hears on the engine's thread; approves on the one that reads.
final class DeviceNotices {
    private final Consumer<Command> engine;
    private final Consumer<String> notice;
    private final Set<DeviceId> told = new HashSet<>(); // the engine's thread's
    private volatile Optional<DevicesView> view = Optional.empty(); // set by the engine's thread

    DeviceNotices(Consumer<Command> engine, Consumer<String> notice) {
        this.engine = engine;
        this.notice = notice;
    }

    void heard(DevicesView now) {
        boolean joined = view.map(DevicesView::standing).equals(Optional.of(DeviceStanding.WAITING))
                && now.standing() == DeviceStanding.ON_CHAIN;
        view = Optional.of(now);
        if (joined) {
            notice.accept("this device has been approved");
        }
        for (Waiting waiting : now.waiting()) {
            if (told.add(waiting.device())) {
                notice.accept(
                        "a new device of yours waits to be approved; if it shows these six words, let it join with"
                                + " /approve and the words:  " + waiting.words());
            }
        }
    }

    void heard(Event.DeviceActed acted) {
        String what = switch (acted.act()) {
            case Command.ApproveDevice(DeviceId device) -> "device " + device + " approved";
            case Command.EndDevice(DeviceId device) -> "device " + device + " ended";
        };
        notice.accept(acted.failure().map(why -> "not done: " + why).orElse(what));
    }

    /// Approves the device that shows these words.
    void approve(String words) {
        List<Waiting> waiting = view.map(DevicesView::waiting).orElse(List.of());
        Optional<Waiting> fitting = waiting.stream()
                .filter(candidate -> candidate.words().areTyped(words))
                .findFirst();
        if (fitting.isPresent()) {
            engine.accept(new Command.ApproveDevice(fitting.get().device()));
        } else if (waiting.isEmpty()) {
            notice.accept("no device of yours waits to be approved");
        } else {
            notice.accept("no device of yours waits that shows these words: if they differ, somebody stands between");
        }
    }
}
