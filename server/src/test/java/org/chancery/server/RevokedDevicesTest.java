package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.testing.TestPki;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.KnownDevice;
import org.chancery.server.revocation.Grounds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Over a log whose disk takes its time.
@Timeout(30)
class RevokedDevicesTest {

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");
    private final Identity bob = pki.client("bob@lab.example");
    private final BlockingQueue<Collection<?>> revoked = new LinkedBlockingQueue<>();
    private final CountDownLatch disk = new CountDownLatch(1);
    private volatile CrlSet crls = pki.crls();
    private volatile boolean broken;

    private final ConversationLog log = (ConversationLog) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {ConversationLog.class}, (InvocationHandler)
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "unrevokedDevices" -> List.of(known(alice), known(bob));
                        case "revoke" -> revoke((Collection<?>) arguments[0]);
                        default -> throw new AssertionError(method.getName());
                    });

    private Object revoke(Collection<?> devices) throws IOException, InterruptedException {
        revoked.add(devices);
        if (broken) {
            throw new IOException("no disk");
        }
        disk.await();
        return devices; // which nobody gets: the method has no result
    }

    private static KnownDevice known(Identity identity) throws Exception {
        return new KnownDevice(
                Address.parse("x@lab.example"), Optional.empty(), identity.deviceId(), identity.chain(), false);
    }

    private RevokedDevices begin() throws Exception {
        return RevokedDevices.begin(log, () -> new Grounds(pki.trustAnchors(), crls));
    }

    private void awaitRevoked(DeviceId... devices) throws InterruptedException {
        Collection<?> next = revoked.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        assertThat(List.copyOf(next)).isEqualTo(List.of(devices));
    }

    @Test
    void whoTellsOfAChangeDoesNotWaitForTheDisk() throws Exception {
        try (RevokedDevices devices = begin()) {
            crls = pki.revoke(alice.chain().leaf());
            devices.changed();
            awaitRevoked(alice.deviceId());
            crls = pki.revoke(bob.chain().leaf());
            devices.changed();
            devices.changed();
            disk.countDown();
            awaitRevoked(alice.deviceId(), bob.deviceId());
        }
    }

    @Test
    void looksAtTheNextChangeWhateverBecameOfTheLast() throws Exception {
        broken = true;
        try (RevokedDevices devices = begin()) {
            crls = pki.revoke(alice.chain().leaf());
            devices.changed();
            awaitRevoked(alice.deviceId());
            broken = false;
            disk.countDown();
            devices.changed();
            awaitRevoked(alice.deviceId());
        }
    }

    /// The disk never answers: an end has its time all the same.
    @Test
    void endsWithTheDiskHanging() throws Exception {
        RevokedDevices devices = begin();
        crls = pki.revoke(alice.chain().leaf());
        devices.changed();
        awaitRevoked(alice.deviceId());
        long before = System.nanoTime();
        devices.close();
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before)).isLessThan(10);
    }
}
