/// Which devices a person has: a chain of signed entries, each naming the one before it.
/// [DeviceChain][org.chancery.protocol.device.DeviceChain] is where it stands,
/// [DeviceStatement][org.chancery.protocol.device.DeviceStatement] a signed entry that may change it. Octets on
/// the wire and in stores are those of the signed record ([SignedRecord][org.chancery.pki.record.SignedRecord])
/// around a `DeviceEntry` of `chat.proto`.
///
/// To sign one: `RecordSigner.sign(identity, ContentPurpose.DEVICE_ENTRY, chain.next(act).encode(), now)`, and
/// `RecordSigner.countersign` on the device that joins.
///
/// Knows no socket, no log and no frame.
@NullMarked
package org.chancery.protocol.device;

import org.jspecify.annotations.NullMarked;
