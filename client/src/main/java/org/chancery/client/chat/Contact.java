package org.chancery.client.chat;

import java.util.List;
import java.util.Optional;
import org.chancery.pki.name.Address;

/// Somebody one can write to, as of one moment.
///
/// @param displayName the name in the newest certificate, else the address
/// @param online the relay's claim; no certificate backs it
/// @param devices those that hold; empty unless `trust` is [Trust#TRUSTED]
/// @param last the newest message of the conversation with them
/// @param unread how many messages of theirs came since the conversation was last opened
public record Contact(
        Address address,
        String displayName,
        boolean online,
        Trust trust,
        List<ContactDevice> devices,
        Optional<Message> last,
        int unread) {
    public Contact {
        devices = List.copyOf(devices);
    }
}
