package org.chancery.client.terminal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.ConnectionState;
import org.chancery.client.chat.DevicesView;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.FileTransfer;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.engine.Engine;
import org.chancery.client.store.Party;
import org.chancery.client.transfer.FileNames;
import org.chancery.protocol.content.Body;

/// Has things done and waits for what becomes of them. For any number of threads; it listens on the
/// engine's.
public final class Courier implements AutoCloseable {
    /// How long a command waits for the relay while nothing moves.
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String UNSTORED = "the messenger has not taken it, so it is not kept";
    private static final String UNREACHED = "the relay has not taken it yet";

    /// One thing that somebody waits for.
    private static final class Parcel {
        private final Command command;
        private final CountDownLatch decided = new CountDownLatch(1);
        private long message; // 0 until it is stored
        private long transfer; // 0 until it is begun
        private long moves; // how often it has come further
        private Dispatch outcome = new Dispatch.Queued(UNREACHED);

        Parcel(Command command) {
            this.command = command;
        }

        boolean isTaken() {
            return message != 0 || transfer != 0;
        }

        /// Whether the message is what this was to send.
        boolean isOf(Message sent) {
            return switch (command) {
                case Command.SendText(Party to, String text) -> sent.party().equals(to) && isText(sent, text);
                case Command.Reply(var _, String text) -> isText(sent, text);
                case Command.SendFile(Party to, Path path, String text) ->
                    sent.party().equals(to)
                            && sent.body().isPresent()
                            && sent.body().get() instanceof Body.File file
                            && file.name()
                                    .equals(FileNames.safe(path.getFileName().toString()))
                            && file.text().equals(text);
                default -> false;
            };
        }

        private static boolean isText(Message sent, String text) {
            return sent.body().isPresent()
                    && sent.body().get() instanceof Body.Text said
                    && said.text().equals(text);
        }

        /// Whether it is this that is sent or fetched there.
        boolean isOf(FileTransfer begun) {
            return switch (command) {
                case Command.SendFile file ->
                    begun.direction() == FileTransfer.Direction.SENT
                            && begun.path().equals(file.file());
                case Command.SaveFile file ->
                    begun.direction() == FileTransfer.Direction.FETCHED
                            && (begun.path().equals(file.target())
                                    || file.target().equals(begun.path().getParent()));
                default -> false;
            };
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

    /// Submits a command and waits until it is decided, or until it is plain that this will take longer: the connection
    /// is over for good, or nothing has moved for so long.
    ///
    /// @param command that sends a message or a file, or fetches one
    public Dispatch run(Command command, Duration patience) throws InterruptedException {
        Parcel parcel = new Parcel(command);
        lock.lock();
        try {
            parcels.add(parcel);
        } finally {
            lock.unlock();
        }
        engine.submit(command);
        long moves = 0;
        while (!parcel.decided.await(patience.toMillis(), TimeUnit.MILLISECONDS) && moves < moves(parcel)) {
            moves = moves(parcel);
        }
        lock.lock();
        try {
            parcels.remove(parcel);
            return parcel.isTaken() ? parcel.outcome : new Dispatch.Failed(UNSTORED);
        } finally {
            lock.unlock();
        }
    }

    private long moves(Parcel parcel) {
        lock.lock();
        try {
            return parcel.moves;
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
                case Event.TransferChanged(FileTransfer transfer) -> moved(transfer);
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
                        Event.HistoryHandedOver _,
                        Event.DirectoryListed _ -> {}
            }
        } finally {
            lock.unlock();
        }
    }

    /// Things are stored in the order in which they were submitted, so the first that is like it is the
    /// one.
    private void stored(Message message) {
        for (Parcel parcel : parcels) {
            if (parcel.message == 0 && message.mine() && parcel.isOf(message)) {
                parcel.message = message.id();
                if (parcel.transfer != 0) {
                    parcel.moves++; // the file is there, and its letter has its time from now on
                }
                changed(message);
                obstacle.ifPresent(why -> decide(parcel, new Dispatch.Queued(why)));
                return;
            }
        }
    }

    /// Likewise.
    private void moved(FileTransfer transfer) {
        Optional<Parcel> mine = parcels.stream()
                .filter(parcel -> parcel.transfer == transfer.id())
                .findFirst()
                .or(() -> parcels.stream()
                        .filter(parcel -> parcel.transfer == 0 && parcel.isOf(transfer))
                        .findFirst());
        if (mine.isEmpty()) {
            return;
        }
        Parcel parcel = mine.get();
        boolean begins = parcel.transfer == 0;
        parcel.transfer = transfer.id();
        switch (transfer.state()) {
            case MOVING -> parcel.moves++;
            case WAITING ->
                parcel.outcome = new Dispatch.Queued(transfer.sentence().orElse(UNREACHED));
            case DONE -> {
                if (transfer.direction() == FileTransfer.Direction.FETCHED) {
                    decide(parcel, new Dispatch.Saved(transfer.path().toString()));
                }
            }
            case FAILED ->
                decide(parcel, new Dispatch.Failed(transfer.sentence().orElse("it failed")));
            case CANCELLED -> decide(parcel, new Dispatch.Failed("it was given up"));
        }
        if (begins) {
            obstacle.ifPresent(why -> decide(parcel, new Dispatch.Queued(why)));
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
            if (parcel.isTaken()) {
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
