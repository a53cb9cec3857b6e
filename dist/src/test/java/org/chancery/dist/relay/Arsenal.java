package org.chancery.dist.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;

/// What attackers have: certificates of several kinds, a letter of somebody else's, and the relay's port. Written down
/// by the campaign, read by the attackers' process.
///
/// @param members whom the relay lets in
/// @param victims two who are written to, and never attack: only their names are used
/// @param stranger from an authority that the relay does not know
/// @param revoked was let in once
/// @param stolen a frame with a letter that somebody else has published
@SuppressWarnings("ArrayRecordComponent") // never compared
record Arsenal(
        List<Identity> members, List<Identity> victims, Identity stranger, Identity revoked, byte[] stolen, int port) {

    static final int MEMBERS = 8;
    private static final int VICTIMS = 2;
    /// Strangers come from so many addresses, none of which is an honest client's or a member's.
    private static final int SOURCES = 8;

    /// Writes everything but the port.
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (int i = 0; i < MEMBERS; i++) {
            save(directory.resolve("member" + i), members.get(i));
        }
        for (int i = 0; i < VICTIMS; i++) {
            save(directory.resolve("victim" + i), victims.get(i));
        }
        save(directory.resolve("stranger"), stranger);
        save(directory.resolve("revoked"), revoked);
        Files.write(directory.resolve("stolen"), stolen);
    }

    static Arsenal read(Path directory, int port) throws Exception {
        return new Arsenal(
                several(directory, "member", MEMBERS),
                several(directory, "victim", VICTIMS),
                open(directory.resolve("stranger")),
                open(directory.resolve("revoked")),
                Files.readAllBytes(directory.resolve("stolen")),
                port);
    }

    /// Where a member comes from.
    static InetAddress home(int member) {
        return InetAddress.ofLiteral("127.0.1." + (1 + member));
    }

    /// Any of the addresses that strangers come from.
    static InetAddress anySource() {
        return InetAddress.ofLiteral(
                "127.0.0." + (2 + ThreadLocalRandom.current().nextInt(SOURCES)));
    }

    private static List<Identity> several(Path directory, String name, int count) throws Exception {
        List<Identity> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            read.add(open(directory.resolve(name + i)));
        }
        return read;
    }

    /// As plain octets: a keystore takes seconds to derive its keys.
    private static void save(Path file, Identity identity) throws IOException {
        Files.write(
                file.resolveSibling(file.getFileName() + ".key"),
                identity.key().exposedPrivateKey().getEncoded());
        StringBuilder chain = new StringBuilder();
        for (X509Certificate certificate : identity.chain().certificates()) {
            chain.append(Pem.encode(PemLabel.CERTIFICATE, Certificates.der(certificate)));
        }
        Files.writeString(file, chain);
    }

    private static Identity open(Path file) throws Exception {
        List<X509Certificate> chain = new ArrayList<>();
        for (Pem.Block block : Pem.parse(Files.readAllBytes(file))) {
            chain.add(Certificates.parse(block.der()));
        }
        PublicKey publicKey = chain.getFirst().getPublicKey();
        PrivateKey privateKey = KeyFactory.getInstance(publicKey.getAlgorithm())
                .generatePrivate(
                        new PKCS8EncodedKeySpec(Files.readAllBytes(file.resolveSibling(file.getFileName() + ".key"))));
        return new Identity(
                SigningKey.of(privateKey, publicKey), CertificateChain.of(chain.toArray(X509Certificate[]::new)));
    }
}
