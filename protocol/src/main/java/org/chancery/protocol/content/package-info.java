/// What is signed and sealed: [Content][org.chancery.protocol.content.Content], written by a sender and read by
/// members. Exported to the client alone: the relay has no use for it and no way to come by it. Never imports
/// `channel`.
@NullMarked
package org.chancery.protocol.content;

import org.jspecify.annotations.NullMarked;
