package org.chancery.client.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.MalformedCrlException;

/// The newest CRL of each authority that this client has verified.
public final class HeldCrls {
    private final StoreAccess access;
    private final SealedTable table;

    HeldCrls(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    public CrlSet all() throws StoreException {
        return access.read(() -> {
            List<Crl> crls = new ArrayList<>();
            for (Row row : table.all()) {
                try {
                    crls.add(Crl.parse(row.body()));
                } catch (MalformedCrlException e) {
                    throw StoreException.damaged("CRL " + row.id() + " is malformed", e);
                }
            }
            return CrlSet.of(crls);
        });
    }

    /// Keeps `crl` in place of the one held of its line.
    public void put(Crl crl) throws StoreException {
        byte[] line = crl.line().toString().getBytes(StandardCharsets.UTF_8);
        access.run(() -> table.put(table.name(line), crl.der()));
    }
}
