package org.chancery.server.conversation;

import org.chancery.pki.envelope.Digest;

/// Letters for one device that were kept for as long as letters are kept, and not fetched.
///
/// @param through the place of the last of them
/// @param count how many
/// @param transcript the conversation's hash at `through`
public record Gap(long through, long count, Digest transcript) {}
