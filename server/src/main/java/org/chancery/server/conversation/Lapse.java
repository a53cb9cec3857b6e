package org.chancery.server.conversation;

import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;

/// Letters of one sending device that somebody did not fetch in time.
///
/// @param address whose device did not come
/// @param through the place of the last of them
/// @param count how many, since the sender last saw it; each device that did not come counts
public record Lapse(ConversationId conversation, Address address, long through, long count) {}
