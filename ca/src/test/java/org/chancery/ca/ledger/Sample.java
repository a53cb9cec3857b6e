package org.chancery.ca.ledger;

import java.math.BigInteger;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.testing.TestKeys;

/// A certificate to be recorded, with a key of its own name: `Sample.alice(1, "laptop")`.
record Sample(Particulars particulars, PublicKey key) {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    static final DeviceId ISSUER = device("issuer");

    static Sample alice(int serial, String device) {
        return of("alice@lab.example", serial, device);
    }

    static Sample of(String address, int serial, String device) {
        Validity validity =
                new Validity(NOW.minus(Duration.ofDays(1)).plusSeconds(serial), NOW.plus(Duration.ofDays(397)));
        return new Sample(
                new Particulars(
                        serial(serial),
                        ISSUER,
                        "client",
                        address(address),
                        device(device),
                        address,
                        validity,
                        Origin.NEW),
                key(device));
    }

    /// As [#alice], with an RSA key.
    static Sample rsa(int serial, String device) {
        PublicKey rsa =
                TestKeys.of(KeyAlgorithm.RSA_2048, "ledger sample " + device).publicKey();
        Particulars p = alice(serial, device).particulars;
        return new Sample(
                new Particulars(
                        p.serial(),
                        p.issuer(),
                        p.profile(),
                        p.address(),
                        DeviceId.of(rsa),
                        p.name(),
                        p.validity(),
                        p.origin()),
                rsa);
    }

    /// One of the authority's own.
    static Sample authority(int serial, String profile) {
        return new Sample(
                new Particulars(
                        serial(serial),
                        ISSUER,
                        profile,
                        Optional.empty(),
                        ISSUER,
                        "Lab",
                        new Validity(NOW, NOW.plusSeconds(1)),
                        Origin.NEW),
                key("issuer"));
    }

    Sample until(Instant notAfter) {
        return with(new Validity(particulars.validity().notBefore(), notAfter), particulars.origin());
    }

    Sample from(Origin origin) {
        return with(particulars.validity(), origin);
    }

    private Sample with(Validity validity, Origin origin) {
        Particulars p = particulars;
        return new Sample(
                new Particulars(
                        p.serial(), p.issuer(), p.profile(), p.address(), p.device(), p.name(), validity, origin),
                key);
    }

    Sample intend(Ledger ledger) throws LedgerException, KeyTakenException {
        ledger.recordIntent(particulars, key);
        return this;
    }

    Sample issue(Ledger ledger) throws LedgerException, KeyTakenException {
        intend(ledger);
        ledger.recordIssued(particulars.serial(), der());
        return this;
    }

    /// What stands for the certificate: the ledger keeps octets and does not read them.
    byte[] der() {
        return particulars.serial().value().toByteArray();
    }

    static SerialNumber serial(int value) {
        return new SerialNumber(BigInteger.valueOf(value));
    }

    static DeviceId device(String name) {
        return DeviceId.of(key(name));
    }

    static Optional<Address> address(String value) {
        return Optional.of(new Address(value));
    }

    private static PublicKey key(String name) {
        return TestKeys.ec("ledger sample " + name).publicKey();
    }
}
