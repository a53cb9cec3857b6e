package org.chancery.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;

/// Copies of files in which one bit is another, in the last octet of a signature: each is still
/// well-formed, and only who verifies can tell.
record FlippedBit(Lab lab) {
    /// Of a PEM file, in its first block.
    ///
    /// @return the name of the copy
    String of(String file) throws IOException, MalformedPemException {
        List<Pem.Block> blocks = Pem.parse(Files.readAllBytes(lab.path(file)));
        StringBuilder copy = new StringBuilder();
        for (Pem.Block block : blocks) {
            byte[] der = block.der();
            if (copy.isEmpty()) {
                der[der.length - 1] ^= 1;
            }
            copy.append(Pem.encode(block.label(), der));
        }
        return write(file, copy.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /// Of a keystore, in a certificate of it: they lie there in the clear, under the MAC.
    String ofKeystore(String keystore, String certificate) throws IOException, MalformedPemException {
        byte[] copy = Files.readAllBytes(lab.path(keystore));
        byte[] der = Pem.derOf(Files.readAllBytes(lab.path(certificate)), PemLabel.CERTIFICATE)
                .getFirst();
        HexFormat hex = HexFormat.of();
        int start = hex.formatHex(copy).indexOf(hex.formatHex(der)) / 2;
        copy[start + der.length - 1] ^= 1;
        return write(keystore, copy);
    }

    private String write(String file, byte[] copy) throws IOException {
        String name = "flipped-" + file.replace('/', '-');
        Files.write(lab.path(name), copy);
        return name;
    }
}
