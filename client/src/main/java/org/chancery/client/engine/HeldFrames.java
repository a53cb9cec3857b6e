package org.chancery.client.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.Acknowledge;

/// What is said to the relay, in its order. While letters share a commit it waits, and is said once that is on
/// the disk, or never: nothing is acknowledged that a crash could take away. For the engine's thread.
final class HeldFrames implements Consumer<Frame> {
    private final Consumer<Frame> relay;
    private final List<Frame> held = new ArrayList<>();
    private boolean holding;

    HeldFrames(Consumer<Frame> relay) {
        this.relay = relay;
    }

    /// Of the acknowledgements that wait the last of each conversation is enough: it is for all before it.
    @Override
    public void accept(Frame frame) {
        if (!holding) {
            relay.accept(frame);
            return;
        }
        if (frame instanceof Acknowledge last) {
            held.removeIf(earlier -> earlier instanceof Acknowledge(var conversation, long sequence)
                    && conversation.equals(last.conversation())
                    && sequence <= last.sequence());
        }
        held.add(frame);
    }

    void hold() {
        holding = true;
    }

    /// Says what waits.
    void release() {
        holding = false;
        List<Frame> frames = List.copyOf(held);
        held.clear();
        frames.forEach(relay);
    }

    /// What waits is not so.
    void discard() {
        holding = false;
        held.clear();
    }
}
