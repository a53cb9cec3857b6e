package org.chancery.ca.ledger;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.chancery.pki.name.DeviceId;

/// Reads and writes the table of RSA moduli, one a key.
record ModulusTable(Connection connection) {
    void see(DeviceId device, PublicKey key) throws SQLException {
        if (key instanceof RSAPublicKey rsa) {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO modulus (device, value) VALUES (?, ?) ON CONFLICT (device) DO NOTHING")) {
                insert.setString(1, device.hex());
                insert.setBytes(2, rsa.getModulus().toByteArray());
                insert.executeUpdate();
            }
        }
    }

    List<Modulus> after(long sequence) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT sequence, device, value FROM modulus WHERE sequence > ? ORDER BY sequence")) {
            query.setLong(1, sequence);
            List<Modulus> moduli = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    moduli.add(new Modulus(
                            row.getLong(1), new DeviceId(row.getString(2)), new BigInteger(row.getBytes(3))));
                }
            }
            return List.copyOf(moduli);
        }
    }
}
