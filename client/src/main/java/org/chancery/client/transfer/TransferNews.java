package org.chancery.client.transfer;

import org.chancery.protocol.content.Body;

/// What becomes of a transfer, told on the transfers' thread.
public sealed interface TransferNews {
    /// Which one.
    long id();

    /// A file is about to be sealed for the first time, or as another than before: that has to be in the store before
    /// [Transfers#begin], for a later process to go on with it under the same key.
    record Measured(Upload upload) implements TransferNews {
        @Override
        public long id() {
            return upload.id();
        }
    }

    /// So much of it is done.
    ///
    /// @param done octets, of `total`
    record Progress(long id, long done, long total) implements TransferNews {}

    /// Nothing moves for the moment.
    ///
    /// @param reason a sentence
    record Waiting(long id, String reason) implements TransferNews {}

    /// The relay has all of it durably: the message can go.
    record Uploaded(long id, Body.File file) implements TransferNews {}

    /// The file lies where it was wanted, whole and proved.
    record Saved(long id) implements TransferNews {}

    /// It will not be.
    ///
    /// @param reason a sentence
    record Failed(long id, String reason) implements TransferNews {}
}
