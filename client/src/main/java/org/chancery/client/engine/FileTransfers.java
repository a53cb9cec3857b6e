package org.chancery.client.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.FileTransfer;
import org.chancery.client.store.Line;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.client.transfer.Download;
import org.chancery.client.transfer.FileNames;
import org.chancery.client.transfer.TransferNews;
import org.chancery.client.transfer.Transfers;
import org.chancery.client.transfer.Upload;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Frame;

/// Files that are sent and fetched, as far as that is the engine's: what is to be sent is in the store before
/// it moves, and becomes a message when the relay has all of it. On the engine's thread.
final class FileTransfers {
    private final Desk desk;
    private final SharedCommit commit;
    private final Outgoing outgoing;
    private final Audience audience;
    private final Transfers transfers;
    private final Map<Long, FileTransfer> underWay = new LinkedHashMap<>();
    private final Map<Long, Upload> uploads = new LinkedHashMap<>();
    private boolean started;
    private long lastId;

    /// @param relay takes frames from any thread
    /// @param news takes what becomes of them, on any thread, and brings it to [#heard]
    FileTransfers(
            Desk desk,
            SharedCommit commit,
            Consumer<Frame> relay,
            Outgoing outgoing,
            Audience audience,
            Consumer<TransferNews> news) {
        this.desk = desk;
        this.commit = commit;
        this.outgoing = outgoing;
        this.audience = audience;
        this.transfers = new Transfers(relay, news, desk.random());
    }

    /// Goes on with what an earlier process was to send.
    void begin() throws StoreException {
        for (Upload upload : desk.store().uploads().all()) {
            lastId = Math.max(lastId, upload.id());
            move(upload);
        }
    }

    void send(Command.SendFile command) throws StoreException {
        Party to = command.to();
        Upload upload =
                new Upload(++lastId, to.conversation(), to.person(), command.file(), command.text(), Optional.empty());
        desk.store().uploads().put(upload);
        move(upload);
    }

    private void move(Upload upload) {
        uploads.put(upload.id(), upload);
        tell(moving(upload.id(), FileTransfer.Direction.SENT, upload.path()));
        start();
        transfers.send(upload);
    }

    /// Fetches the file of a message.
    void save(Command.SaveFile command) throws StoreException {
        long id = ++lastId;
        Optional<Body> body = desk.store()
                .history()
                .find(command.message())
                .map(StoredLine::line)
                .flatMap(Line::body);
        if (body.isPresent() && body.get() instanceof Body.File file) {
            Path target = Files.isDirectory(command.target())
                    ? command.target().resolve(FileNames.safe(file.name()))
                    : command.target();
            tell(moving(id, FileTransfer.Direction.FETCHED, target));
            start();
            transfers.fetch(new Download(id, file, target, command.overwrite()));
        } else {
            FileTransfer begun = moving(id, FileTransfer.Direction.FETCHED, command.target());
            tell(begun.become(
                    FileTransfer.State.FAILED, Optional.of("message " + command.message() + " brings no file")));
        }
    }

    private static FileTransfer moving(long id, FileTransfer.Direction direction, Path path) {
        return new FileTransfer(id, direction, path, 0, 0, FileTransfer.State.MOVING, Optional.empty());
    }

    void cancel(long id) throws StoreException {
        FileTransfer transfer = underWay.get(id);
        if (transfer != null) {
            transfers.cancel(id);
            forget(id);
            tell(transfer.become(FileTransfer.State.CANCELLED, Optional.empty()));
        }
    }

    /// The relay can be asked.
    void open(int maxFrameBytes) {
        transfers.online(maxFrameBytes);
    }

    /// The connection is lost.
    void close() {
        transfers.offline();
    }

    /// Whether a refusal is about a file.
    static boolean isAbout(long id) {
        return Transfers.isAbout(id);
    }

    /// What the relay says of files.
    ///
    /// @return false if it says more than it was asked for
    boolean heard(Frame frame) {
        return transfers.heard(frame);
    }

    /// What has become of one.
    void heard(TransferNews news) throws StoreException {
        FileTransfer transfer = underWay.get(news.id());
        if (transfer == null) {
            return; // given up meanwhile
        }
        switch (news) {
            case TransferNews.Measured(Upload upload) -> {
                desk.store().uploads().put(upload);
                uploads.put(upload.id(), upload);
                transfers.begin(upload.id());
            }
            case TransferNews.Progress(var _, long done, long total) -> tell(transfer.at(done, total));
            case TransferNews.Waiting(var _, String reason) ->
                tell(transfer.become(FileTransfer.State.WAITING, Optional.of(reason)));
            case TransferNews.Uploaded(long id, Body.File file) -> sent(transfer, upload(id), file);
            case TransferNews.Saved(long id) -> {
                forget(id);
                tell(transfer.become(FileTransfer.State.DONE, Optional.empty()));
            }
            case TransferNews.Failed(long id, String reason) -> {
                forget(id);
                tell(transfer.become(FileTransfer.State.FAILED, Optional.of(reason)));
            }
        }
    }

    private Upload upload(long id) {
        return Optional.ofNullable(uploads.get(id))
                .orElseThrow(() -> new IllegalStateException("upload " + id + " is not known"));
    }

    /// Its message is in the outbox at the moment in which it is no upload any more.
    private void sent(FileTransfer transfer, Upload upload, Body.File file) throws StoreException {
        commit.of(() -> {
            forget(upload.id());
            outgoing.say(new Party(upload.conversation(), upload.person()), file);
        });
        tell(transfer.become(FileTransfer.State.DONE, Optional.empty()));
    }

    private void forget(long id) throws StoreException {
        underWay.remove(id);
        if (uploads.remove(id) != null) {
            desk.store().uploads().remove(id);
        }
    }

    private void tell(FileTransfer transfer) {
        boolean over = switch (transfer.state()) {
            case MOVING, WAITING -> false;
            case DONE, FAILED, CANCELLED -> true;
        };
        if (!over) {
            underWay.put(transfer.id(), transfer);
        }
        audience.tell(new Event.TransferChanged(transfer));
    }

    private void start() {
        if (!started) {
            started = true;
            transfers.start();
        }
    }

    /// Ends at once; what was under way goes on in the next process.
    void end() {
        transfers.close();
    }
}
