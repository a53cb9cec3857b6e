package org.chancery.client.store;

import java.nio.file.Path;

/// A process that owns a store until it is ended.
final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws Exception {
        try (StoreLock _ = StoreLock.acquire(new StoreLocation(Path.of(arguments[0])))) {
            System.out.println("held");
            Thread.currentThread().join();
        }
    }
}
