package org.chancery.client.store;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;

/// Whom the person does not want to hear.
public final class Blocked {
    private final StoreAccess access;
    private final SealedTable table;

    Blocked(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    public Set<Address> all() throws StoreException {
        return access.read(() -> {
            Set<Address> blocked = new TreeSet<>();
            for (Row row : table.all()) {
                blocked.add(address(new RecordReader(row.body()).text()));
            }
            return blocked;
        });
    }

    public boolean contains(Address address) throws StoreException {
        return access.read(() -> table.contains(name(address)));
    }

    public void add(Address address) throws StoreException {
        access.run(() -> table.put(
                name(address), new RecordWriter().text(address.value()).body()));
    }

    public void remove(Address address) throws StoreException {
        access.run(() -> table.delete(name(address)));
    }

    private byte[] name(Address address) {
        return table.name(address.value().getBytes(StandardCharsets.US_ASCII));
    }

    private static Address address(String stored) throws StoreException {
        try {
            return Address.parseCanonical(stored);
        } catch (MalformedNameException e) {
            throw StoreException.damaged("a blocked address is none", e);
        }
    }
}
