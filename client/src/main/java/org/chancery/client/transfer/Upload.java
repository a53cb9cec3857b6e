package org.chancery.client.transfer;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.FileKey;
import org.chancery.pki.name.Address;

/// A file that is to be sent, and how far that has come: as much as the next process needs to go on with it.
///
/// @param id of the transfer, at this client
/// @param person the other side of the conversation; empty for a room
/// @param path absolute
/// @param text what is said with it; may be empty
/// @param attempt what it is sealed as; empty before it has been measured
public record Upload(
        long id,
        ConversationId conversation,
        Optional<Address> person,
        Path path,
        String text,
        Optional<Attempt> attempt) {

    /// One content under one key.
    ///
    /// @param length of the file when it was measured
    /// @param modified when it was changed last, then
    public record Attempt(FileId file, FileKey key, long length, Instant modified, Digest sha256) {
        /// Whether the directory says that the file is as it was.
        boolean isOf(SourceFile source) {
            return length == source.length() && modified.equals(source.modified());
        }
    }

    /// The same, sealed as this from now on.
    public Upload with(Attempt next) {
        return new Upload(id, conversation, person, path, text, Optional.of(next));
    }

    /// Nothing of what is said.
    @Override
    public String toString() {
        return "Upload[" + id + ", conversation=" + conversation + "]";
    }

    /// What its reader is told that it is called.
    public String name() {
        return FileNames.safe(String.valueOf(path.getFileName()));
    }
}
