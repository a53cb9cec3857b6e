package org.chancery.server.conversation.sqlite;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;

/// A certificate chain in one column: the DER of each certificate, leaf first, behind its length (u32,
/// big-endian).
final class ChainBlob {

    private ChainBlob() {}

    static byte[] write(CertificateChain chain) {
        List<byte[]> ders = chain.certificates().stream().map(Certificates::der).toList();
        int size = ders.stream().mapToInt(der -> Integer.BYTES + der.length).sum();
        ByteBuffer blob = ByteBuffer.allocate(size);
        ders.forEach(der -> blob.putInt(der.length).put(der));
        return blob.array();
    }

    static CertificateChain read(byte[] octets) throws SQLException {
        ByteBuffer blob = ByteBuffer.wrap(octets);
        List<byte[]> ders = new ArrayList<>();
        try {
            while (blob.hasRemaining()) {
                byte[] der = new byte[Math.min(blob.getInt(), blob.remaining())];
                blob.get(der);
                ders.add(der);
            }
            return CertificateChain.parse(ders);
        } catch (MalformedCertificateException | IllegalArgumentException e) {
            throw new SQLException("the store holds what is no certificate chain", e);
        }
    }
}
