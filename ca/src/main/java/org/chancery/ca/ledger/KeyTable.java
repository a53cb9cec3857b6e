package org.chancery.ca.ledger;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.chancery.pki.name.DeviceId;

/// Reads and writes the table of public keys, each as the SubjectPublicKeyInfo that its device id is the hash
/// of.
record KeyTable(Connection connection) {
    private static final String RSA = "RSA";

    void see(DeviceId device, PublicKey key) throws SQLException {
        String sql =
                "INSERT INTO public_key (device, algorithm, spki) VALUES (?, ?, ?) ON CONFLICT (device) DO NOTHING";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, device.hex());
            insert.setString(2, key.getAlgorithm());
            insert.setBytes(3, key.getEncoded());
            insert.executeUpdate();
        }
    }

    /// The moduli of the RSA keys first seen after the one of that sequence.
    List<Modulus> moduliAfter(long sequence) throws SQLException {
        String sql =
                "SELECT sequence, device, spki FROM public_key WHERE sequence > ? AND algorithm = ? ORDER BY sequence";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, sequence);
            query.setString(2, RSA);
            List<Modulus> moduli = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    moduli.add(new Modulus(row.getLong(1), new DeviceId(row.getString(2)), modulus(row.getBytes(3))));
                }
            }
            return List.copyOf(moduli);
        }
    }

    /// Shows the device of every key that is not the one it is called by, or is hidden from [#moduliAfter].
    void forEachMisnamed(Consumer<String> visitor) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT device, algorithm, spki FROM public_key");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                byte[] spki = row.getBytes(3);
                if (!Sha256.hex(spki).equals(row.getString(1))
                        || isRsa(spki) != row.getString(2).equals(RSA)) {
                    visitor.accept(row.getString(1));
                }
            }
        }
    }

    private static boolean isRsa(byte[] spki) {
        try {
            modulus(spki);
            return true;
        } catch (UnreadableRowException e) {
            return false;
        }
    }

    private static BigInteger modulus(byte[] spki) throws UnreadableRowException {
        try {
            return ((RSAPublicKey) KeyFactory.getInstance(RSA).generatePublic(new X509EncodedKeySpec(spki)))
                    .getModulus();
        } catch (GeneralSecurityException e) {
            throw new UnreadableRowException("public_key", e);
        }
    }
}
