/// Frames: what client and relay say, as values ([Frame][org.chancery.protocol.frame.Frame]), and their octets
/// ([FrameReader][org.chancery.protocol.frame.FrameReader],
/// [FrameWriter][org.chancery.protocol.frame.FrameWriter]). Every bound is checked before memory is taken;
/// whatever is malformed is a [ProtocolException][org.chancery.protocol.frame.ProtocolException] and nothing
/// else. Knows no socket and no key; never imports `channel` or `content`.
@NullMarked
package org.chancery.protocol.frame;

import org.jspecify.annotations.NullMarked;
