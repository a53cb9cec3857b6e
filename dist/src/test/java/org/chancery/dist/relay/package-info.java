/// What the relay promises, held against kills, failing disks and attackers: the relay is a process, the people are
/// clients in this JVM that seal, retry and check. [KillCampaign][org.chancery.dist.relay.KillCampaign] kills it, and
/// [Company][org.chancery.dist.relay.Company] is who has to notice nothing.
@NullMarked
package org.chancery.dist.relay;

import org.jspecify.annotations.NullMarked;
