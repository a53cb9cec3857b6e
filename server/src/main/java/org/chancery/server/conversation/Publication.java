package org.chancery.server.conversation;

import java.util.Optional;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.name.Address;

/// A letter that an authenticated device wants appended.
///
/// @param from the address that the session's certificate proves
/// @param letter its header names the session's device as sender; the session has checked that
/// @param seal what the letter is under, where the log may not have it yet
/// @param directWith the other person of a conversation between two
public record Publication(Address from, Letter letter, Optional<Seal> seal, Optional<Address> directWith) {}
