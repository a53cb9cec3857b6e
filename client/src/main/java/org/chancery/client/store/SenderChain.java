package org.chancery.client.store;

import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.DeviceId;

/// How far one sender's chain has come here.
///
/// @param counter the number of the last letter accepted
/// @param letter the digest of that letter
public record SenderChain(DeviceId device, ConversationId conversation, ChainId chain, long counter, Digest letter) {}
