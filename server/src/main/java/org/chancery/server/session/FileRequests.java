package org.chancery.server.session;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.name.Address;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.server.allowance.Allowance;
import org.chancery.server.file.FileStore;
import org.chancery.server.file.FileVerdict;

/// What a client says about files. Who belongs to a file's conversation at that moment may have it, and nobody else. On
/// the session's reading thread, which waits for the disk.
final class FileRequests {

    private static final int MOST_UPLOADS = 4;
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final Session session;
    private final RelayContext relay;
    private final Allowance allowance;
    private final FileHandout handout;

    /// By which this session is known to the store as the one that writes.
    private final Object writer = new Object();

    /// What it uploads, by the request that began it.
    private final Map<Long, FileId> uploads = new HashMap<>();

    FileRequests(Session session, RelayContext relay, Allowance allowance, FileHandout handout) {
        this.session = session;
        this.relay = relay;
        this.allowance = allowance;
        this.handout = handout;
    }

    void begin(Frame.BeginUpload begin) throws IOException {
        if (!granted(begin.id())) {
            return;
        }
        if (uploads.size() >= MOST_UPLOADS && !uploads.containsKey(begin.id())) {
            refuse(begin.id(), ProtocolError.TOO_MANY, "more than " + MOST_UPLOADS + " uploads", Optional.of(A_MOMENT));
            return;
        }
        Address self = session.peer().address();
        boolean direct = begin.directWith()
                .filter(other -> ConversationId.direct(self, other).equals(begin.conversation()))
                .isPresent();
        if (!direct && !isMember(begin.conversation())) {
            refuse(begin.id(), ProtocolError.NOT_A_MEMBER, "no member of the conversation", Optional.empty());
            return;
        }
        uploads.values().remove(begin.file());
        uploads.put(begin.id(), begin.file());
        FileStore.Wanted wanted = new FileStore.Wanted(begin.file(), begin.conversation(), self, begin.length());
        answer(begin.id(), begin.file(), relay.files().begin(wanted, relay.log().octetsOf(self), writer));
    }

    void part(Frame.UploadPart part) throws IOException {
        FileId file = uploads.get(part.id());
        if (file == null) {
            refuse(part.id(), ProtocolError.OFFSET_MISMATCH, "a part of no upload that goes on here", Optional.empty());
        } else {
            answer(part.id(), file, relay.files().write(file, writer, part.offset(), part.octets()));
        }
    }

    private void answer(long id, FileId file, FileVerdict verdict) {
        switch (verdict) {
            case FileVerdict.Written _ -> {}
            case FileVerdict.Committed(long offset) -> {
                session.say(new Frame.UploadCommitted(id, file, offset));
                if (relay.files().conversationOf(file).isPresent()) { // it is whole
                    uploads.remove(id);
                }
            }
            case FileVerdict.Refused refused -> {
                uploads.remove(id);
                refuse(id, refused.error(), refused.detail(), refused.retryAfter());
            }
        }
    }

    void query(Frame.FileQuery query) throws IOException {
        if (!granted(query.id())) {
            return;
        }
        Optional<ConversationId> conversation = relay.files().conversationOf(query.file());
        if (conversation.isEmpty()) {
            refuse(query.id(), ProtocolError.NO_SUCH_FILE, "no such file", Optional.empty());
        } else if (!isMember(conversation.get())) {
            refuse(query.id(), ProtocolError.NOT_A_MEMBER, "no member of the file's conversation", Optional.empty());
        } else if (query.offset() >= relay.files().length(query.file())) {
            refuse(query.id(), ProtocolError.OFFSET_MISMATCH, "from behind the file's end", Optional.empty());
        } else if (!handout.add(query)) {
            refuse(query.id(), ProtocolError.TOO_MANY, "too much is asked for already", Optional.of(A_MOMENT));
        } else {
            session.handOutFiles();
        }
    }

    void delete(Frame.DeleteFile delete) throws IOException {
        if (!granted(delete.id())) {
            return;
        }
        Optional<FileVerdict.Refused> refused =
                relay.files().delete(delete.file(), session.peer().address());
        if (refused.isPresent()) {
            refuse(delete.id(), refused.get().error(), refused.get().detail(), Optional.empty());
        } else {
            session.say(new Frame.FileDeleted(delete.id()));
        }
    }

    private boolean isMember(ConversationId conversation) throws IOException {
        return relay.log().membersOf(conversation).contains(session.peer().address());
    }

    private boolean granted(long id) {
        Optional<Duration> wait = allowance.file();
        if (wait.isPresent()) {
            refuse(id, ProtocolError.TOO_MANY, "too many requests", wait);
        }
        return wait.isEmpty();
    }

    private void refuse(long id, ProtocolError error, String detail, Optional<Duration> retryAfter) {
        session.refuse(Frame.Refused.request(id, error, Session.told(detail)).retryAfter(retryAfter));
    }
}
