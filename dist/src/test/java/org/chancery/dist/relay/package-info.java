/// What the relay promises, held against kills, failing disks and attackers: the relay is a process, the people are
/// real
/// clients in this JVM that seal, retry and check. Entry: [org.chancery.dist.relay.KillCampaign].
@NullMarked
package org.chancery.dist.relay;

import org.jspecify.annotations.NullMarked;
