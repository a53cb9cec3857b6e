/// A socket becomes a person: TLS 1.3 with certificates on both sides, judged by the one path validator, then
/// frames over it. [Channel][org.chancery.protocol.channel.Channel] is the entry for both ends. Never imports
/// `content`; reads no clock and no file of its own.
@NullMarked
package org.chancery.protocol.channel;

import org.jspecify.annotations.NullMarked;
