package org.chancery.ca.ledger;

import java.math.BigInteger;
import org.chancery.pki.name.DeviceId;

/// The modulus of an RSA key the ledger has seen, whatever became of its certificates.
///
/// @param sequence its place in the order in which keys were first seen, from 1
public record Modulus(long sequence, DeviceId device, BigInteger value) {}
