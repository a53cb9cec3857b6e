package org.chancery.client.store;

import java.time.Instant;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// A device that this client has seen. Being known says nothing about being trusted: its certificates are judged each
/// time they matter.
///
/// @param chain leaf first, without the root
/// @param since when it was first seen
public record KnownDevice(DeviceId device, Address address, CertificateChain chain, Instant since) {}
