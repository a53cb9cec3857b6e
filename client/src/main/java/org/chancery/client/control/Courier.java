package org.chancery.client.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.client.engine.Command;
import org.chancery.client.engine.ConnectionState;
import org.chancery.client.engine.DevicesView;
import org.chancery.client.engine.Engine;
import org.chancery.client.engine.Event;
import org.chancery.client.engine.Message;
import org.chancery.client.engine.MessageState;
import org.chancery.client.engine.ProblemKind;
import org.chancery.client.engine.RoomNames;
import org.chancery.client.engine.RoomView;
import org.chancery.client.store.Party;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;

/// Sends a text and waits for what becomes of it. For any number of threads; it listens on the engine's.
public final class Courier implements AutoCloseable {
    private static final String UNSTORED = "the messenger has not taken it, so it is not kept";
    private static final String UNREACHED = "the relay has not taken it yet";

    /// One text that somebody waits for.
    private static final class Parcel {
        private final Command.SendText text;
        private final Command command;
        private final CountDownLatch decided = new CountDownLatch(1);
        private long message; // 0 until it is stored
        private Dispatch outcome = new Dispatch.Queued(UNREACHED);

        Parcel(Command.SendText text, long replyTo) {
            this.text = text;
            this.command = replyTo == 0 ? text : new Command.Reply(replyTo, text.text());
        }
    }

    private final Engine engine;
    private final Engine.Subscription subscription;
    private final ReentrantLock lock = new ReentrantLock(); // between the engine's thread and those who wait
    private final List<Parcel> parcels = new ArrayList<>();
    private Optional<String> obstacle = Optional.empty();

    public Courier(Engine engine) {
        this.engine = engine;
        this.subscription = engine.subscribe(this::heard);
    }

    /// Does an errand and waits until it is decided, or until it is plain that this will take longer: the connection is
    /// over for good, or `patience` has run out.
    public Dispatch send(Errand errand, Duration patience) throws InterruptedException {
        try {
            if (!errand.room()) {
                return send(engine.person(Address.parse(errand.to())), errand, patience);
            }
            return switch (RoomNames.find(engine.rooms(), errand.to())) {
                case RoomNames.Found.One(RoomView room) -> send(Party.room(room.id()), errand, patience);
                case RoomNames.Found.Not(String why) -> new Dispatch.Failed(why);
            };
        } catch (MalformedNameException e) {
            return new Dispatch.Failed("that is no address: " + e.getMessage());
        }
    }

    private Dispatch send(Party to, Errand errand, Duration patience) throws InterruptedException {
        if (errand.replyTo() != 0 && !engine.isAnswerable(to, errand.replyTo())) {
            return new Dispatch.Failed("there is no message " + errand.replyTo() + " to answer in this conversation");
        }
        Parcel parcel = new Parcel(new Command.SendText(to, errand.text()), errand.replyTo());
        lock.lock();
        try {
            parcels.add(parcel);
        } finally {
            lock.unlock();
        }
        engine.submit(parcel.command);
        parcel.decided.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        lock.lock();
        try {
            parcels.remove(parcel);
            return parcel.message == 0 ? new Dispatch.Failed(UNSTORED) : parcel.outcome;
        } finally {
            lock.unlock();
        }
    }

    private void heard(Event event) {
        lock.lock();
        try {
            switch (event) {
                case Event.MessageStored(Message message) -> stored(message);
                case Event.MessageChanged(Message message) -> changed(message);
                case Event.ConnectionChanged(ConnectionState state) -> connection(state);
                case Event.Problem problem
                when problem.kind() == ProblemKind.REVOCATION_LIST -> giveUp(problem.sentence());
                case Event.OwnDevicesChanged(DevicesView view) -> devices(view);
                case Event.Problem _,
                        Event.MessageGone _,
                        Event.BlockingChanged _,
                        Event.DraftChanged _,
                        Event.ReadBy _,
                        Event.ContactsChanged _,
                        Event.RoomsChanged _,
                        Event.RoomActed _,
                        Event.PeopleFound _,
                        Event.DeviceActed _,
                        Event.Verified _,
                        Event.TrustActed _,
                        Event.DirectoryListed _ -> {}
            }
        } finally {
            lock.unlock();
        }
    }

    /// Texts are stored in the order in which they were submitted, so the first that is like it is the one.
    private void stored(Message message) {
        for (Parcel parcel : parcels) {
            boolean same = parcel.message == 0
                    && message.mine()
                    && message.party().equals(parcel.text.to())
                    && message.text().equals(parcel.text.text());
            if (same) {
                parcel.message = message.id();
                changed(message);
                obstacle.ifPresent(why -> decide(parcel, new Dispatch.Queued(why)));
                return;
            }
        }
    }

    private void changed(Message message) {
        for (Parcel parcel : parcels) {
            if (parcel.message == message.id()) {
                if (message.state() == MessageState.PUBLISHED) {
                    decide(parcel, new Dispatch.Published(message.sequence().orElseThrow()));
                } else if (message.state() == MessageState.FAILED) {
                    decide(parcel, new Dispatch.Failed(message.failure().orElseThrow()));
                }
            }
        }
    }

    private void connection(ConnectionState state) {
        switch (state) {
            case ConnectionState.Ended(var _, String sentence) -> giveUp(sentence);
            case ConnectionState.Offline(String reason, var _) -> note(reason);
            case ConnectionState.Connecting _, ConnectionState.Online _ -> obstacle = Optional.empty();
        }
    }

    /// Only a device on its owner's chain writes.
    private void devices(DevicesView view) {
        switch (view.standing()) {
            case WAITING -> giveUp("this device waits to be approved by another one of yours");
            case ENDED -> giveUp("this device was ended, for good");
            case DISPUTED -> giveUp(view.trouble().orElse("your device chain is in dispute"));
            case ON_CHAIN -> obstacle = Optional.empty();
            case UNKNOWN -> {}
        }
    }

    /// Nothing will move before something else changes: whoever waits is told.
    private void giveUp(String why) {
        obstacle = Optional.of(why);
        for (Parcel parcel : parcels) {
            if (parcel.message != 0) {
                decide(parcel, new Dispatch.Queued(why));
            }
        }
    }

    private void note(String why) {
        for (Parcel parcel : parcels) {
            parcel.outcome = new Dispatch.Queued(why);
        }
    }

    private static void decide(Parcel parcel, Dispatch outcome) {
        if (parcel.decided.getCount() > 0) {
            parcel.outcome = outcome;
            parcel.decided.countDown();
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
