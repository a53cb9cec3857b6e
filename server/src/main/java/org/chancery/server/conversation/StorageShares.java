package org.chancery.server.conversation;

import java.util.function.ToLongFunction;
import org.chancery.pki.name.Address;
import org.chancery.server.config.StorageBounds;

/// What is stored, and what of an address's share of it lies elsewhere than in the log.
///
/// @param elsewhere octets that an address has there; asked on the log's thread, so it must not wait
public record StorageShares(StorageBounds bounds, ToLongFunction<Address> elsewhere) {

    /// Of a log that is alone.
    public static StorageShares ofLogAlone(StorageBounds bounds) {
        return new StorageShares(bounds, _ -> 0);
    }
}
