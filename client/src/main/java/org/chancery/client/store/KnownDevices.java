package org.chancery.client.store;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;

/// Every device ever seen, with the certificates by which its letters are verified.
public final class KnownDevices {
    private final StoreAccess access;
    private final SealedTable table;

    KnownDevices(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    public List<KnownDevice> all() throws StoreException {
        return access.read(() -> {
            List<KnownDevice> all = new ArrayList<>();
            for (Row row : table.all()) {
                all.add(decode(row.body()));
            }
            return all;
        });
    }

    /// Remembers `device`, in place of what was known of it before.
    public void put(KnownDevice device) throws StoreException {
        RecordWriter out = new RecordWriter()
                .octets(device.device().bytes())
                .text(device.address().value())
                .instant(device.since())
                .number(device.chain().certificates().size());
        for (X509Certificate certificate : device.chain().certificates()) {
            out.octets(Certificates.der(certificate));
        }
        access.run(() -> table.put(table.name(device.device().bytes()), out.body()));
    }

    private static KnownDevice decode(byte[] body) throws StoreException {
        RecordReader in = new RecordReader(body);
        try {
            DeviceId device = DeviceId.ofBytes(in.octets());
            Address address = Address.parseCanonical(in.text());
            var since = in.instant();
            List<X509Certificate> certificates = new ArrayList<>();
            for (long left = in.number(); left > 0; left--) {
                certificates.add(Certificates.parse(in.octets()));
            }
            return new KnownDevice(device, address, new CertificateChain(certificates), since);
        } catch (MalformedNameException | MalformedCertificateException | IllegalArgumentException e) {
            throw StoreException.damaged("a known device is malformed", e);
        }
    }
}
