package org.chancery.dist.simulation;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.chancery.client.connection.Loss;
import org.chancery.client.connection.Wire;
import org.chancery.client.engine.EngineByHand;
import org.chancery.pki.keystore.Identity;
import org.chancery.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;

/// The network between one device and the relay. What is on the way in either direction waits until the simulation
/// lets it arrive.
final class Link implements Wire {
    private final Identity identity;
    private final RelayByHand relay;
    private final Consumer<Supplier<String>> trace;
    private final Deque<Frame> toRelay = new ArrayDeque<>();
    private final Deque<Frame> toClient = new ArrayDeque<>();
    private @Nullable SessionByHand session;
    private boolean wants; // a connection
    private boolean cut; // which the engine has not heard of
    private int crashAtSend = -1;

    /// Who stands between the relay and this device may do as they like with what passes.
    private Function<Frame, List<Frame>> inward = List::of;

    private Function<Frame, List<Frame>> outward = List::of;

    Link(Identity identity, RelayByHand relay, Consumer<Supplier<String>> trace) {
        this.identity = identity;
        this.relay = relay;
        this.trace = trace;
    }

    /// What happens to frames on their way to this device.
    void inward(Function<Frame, List<Frame>> by) {
        inward = by;
    }

    /// What happens to frames on their way to the relay.
    void outward(Function<Frame, List<Frame>> by) {
        outward = by;
    }

    boolean isConnected() {
        return session != null;
    }

    boolean wantsConnection() {
        return wants && session == null;
    }

    boolean hasForRelay() {
        return !toRelay.isEmpty();
    }

    boolean hasForClient() {
        return !toClient.isEmpty() || cut;
    }

    /// Whether the relay has answered that something is durable, and this device has not heard of it.
    boolean hasBeenTaken() {
        return toClient.stream()
                .anyMatch(frame -> frame instanceof Frame.Published || frame instanceof Frame.MembershipAccepted);
    }

    void connect(Frame.Hello hello) throws Exception {
        session = relay.admit(identity, hello, frame -> inward.apply(frame).forEach(toClient::add));
    }

    /// The network breaks: what was on the way is lost.
    void breakConnection() {
        if (session != null) {
            trace.accept(() -> "loses the connection");
            disconnected();
            cut = true;
        }
    }

    /// The process is gone, and what was on the way with it.
    void gone() {
        wants = false;
        cut = false;
        crashAtSend = -1;
        disconnected();
    }

    private void disconnected() {
        if (session != null) {
            relay.leave(identity.deviceId());
        }
        session = null;
        toRelay.clear();
        toClient.clear();
    }

    /// Crashes instead of saying the nth thing from now on; never where that is negative.
    void crashAtSend(int nth) {
        crashAtSend = nth;
    }

    /// Whether the connection has been lost since this was asked last.
    boolean takeCut() {
        boolean was = cut;
        cut = false;
        return was;
    }

    /// The oldest thing on the way to the client; where it is a letter, with so many more that follow.
    List<Frame> arriving(int more) {
        Frame frame = toClient.removeFirst();
        trace.accept(() -> "<- " + frame);
        List<Frame> together = new ArrayList<>(List.of(frame));
        while (EngineByHand.isDelivery(frame)
                && together.size() <= more
                && !toClient.isEmpty()
                && EngineByHand.isDelivery(toClient.getFirst())) {
            Frame next = toClient.removeFirst();
            trace.accept(() -> "<- with it " + next);
            together.add(next);
        }
        return together;
    }

    /// Something more that the relay says, of whatever kind.
    void hear(Frame frame) {
        toClient.add(frame);
    }

    /// The oldest thing on the way to the relay arrives.
    void arriveAtRelay() throws IOException, InterruptedException {
        Frame frame = toRelay.removeFirst();
        trace.accept(() -> "-> " + frame);
        for (Frame passed : outward.apply(frame)) {
            submit(passed);
        }
    }

    /// Says something to the relay that this program would not say.
    void submit(Frame frame) throws IOException, InterruptedException {
        Objects.requireNonNull(session).handle(frame);
    }

    @Override
    public void start() {
        wants = true;
    }

    @Override
    public void send(Frame frame) {
        if (crashAtSend >= 0 && crashAtSend-- == 0) {
            throw new Crash();
        }
        if (session != null) {
            toRelay.add(frame);
        }
    }

    @Override
    public void reset() {
        breakConnection();
    }

    @Override
    public void refuse(Loss.Final why) {
        throw new IllegalStateException("the relay of a simulation is refused: " + why.detail());
    }

    @Override
    public void retryNow() {}

    @Override
    public void close() {
        wants = false;
    }
}
