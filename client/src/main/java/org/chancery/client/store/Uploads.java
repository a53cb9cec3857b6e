package org.chancery.client.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.client.transfer.Upload;
import org.chancery.client.transfer.Upload.Attempt;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.FileKey;
import org.chancery.pki.name.MalformedNameException;

/// Files that are to be sent, with the key each is sealed under: the next process goes on with them.
public final class Uploads {
    private final StoreAccess access;
    private final SealedTable table;

    Uploads(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    /// All of them, in the order in which they were asked for.
    public List<Upload> all() throws StoreException {
        return access.read(() -> {
            List<Upload> uploads = new ArrayList<>();
            for (Row row : table.all()) {
                uploads.add(decode(row));
            }
            return uploads;
        });
    }

    /// Keeps one, in the place of the one of its id.
    public void put(Upload upload) throws StoreException {
        RecordWriter out = new RecordWriter()
                .number(upload.id())
                .party(new Party(upload.conversation(), upload.person()))
                .text(upload.path().toString())
                .text(upload.text())
                .flag(upload.attempt().isPresent());
        upload.attempt()
                .ifPresent(attempt -> out.octets(attempt.file().bytes())
                        .octets(attempt.key().exposedOctets())
                        .number(attempt.length())
                        .instant(attempt.modified())
                        .octets(attempt.sha256().bytes()));
        access.run(() -> table.put(name(upload.id()), out.body()));
    }

    /// It is sent, or given up.
    public void remove(long id) throws StoreException {
        access.run(() -> table.delete(name(id)));
    }

    private byte[] name(long id) {
        return table.name(ByteBuffer.allocate(Long.BYTES).putLong(id).array());
    }

    private static Upload decode(Row row) throws StoreException {
        RecordReader in = new RecordReader(row.body());
        try {
            long id = in.number();
            Party party = in.party();
            return new Upload(id, party.conversation(), party.person(), Path.of(in.text()), in.text(), attempt(in));
        } catch (MalformedNameException | IllegalArgumentException e) {
            throw StoreException.damaged("upload " + row.id() + " holds a malformed value", e);
        }
    }

    private static Optional<Attempt> attempt(RecordReader in) throws StoreException {
        return in.flag()
                ? Optional.of(new Attempt(
                        FileId.ofBytes(in.octets()),
                        FileKey.ofBytes(in.octets()),
                        in.number(),
                        in.instant(),
                        Digest.ofBytes(in.octets())))
                : Optional.empty();
    }
}
