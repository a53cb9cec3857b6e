package org.chancery.client.keys;

import java.util.List;
import java.util.Optional;
import org.chancery.client.store.StoreException;

/// Where key files lie, one for each number.
public interface KeyShelf {
    /// The numbers of the keys that have a file, rising.
    List<Integer> numbers() throws StoreException;

    /// The octets of a file; empty where there is none, or more than a key takes.
    Optional<byte[]> read(int number) throws StoreException;

    /// Makes the file of a key, for its owner only. Durable when this returns.
    ///
    /// @throws StoreException if there is one already, or it cannot be written
    void write(int number, byte[] octets) throws StoreException;

    /// Overwrites and removes the file of a key, if there is one. Gone for good when this returns.
    void destroy(int number) throws StoreException;
}
