package org.chancery.dist.relay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// The attackers, in a process of their own, so that what they do costs the honest clients beside them nothing but the
/// machine: `ATTACK PORT ARSENAL`. Attacks at the attack's rate until standard input ends, then says how often it did.
public final class AttackerProcess {

    /// Who is behind by more does not catch up: the rate is stated, and a burst would be another attack.
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final AtomicLong done = new AtomicLong();
    private final AtomicLong resisted = new AtomicLong();
    private volatile boolean ended;

    private AttackerProcess() {}

    /// Ends when its standard input does.
    public static void main(String[] arguments) throws Exception {
        Attack attack = Attack.valueOf(arguments[0]);
        Arsenal arsenal = Arsenal.read(Path.of(arguments[2]), Integer.parseInt(arguments[1]));
        new AttackerProcess().attack(attack, arsenal);
    }

    private void attack(Attack attack, Arsenal arsenal) throws Exception {
        List<Attacker> attackers = new ArrayList<>();
        for (int i = 0; i < attack.attackers(); i++) {
            attackers.add(attack.recruit(arsenal, i));
        }
        long intervalNanos = (long) (1e9 * attack.attackers() / attack.perSecond());
        long start = System.nanoTime();
        for (Attacker attacker : attackers) {
            Thread.ofPlatform().daemon().start(() -> keepOn(attacker, intervalNanos));
        }
        System.out.println("[*] attacking");
        int octet = System.in.read();
        while (octet >= 0) {
            octet = System.in.read();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        ended = true;
        System.out.printf(Locale.ROOT, "[*] ended by the relay: %d%n", resisted.get());
        System.out.printf(Locale.ROOT, "[*] attempts a second: %.0f%n", done.get() / seconds);
        System.exit(0);
    }

    private void keepOn(Attacker attacker, long intervalNanos) {
        long due = System.nanoTime();
        while (!ended) {
            long now = System.nanoTime();
            if (now < due) {
                LockSupport.parkNanos(due - now);
                continue;
            }
            due = Math.max(due, now - PATIENCE_NANOS) + intervalNanos;
            if (!succeeded(attacker)) {
                resisted.incrementAndGet();
            }
            done.incrementAndGet();
        }
    }

    /// False where the relay has done something about it.
    private static boolean succeeded(Attacker attacker) {
        try {
            attacker.once();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
