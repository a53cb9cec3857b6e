package org.chancery.pki.sealing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.chancery.pki.cms.Cms;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.SealBody;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.keystore.Identity;

/// Seals a file to certificates, for anyone with a CMS tool: SignedData with the signer's chain, in
/// AuthEnvelopedData. No forward secrecy: whoever holds a recipient's key, ever, opens it.
///
/// DER states every length before the content, so the input is spooled once (encrypted, see [Spool]), then signed
/// and encrypted in one pass; memory does not grow with the file.
public final class FileSealer {
    /// 1 GiB.
    public static final long MAX_BYTES = 1L << 30;

    private static final int CHUNK_BYTES = 1 << 16;

    private final SecureRandom random;

    public FileSealer(SecureRandom random) {
        this.random = random;
    }

    /// Signs all of `in` and encrypts it to each of `to`.
    ///
    /// @param signingTime written to the second
    /// @param to who can open it: the signer only if among them
    /// @param in read to its end, not closed
    /// @param out appears whole or not at all
    /// @throws EnvelopeException RECIPIENT_KEY_UNSUPPORTED, or TOO_LARGE for more than [#MAX_BYTES] or 2048
    /// recipients
    /// @throws IllegalArgumentException for no recipient
    /// @throws IOException if `in` cannot be read or `out` not be written, or exists and `overwrite` is false
    public void seal(
            Identity signer, Instant signingTime, List<X509Certificate> to, InputStream in, Path out, boolean overwrite)
            throws IOException, EnvelopeException {
        try (ContentKey key = ContentKey.draw(random)) {
            DERSet recipientInfos = wrapForAll(key, to);
            try (Spool spool = Spool.of(in, MAX_BYTES, out, random)) {
                Surround signed = FileStructure.signedData(signer, signingTime, spool.length(), spool.sha256());
                AtomicFile.write(
                        out, Access.PUBLIC, overwrite, sink -> encrypt(key, recipientInfos, signed, spool, sink));
            }
        }
    }

    private static DERSet wrapForAll(ContentKey key, List<X509Certificate> to) throws EnvelopeException {
        if (to.isEmpty()) {
            throw new IllegalArgumentException("nobody to seal to");
        }
        if (to.size() > SealBody.MAX_WRAPS) {
            throw new EnvelopeException(
                    EnvelopeFailure.TOO_LARGE, to.size() + " recipients, at most " + SealBody.MAX_WRAPS);
        }
        ASN1EncodableVector recipientInfos = new ASN1EncodableVector(to.size());
        for (X509Certificate recipient : to) {
            recipientInfos.add(
                    Cms.primitive(key.wrapFor(RecipientKey.of(recipient)).der()));
        }
        return new DERSet(recipientInfos);
    }

    private void encrypt(ContentKey key, DERSet recipientInfos, Surround signed, Spool spool, OutputStream sink)
            throws IOException {
        byte[] nonce = new byte[Letter.NONCE_BYTES];
        random.nextBytes(nonce);
        Surround enveloped = FileStructure.authEnvelopedData(recipientInfos, nonce, signed.totalLength());
        sink.write(enveloped.before());
        Cipher cipher = key.encryptor(nonce);
        update(cipher, signed.before(), signed.before().length, sink);
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream content = spool.open()) {
            for (int n = content.read(chunk); n >= 0; n = content.read(chunk)) {
                update(cipher, chunk, n, sink);
            }
        }
        update(cipher, signed.after(), signed.after().length, sink);
        finish(cipher, sink);
    }

    private static void update(Cipher cipher, byte[] plaintext, int length, OutputStream sink) throws IOException {
        byte[] ciphertext = cipher.update(plaintext, 0, length);
        if (ciphertext != null) {
            sink.write(ciphertext);
        }
    }

    private static void finish(Cipher cipher, OutputStream sink) throws IOException {
        byte[] last;
        try {
            last = cipher.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM", e);
        }
        int ciphertext = last.length - Letter.TAG_BYTES;
        sink.write(last, 0, ciphertext);
        sink.write(FileStructure.MAC_HEADER);
        sink.write(last, ciphertext, Letter.TAG_BYTES);
    }
}
