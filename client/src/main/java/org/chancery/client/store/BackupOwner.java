package org.chancery.client.store;

import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// Who is to go on with a backup.
public record BackupOwner(Address address, DeviceId device) {}
